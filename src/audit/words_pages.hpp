// Acts and their fields in the reader's language.
#pragma once

#include <string>
#include <string_view>

#include "audit/audit.hpp"
#include "base/messages.hpp"
#include "web/context.hpp"

namespace audit::pages {

// Who acts in this request.
[[nodiscard]] Actor actor_of(const web::Context& ctx);

[[nodiscard]] base::Message words_of(Act act);
// «Телефон» of "phone"; the field's own name when there is no word for it.
[[nodiscard]] std::string words_of_field(base::Locale locale, std::string_view field);
// «Телефон: «…» → «…»»; of what was empty before, «Телефон: …»
[[nodiscard]] std::string words_of_change(base::Locale locale, const Change& change);

}  // namespace audit::pages
