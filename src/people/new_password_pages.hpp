// A new password as it is typed: twice, in the fields `password` and `repeat`.
#pragma once

#include <string>

#include "people/person.hpp"
#include "web/context.hpp"
#include "web/form_errors.hpp"

namespace people::pages {

// What to mend before `person` may have it, by the ids of the controls; empty when all is right.
[[nodiscard]] web::FormErrors check_typed_password(const web::Context& ctx, const Person& person);

[[nodiscard]] std::string password_hint(const web::Context& ctx);

}  // namespace people::pages
