// What is wrong with a form that comes back, ready for its view.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "web/context.hpp"

namespace web {

// One control to mend. `field` is its id in the page.
struct FormError {
  std::string field;
  std::string message;
};

using FormErrors = std::vector<FormError>;

// In the reader's language, in the order of the error.
[[nodiscard]] FormErrors form_errors(const Context& ctx, const base::Error& error);

// «Ошибка: Вход», so that a screen reader says it first.
[[nodiscard]] std::string error_title(const Context& ctx, base::Message title);

// The message of one control; empty when it is right.
[[nodiscard]] inline std::string_view message_of(const FormErrors& errors, std::string_view field) {
  for (const FormError& error : errors) {
    if (error.field == field) return error.message;
  }
  return {};
}

}  // namespace web
