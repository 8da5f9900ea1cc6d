// A request as handlers see it: parsed, bounded and already attributed to the real client.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace web {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options, other };

// Owned by the connection while the handler runs; not shared between threads.
// Names of headers compare without regard to case. Of a repeated header the first is given.
struct Request {
  Method method = Method::get;
  std::string target;  // as sent: path and query
  std::string path;    // percent-decoded once, always begins with '/'; valid UTF-8, no NUL
  std::string query;   // still encoded, without '?'
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;     // whole, for routes that do not stream; never longer than the route allows
  std::string client;   // textual IP address; behind a named proxy the one it forwarded; "local" if `local`
  bool secure = false;  // came by TLS, here or at a named proxy
  bool local = false;   // came by the administrative socket, readable by the owner of the data alone
  std::string id;       // request id, 16 lower-case hex digits; logged, answered as X-Request-Id

  [[nodiscard]] std::string_view header(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> cookie(std::string_view name) const;
};

}  // namespace web
