// The bytes of a connection, plain or by TLS. Never blocks: an operation says for what it would have to wait.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "net/loop.hpp"
#include "net/tls.hpp"

namespace net {

class Stream {
 public:
  enum class Result : std::uint8_t { some, wait, ended, failed };

  struct Moved {
    Result result;
    std::size_t bytes = 0;                 // with `some`
    Direction wait_for = Direction::read;  // with `wait`
  };

  // `tls` may be null.
  Stream(Loop& loop, int socket, SSL_CTX* tls);

  [[nodiscard]] bool secure() const { return tls_ != nullptr; }
  [[nodiscard]] int socket() { return descriptor_.native(); }
  [[nodiscard]] Descriptor& descriptor() { return descriptor_; }

  // Only for TLS. `some` when it is done.
  [[nodiscard]] Moved handshake();
  [[nodiscard]] Moved read(std::span<char> into);
  // Writes from the front of `first` and then `second`. `more` tells the kernel that the rest follows at
  // once.
  [[nodiscard]] Moved write(std::string_view first, std::string_view second, bool more = false);
  // Bytes that were received but that the socket shows no more.
  [[nodiscard]] bool has_buffered() const;
  // Tells the peer that nothing more comes; once.
  void end_writing();
  // As read, below TLS: for bytes that are thrown away.
  [[nodiscard]] Moved discard(std::span<char> into);
  // Ends both directions at once. The descriptor itself stays open: a worker may be using it.
  void cut();

 private:
  Descriptor descriptor_;
  TlsSession tls_;
  bool writing_ended_ = false;

  [[nodiscard]] Moved tls_result(int result);
};

}  // namespace net
