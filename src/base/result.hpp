// Expected failures are values. What a person can cause is an Error; exceptions end the request.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "base/messages.hpp"

namespace base {

enum class ErrorKind : std::uint8_t {
  not_found,  // or hidden: the two are never told apart
  forbidden,  // seen, but not allowed; the message says why
  invalid,    // something typed must be mended; `fields` says what
  conflict,   // somebody else changed it in between
  expired,    // a link, session or upload past its time
  too_large,
  too_many,     // a limit on how often
  unavailable,  // storage or a peer does not answer; try again
};

// One thing to mend. `field` is the name of the form's control.
struct FieldError {
  std::string field;
  Message message;
  std::vector<std::string> arguments;
};

struct Error {
  ErrorKind kind = ErrorKind::invalid;
  std::vector<FieldError> fields;
  std::string detail;  // for the log, never shown
};

template <class T>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(ErrorKind kind, std::string detail = {}) {
  return std::unexpected(Error{.kind = kind, .fields = {}, .detail = std::move(detail)});
}

[[nodiscard]] inline std::unexpected<Error> fail(std::vector<FieldError> fields) {
  return std::unexpected(Error{.kind = ErrorKind::invalid, .fields = std::move(fields), .detail = {}});
}

}  // namespace base
