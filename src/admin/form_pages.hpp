// What the forms of administration share: fields filled from a form, errors, and edits that met another one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "admin/views.hpp"
#include "base/result.hpp"
#include "web/context.hpp"

namespace admin::pages {

// What is typed in a field, shortened to what any field may hold.
[[nodiscard]] std::string typed(const web::Context& ctx, std::string_view field);

[[nodiscard]] std::vector<ChoiceView> countries(const web::Context& ctx, std::string_view selected);

// Shows the form as it came back: `now` has the same fields as the record stands, `version` is the record's.
// After a conflict it says what changed since the form was opened, and sending it again overrides that.
[[nodiscard]] web::Response show_again(web::Context& ctx, FormView form, const base::Error& error,
                                       const std::vector<FieldView>& now, std::int64_t version);

[[nodiscard]] web::Response show_form(web::Context& ctx, FormView form, int status = 200);

// Back to the list, which says that it was done.
[[nodiscard]] web::Response done(const web::Context& ctx, std::string address, base::Message said);

// The version that the form was opened with.
[[nodiscard]] std::int64_t version_of(const web::Context& ctx);

}  // namespace admin::pages
