// The HTTP/1.1 server: takes requests from TCP, TLS and a unix socket, has them answered by a
// web::Application.
//
// A few network threads, each with its own loop and its own share of the connections, do nothing that blocks.
// The application is called on a base::WorkerPool. Memory per idle connection is a few hundred bytes; an
// upload, a download and a slow peer take a constant amount each, and every number of things has a bound in
// Limits.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/worker_pool.hpp"
#include "net/message.hpp"
#include "web/application.hpp"

namespace net {

struct Listen {
  std::string address = "127.0.0.1";  // numeric, IPv4 or IPv6; "::" takes both
  std::uint16_t port = 0;             // 0 takes a free one, see Server::addresses()
  bool tls = false;
};

// Parses "8080", "127.0.0.1:8080", "[::1]:8080" and the same with "https://" or "http://" before it.
// Throws std::invalid_argument.
[[nodiscard]] Listen parse_listen(std::string_view text);

struct Limits {
  MessageLimits message;
  std::size_t connections = 10'000;               // above, the longest idle one is closed
  std::size_t in_flight = 1'000;                  // requests that the application has; above, 503
  std::size_t buffered_body_bytes = 256u << 20u;  // of all requests together; above, 503
  std::chrono::milliseconds head_time{10'000};    // from the first byte to the end of the head; then 408
  std::chrono::milliseconds handshake_time{10'000};
  std::chrono::milliseconds idle_time{75'000};    // between requests
  std::chrono::milliseconds body_pause{30'000};   // without a byte of the body; then 408
  std::chrono::milliseconds write_pause{30'000};  // without the peer taking a byte
  std::chrono::milliseconds linger_time{2'000};   // for the peer to read the answer before a close
  std::uint64_t minimum_rate = 1024;              // bytes per second after the first pause, both ways
};

struct ServerOptions {
  std::vector<Listen> listen;
  std::string unix_socket;       // path; made with mode 0600; its requests are Request::local
  std::string certificate_file;  // PEM, with the chain; needed when one of `listen` has TLS
  std::string key_file;
  // Addresses or networks ("10.0.0.0/8") whose X-Forwarded-For and X-Forwarded-Proto are believed.
  std::vector<std::string> trusted_proxies;
  std::size_t threads = 1;
  Limits limits;

  // For the access log and metrics: called on a network thread after each answer, so it must be quick and not
  // block. `bytes` are those sent, with the head. `status` 0: the client broke off before there was an
  // answer.
  using Finished = std::function<void(const web::Request& request, int status, std::uint64_t bytes,
                                      std::chrono::nanoseconds duration)>;
  Finished on_finished;
};

struct ServerCounters {
  std::size_t open_connections = 0;
  std::size_t in_flight = 0;
  std::size_t buffered_body_bytes = 0;
  std::uint64_t accepted = 0;
  std::uint64_t requests = 0;
  std::uint64_t refused = 0;  // answered with 503, or closed for want of room
};

class Server {
 public:
  // Binds and listens; connections wait until start(). `application` and `pool` must outlive the server.
  // Raises the process's soft limit of descriptors to the hard one and ignores SIGPIPE.
  // Throws std::system_error or std::invalid_argument, naming the address or file.
  Server(ServerOptions options, web::Application& application, base::WorkerPool& pool);
  // Stops at once if stop() was not called.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void start();

  // Takes no new connections, closes the idle ones, lets requests under way finish. After `grace` what is
  // left is cut. Returns when all connections are closed and no handler of theirs runs any more; so a handler
  // that never returns holds it up. Not to be called from a handler.
  void stop(std::chrono::milliseconds grace);

  // Reads certificate and key again for new connections. Empty on success; otherwise what is wrong with the
  // files, and the former certificate stays in use.
  [[nodiscard]] std::string reload_certificate();

  // The listeners as they are bound, in the order of the options, with real ports.
  [[nodiscard]] std::vector<Listen> addresses() const;

  [[nodiscard]] ServerCounters counters() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace net
