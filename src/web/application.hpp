// What the network layer serves. `net` knows this interface and nothing of routes, people or cases.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string_view>

#include "web/request.hpp"
#include "web/response.hpp"

namespace web {

// Takes a streamed body piece by piece. Calls come from workers, one at a time and in order.
// Destroyed without finish() when the client broke off: what was written stays as far as the sink keeps it.
class BodySink {
 public:
  virtual ~BodySink() = default;
  // False ends the upload: finish() is then called at once and gives the answer to send.
  [[nodiscard]] virtual bool write(std::string_view piece) = 0;
  [[nodiscard]] virtual Response finish() = 0;
};

// How the body of a request is taken.
struct BodyRule {
  bool streamed = false;
  std::uint64_t limit = 0;  // bytes; a longer body is answered with 413
};

class Application {
 public:
  virtual ~Application() = default;

  // Called on a network thread with the head alone; never blocks.
  [[nodiscard]] virtual BodyRule body_rule(const Request& head) const = 0;

  // Called on a worker before a streamed body is read: checks who asks and what for. The refusal is sent
  // instead of "100 Continue", so a client does not send what would be thrown away.
  [[nodiscard]] virtual std::expected<std::unique_ptr<BodySink>, Response> open_body(Request& head) = 0;

  // Called on a worker with the whole request. Never throws.
  [[nodiscard]] virtual Response handle(Request& request) = 0;

  // An answer that `net` itself must give (400, 408, 413, 414, 417, 431, 503; 500 when a handler throws): a
  // page in the reader's language. Called on a network thread, so it never blocks. Of a head that could not
  // be read only what had come is there; the path is then "/".
  [[nodiscard]] virtual Response problem(const Request& head, int status) = 0;
};

}  // namespace web
