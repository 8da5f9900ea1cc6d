// The bytes of one request, RFC 9112: Beast's parser with the rules about which it is lenient made strict.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "web/request.hpp"

namespace net {

struct MessageLimits {
  std::size_t head_bytes = 16 * 1024;  // request line and headers
  std::size_t headers = 100;
};

class MessageReader {
 public:
  enum class State : std::uint8_t {
    more,    // everything usable was used; more is needed
    head,    // the head is complete and in the request
    body,    // as `more`, in the body
    done,    // the message is complete
    failed,  // the rest of the connection cannot be understood; status() is what to answer
  };

  struct Step {
    State state;
    std::size_t used;  // bytes of the input that need not be given again
  };

  virtual ~MessageReader() = default;

  // Reads on in the head. `input` begins where the last step ended.
  // After `head` comes read_body(), unless body_expected() says that there is nothing to read.
  [[nodiscard]] virtual Step read_head(std::string_view input) = 0;

  // Appends to `body` what of it is in the input. `limit` counts the whole body.
  [[nodiscard]] virtual Step read_body(std::string_view input, std::string& body, std::uint64_t limit) = 0;

  // Whether anything of a head has come; empty lines before it do not count.
  [[nodiscard]] virtual bool begun() const = 0;

  // The status to answer after `failed`.
  [[nodiscard]] virtual int status() const = 0;

  // What the head says of the message and the connection.
  [[nodiscard]] virtual bool keep_alive() const = 0;
  [[nodiscard]] virtual bool http_1_1() const = 0;
  [[nodiscard]] virtual bool body_expected() const = 0;
  [[nodiscard]] virtual std::optional<std::uint64_t> content_length() const = 0;
};

// `request` must outlive the reader; it is filled as the head is read.
[[nodiscard]] std::unique_ptr<MessageReader> read_message(web::Request& request, MessageLimits limits);

}  // namespace net
