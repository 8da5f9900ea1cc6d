// Keeping what is typed, called by the forms' script.
#pragma once

#include "web/context.hpp"

namespace drafts::api {

// POST /drafts/{id} with the form's fields, `version`, and `case` for a comment. Answers {saved_at, id,
// version}.
web::Response save(web::Context& ctx);

}  // namespace drafts::api
