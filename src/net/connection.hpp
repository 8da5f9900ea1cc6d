// One connection: from its first byte to its close, one request after the other.
#pragma once

#include <boost/intrusive/list.hpp>
#include <coroutine>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/address.hpp"
#include "net/answer.hpp"
#include "net/loop.hpp"
#include "net/message.hpp"
#include "net/service.hpp"
#include "net/stream.hpp"
#include "net/task.hpp"
#include "web/application.hpp"

namespace net {

struct Reception;

struct InAll;
struct InIdle;
template <class Tag>
using ListHook = boost::intrusive::list_base_hook<boost::intrusive::tag<Tag>,
                                                  boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

class Connection : public ListHook<InAll>, public ListHook<InIdle> {
 public:
  // `peer` is empty on the unix socket.
  Connection(Reception& reception, int socket, SSL_CTX* tls, std::optional<Address> peer);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Serves until the end and then destroys the connection.
  static Detached run(std::unique_ptr<Connection> self);

  // Called by the loop again and again: ends a wait whose time is up.
  void wake_if_late(Clock::time_point now);
  // Ends the wait for a next request.
  void wake_idle();
  // Ends the connection wherever it stands.
  void cut();

 private:
  enum class Wake : std::uint8_t { ready, late, cut };
  enum class Served : std::uint8_t { another_may_follow, nothing_came, over };
  struct Readiness;
  struct Exchange;
  class Pace;

  Task<> converse();
  Task<bool> shake_hands();
  Task<Served> serve();
  Task<Served> read_head(Exchange& exchange);
  Task<bool> read_body(Exchange& exchange, std::uint64_t limit);
  Task<> stream_body(Exchange& exchange, std::uint64_t limit);
  Task<> abandon_sink(Exchange& exchange, std::string piece);
  Task<bool> answer(Exchange& exchange);
  Task<bool> write_all(std::string_view first, std::string_view second, bool more, std::uint64_t& sent);
  Task<bool> send_file(const web::FileBody& file, std::uint64_t& sent);
  Task<bool> send_file_plain(const web::FileBody& file, std::uint64_t& sent);
  Task<bool> send_file_tls(const web::FileBody& file, std::uint64_t& sent);
  Task<> send_events(web::Listener& listener, std::uint64_t& sent);
  Task<> linger();

  void refuse(Exchange& exchange, int status);
  void attribute(Exchange& exchange);
  Readiness ready(Direction direction, Clock::time_point deadline);
  void keep_rest(std::string_view input, std::size_t used);

  Reception& reception_;
  Stream stream_;
  std::string pending_;  // received and not yet used; empty and without memory while idle
  Clock::time_point deadline_ = Clock::time_point::max();
  std::optional<Address> peer_;
  bool waiting_ = false;
  bool late_ = false;
  bool cut_ = false;
};

}  // namespace net
