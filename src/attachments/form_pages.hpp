// Forms with files, for browsers without scripts.
#pragma once

#include <cstddef>
#include <expected>
#include <memory>

#include "web/application.hpp"
#include "web/route.hpp"

namespace attachments {

inline constexpr std::size_t most_files_of_a_form = 100;

// Reads a multipart/form-data body. The fields go to `ctx.form`; each file goes to the disk as it comes and
// becomes a finished upload of the viewer, for the form's `draft`, its id in `ctx.uploads`. Why a file did
// not stands in `ctx.upload_errors`; the others are kept, also when the form itself is refused. Then `after`
// answers.
//
// Files are taken only when the proof that the form is ours has come before them, and the session is alive. A
// field longer than any form allows is cut, so that `after` can say so and give it back. A form whose end is
// missing does nothing: 400. Memory is bounded by the fields.
[[nodiscard]] std::expected<std::unique_ptr<web::BodySink>, web::Response> open_form(
    std::shared_ptr<web::Context> ctx, web::Handler after);

}  // namespace attachments
