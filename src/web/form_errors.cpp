#include "web/form_errors.hpp"

#include "base/message_keys.hpp"

namespace web {

FormErrors form_errors(const Context& ctx, const base::Error& error) {
  FormErrors list;
  for (const base::FieldError& wrong : error.fields) {
    const std::vector<base::MessageArgument> arguments(wrong.arguments.begin(), wrong.arguments.end());
    list.push_back(
        {.field = wrong.field, .message = base::format_arguments(ctx.locale, wrong.message, arguments)});
  }
  return list;
}

std::string error_title(const Context& ctx, base::Message title) {
  return ctx.t(msg::layout_error_title, ctx.t(title));
}

}  // namespace web
