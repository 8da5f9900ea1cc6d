#include "people/new_password_pages.hpp"

#include "base/message_keys.hpp"
#include "people/people.hpp"

namespace people::pages {

web::FormErrors check_typed_password(const web::Context& ctx, const Person& person) {
  const std::string_view password = ctx.form.get("password");
  if (const auto checked = check_new_password(person, password); !checked) {
    return {{"new-password", web::error_of(ctx, checked.error(), "password")}};
  }
  if (ctx.form.get("repeat") != password) {
    return {{"repeat-password", std::string(ctx.t(msg::password_error_repeat))}};
  }
  return {};
}

std::string password_hint(const web::Context& ctx) {
  return ctx.t(msg::password_hint, static_cast<std::int64_t>(shortest_password));
}

}  // namespace people::pages
