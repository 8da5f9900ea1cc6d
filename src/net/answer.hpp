// The head of an answer as it is sent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "web/response.hpp"

namespace net {

enum class AfterAnswer : std::uint8_t { keep, keep_said, close };  // keep_said: HTTP/1.0 wants to be told

struct AnswerHead {
  std::uint64_t length = 0;  // of the body, also when it is not sent (HEAD)
  bool until_close = false;  // the body has no length: it ends with the connection
  AfterAnswer after = AfterAnswer::keep;
  std::string_view request_id;
};

// Date, Content-Length, Connection and X-Request-Id are this layer's: such headers of the response are left
// out, as are those whose name is not a token (RFC 9110, 5.6.2). Control characters in values, so CR and LF
// too, become spaces.
[[nodiscard]] std::string format_head(const web::Response& response, const AnswerHead& head);

// Whether an answer of this status has a body at all (RFC 9110, 6.4.1).
[[nodiscard]] bool has_body(int status);

// IMF-fixdate of this second, RFC 9110, 5.6.7. Valid until the same thread calls it again.
[[nodiscard]] std::string_view date_text();

}  // namespace net
