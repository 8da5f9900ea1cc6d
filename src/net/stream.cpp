#include "net/stream.hpp"

#include <openssl/err.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <new>
#include <utility>

namespace net {
namespace {

int clamp_length(std::size_t length) {
  return static_cast<int>(std::min<std::size_t>(length, std::numeric_limits<int>::max()));
}

Stream::Moved socket_result(ssize_t result, Direction direction) {
  if (result > 0) return {Stream::Result::some, static_cast<std::size_t>(result)};
  if (result == 0) return {Stream::Result::ended};
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return {Stream::Result::wait, 0, direction};
  return {Stream::Result::failed};
}

}  // namespace

Stream::Stream(Loop& loop, int socket, SSL_CTX* tls) : descriptor_(loop, socket) {
  if (tls == nullptr) return;
  tls_.reset(::SSL_new(tls));
  if (!tls_ || ::SSL_set_fd(tls_.get(), socket) != 1) throw std::bad_alloc();
  ::SSL_set_accept_state(tls_.get());
}

Stream::Moved Stream::tls_result(int result) {
  if (result > 0) return {Result::some, static_cast<std::size_t>(result)};
  switch (::SSL_get_error(tls_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return {Result::wait, 0, Direction::read};
    case SSL_ERROR_WANT_WRITE:
      return {Result::wait, 0, Direction::write};
    case SSL_ERROR_ZERO_RETURN:
      return {Result::ended};
    default:
      ::ERR_clear_error();
      return {Result::failed};
  }
}

Stream::Moved Stream::handshake() {
  ::ERR_clear_error();
  return tls_result(::SSL_do_handshake(tls_.get()));
}

Stream::Moved Stream::read(std::span<char> into) {
  if (!tls_) return socket_result(::recv(socket(), into.data(), into.size(), MSG_DONTWAIT), Direction::read);
  ::ERR_clear_error();
  return tls_result(::SSL_read(tls_.get(), into.data(), clamp_length(into.size())));
}

Stream::Moved Stream::write(std::string_view first, std::string_view second, bool more) {
  if (tls_) {
    const std::string_view piece = first.empty() ? second : first;
    ::ERR_clear_error();
    return tls_result(::SSL_write(tls_.get(), piece.data(), clamp_length(piece.size())));
  }
  // sendmsg reads only; its interface knows no const.
  std::array<iovec, 2> parts = {
      {{const_cast<char*>(first.data()), first.size()}, {const_cast<char*>(second.data()), second.size()}}};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = second.empty() ? 1 : 2;
  return socket_result(::sendmsg(socket(), &message, MSG_DONTWAIT | MSG_NOSIGNAL | (more ? MSG_MORE : 0)),
                       Direction::write);
}

bool Stream::has_buffered() const {
  return tls_ && ::SSL_has_pending(tls_.get()) == 1;
}

void Stream::end_writing() {
  if (std::exchange(writing_ended_, true)) return;
  if (tls_) {
    ::ERR_clear_error();
    ::SSL_shutdown(tls_.get());
    ::ERR_clear_error();
  }
  ::shutdown(socket(), SHUT_WR);
}

Stream::Moved Stream::discard(std::span<char> into) {
  return socket_result(::recv(socket(), into.data(), into.size(), MSG_DONTWAIT), Direction::read);
}

void Stream::cut() {
  ::shutdown(socket(), SHUT_RDWR);
}

}  // namespace net
