#include "net/server.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "net/loop.hpp"
#include "net/reception.hpp"
#include "net/service.hpp"
#include "net/task.hpp"
#include "net/tls.hpp"

namespace net {
namespace {

constexpr int backlog = 4096;
constexpr int accepts_at_once = 64;
constexpr std::chrono::milliseconds pause_without_descriptors{100};

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// A descriptor on its way to its owner.
class OpenSocket {
 public:
  explicit OpenSocket(int socket) : socket_(socket) {}
  ~OpenSocket() {
    if (socket_ >= 0) ::close(socket_);
  }
  OpenSocket(OpenSocket&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  OpenSocket& operator=(OpenSocket&&) = delete;

  [[nodiscard]] int get() const { return socket_; }
  [[nodiscard]] int release() { return std::exchange(socket_, -1); }

 private:
  int socket_;
};

std::string text_of(const Listen& listen) {
  const bool v6 = listen.address.find(':') != std::string::npos;
  return (v6 ? "[" + listen.address + "]" : listen.address) + ":" + std::to_string(listen.port);
}

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;
  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

SocketAddress socket_address(const Listen& listen) {
  const auto address = Address::parse(listen.address);
  if (!address) throw std::invalid_argument("not a numeric address: " + listen.address);
  SocketAddress out;
  if (listen.address.find(':') == std::string::npos) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(listen.port);
    std::memcpy(&v4.sin_addr, address->bytes().data() + 12, sizeof v4.sin_addr);
    std::memcpy(&out.storage, &v4, sizeof v4);
    out.length = sizeof v4;
  } else {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(listen.port);
    std::memcpy(&v6.sin6_addr, address->bytes().data(), sizeof v6.sin6_addr);
    std::memcpy(&out.storage, &v6, sizeof v6);
    out.length = sizeof v6;
  }
  return out;
}

void set_option(int socket, int level, int option, int value) {
  static_cast<void>(::setsockopt(socket, level, option, &value, sizeof value));
}

enum class Sharing : bool { alone, among_threads };

OpenSocket bind_tcp(const Listen& listen, Sharing sharing) {
  const auto address = socket_address(listen);
  OpenSocket socket(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.get() < 0) fail("cannot listen on " + text_of(listen));
  set_option(socket.get(), SOL_SOCKET, SO_REUSEADDR, 1);
  if (sharing == Sharing::among_threads) set_option(socket.get(), SOL_SOCKET, SO_REUSEPORT, 1);
  if (address.storage.ss_family == AF_INET6) set_option(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, 0);
  if (::bind(socket.get(), address.get(), address.length) != 0) fail("cannot listen on " + text_of(listen));
  return socket;
}

void listen_on(const OpenSocket& socket, const std::string& name) {
  if (::listen(socket.get(), backlog) != 0) fail("cannot listen on " + name);
}

std::uint16_t bound_port(const OpenSocket& socket) {
  sockaddr_storage storage{};
  socklen_t length = sizeof storage;
  if (::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&storage), &length) != 0)
    fail("cannot read the port");
  if (storage.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &storage, sizeof v4);
    return ntohs(v4.sin_port);
  }
  sockaddr_in6 v6{};
  std::memcpy(&v6, &storage, sizeof v6);
  return ntohs(v6.sin6_port);
}

sockaddr_un unix_address(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    throw std::invalid_argument("path of the socket is too long: " + path);
  std::ranges::copy(path, address.sun_path);
  return address;
}

// A socket file outlives a program that was killed. It is in the way only if nobody listens there.
void remove_stale_socket(const std::string& path) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode)) return;
  const auto address = unix_address(path);
  const OpenSocket probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (probe.get() < 0) return;
  if (::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
      errno == ECONNREFUSED) {
    ::unlink(path.c_str());
  }
}

OpenSocket bind_unix(const std::string& path) {
  remove_stale_socket(path);
  const auto address = unix_address(path);
  OpenSocket socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  // The file takes its mode from the socket, so it is never open to others, not even for a moment.
  if (socket.get() < 0 || ::fchmod(socket.get(), 0600) != 0 ||
      ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    fail("cannot listen on " + path);
  }
  return socket;
}

// A connection is a descriptor, and the usual soft limit of 1024 would be the first to be reached.
void allow_many_descriptors() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  static_cast<void>(::setrlimit(RLIMIT_NOFILE, &limit));
}

// Where connections come in. `tls` is null for plain ones.
struct Listener {
  Listener(Loop& loop, OpenSocket socket, bool its_tls) : descriptor(loop, socket.get()), tls(its_tls) {
    static_cast<void>(socket.release());
  }

  Descriptor descriptor;
  bool tls;
  bool closed = false;
};

struct Readable {
  Descriptor& descriptor;
  [[nodiscard]] bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiting) { descriptor.when_ready(Direction::read, waiting); }
  void await_resume() const noexcept {}
};

struct Nap {
  Loop& loop;
  std::chrono::milliseconds pause;
  [[nodiscard]] bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiting) { loop.sleep(pause, waiting); }
  void await_resume() const noexcept {}
};

std::chrono::milliseconds sweep_period(const Limits& limits) {
  const auto shortest = std::min({limits.head_time, limits.handshake_time, limits.idle_time,
                                  limits.body_pause, limits.write_pause, limits.linger_time});
  return std::clamp<std::chrono::milliseconds>(shortest / 8, std::chrono::milliseconds(5),
                                               std::chrono::seconds(1));
}

std::vector<Network> parse_networks(const std::vector<std::string>& texts) {
  std::vector<Network> networks;
  for (const auto& text : texts) {
    const auto network = Network::parse(text);
    if (!network) throw std::invalid_argument("not an address or network: " + text);
    networks.push_back(*network);
  }
  return networks;
}

}  // namespace

Listen parse_listen(std::string_view text) {
  const std::string whole(text);
  Listen listen;
  if (text.starts_with("https://")) {
    listen.tls = true;
    text.remove_prefix(8);
  } else if (text.starts_with("http://")) {
    text.remove_prefix(7);
  }
  const auto colon = text.rfind(':');
  const auto port = colon == std::string_view::npos ? text : text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), listen.port);
  if (error != std::errc() || end != port.data() + port.size()) {
    throw std::invalid_argument("not an address to listen on: " + whole);
  }
  if (colon != std::string_view::npos) {
    auto address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
    if (!Address::parse(address)) throw std::invalid_argument("not an address to listen on: " + whole);
    listen.address = address;
  }
  return listen;
}

// The certificate in use; connections keep the one that they began with.
class Certificate {
 public:
  [[nodiscard]] TlsContext get() {
    const std::lock_guard lock(mutex_);
    return context_;
  }
  void set(TlsContext context) {
    const std::lock_guard lock(mutex_);
    context_.swap(context);
  }

 private:
  std::mutex mutex_;
  TlsContext context_;
};

// A network thread with its listeners and connections.
struct NetworkThread {
  NetworkThread(Service& its_service, base::WorkerPool& pool, Certificate& its_certificate)
      : service(its_service), certificate(its_certificate), loop(pool), reception(loop, service) {
    reception.on_empty = [this] { tell_if_empty(); };
  }

  Detached accept_all(Listener& listener);
  void accept_ready(Listener& listener, bool& exhausted);
  void take(int socket, bool tls, const sockaddr_storage& peer);
  void start();
  void begin_stop();
  void tell_if_empty();

  Service& service;
  Certificate& certificate;
  Loop loop;
  Reception reception;
  std::vector<std::unique_ptr<Listener>> listeners;
  std::size_t listening = 0;
  std::function<void()>
      on_empty;  // called once, when it has stopped and neither listener nor connection is left
  std::thread thread;
};

Detached NetworkThread::accept_all(Listener& listener) {
  while (!listener.closed) {
    bool exhausted = false;
    accept_ready(listener, exhausted);
    if (listener.closed) break;
    if (exhausted) {
      // No descriptor is left: one is made free, and those that wait must wait on.
      static_cast<void>(reception.close_longest_idle());
      co_await Nap{loop, pause_without_descriptors};
    } else {
      co_await Readable{listener.descriptor};
    }
  }
  listener.descriptor.close();
  --listening;
  tell_if_empty();
}

void NetworkThread::accept_ready(Listener& listener, bool& exhausted) {
  for (int i = 0; i < accepts_at_once; ++i) {
    sockaddr_storage peer{};
    socklen_t length = sizeof peer;
    const int socket = ::accept4(listener.descriptor.native(), reinterpret_cast<sockaddr*>(&peer), &length,
                                 SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket >= 0) {
      take(socket, listener.tls, peer);
      continue;
    }
    exhausted = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
    if (errno != ECONNABORTED && errno != EINTR) return;
  }
}

void NetworkThread::take(int socket, bool tls, const sockaddr_storage& peer) {
  service.accepted.fetch_add(1, std::memory_order_relaxed);
  if (service.open_connections.load(std::memory_order_relaxed) >= service.options.limits.connections &&
      !reception.close_longest_idle()) {
    service.refused.fetch_add(1, std::memory_order_relaxed);
    constexpr std::string_view busy =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\nConnection: "
        "close\r\n\r\n";
    if (!tls) static_cast<void>(::send(socket, busy.data(), busy.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
    ::close(socket);
    return;
  }
  const auto address = Address::of(peer);
  if (address) set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1);
  try {
    const auto context = tls ? certificate.get() : nullptr;
    reception.admit(socket, context.get(), address);
  } catch (const std::exception&) {
    // Out of memory: this one is lost, the socket closed.
  }
}

void NetworkThread::begin_stop() {
  for (auto& listener : listeners) {
    // Who has connected already is served.
    bool exhausted = false;
    accept_ready(*listener, exhausted);
    listener->closed = true;
    listener->descriptor.cancel();
  }
  loop.hurry();
  reception.begin_stop();
  tell_if_empty();
}

void NetworkThread::tell_if_empty() {
  if (!reception.stopping || reception.count > 0 || listening > 0 || !on_empty) return;
  std::exchange(on_empty, nullptr)();
}

void NetworkThread::start() {
  listening = listeners.size();
  thread = std::thread([this] {
    for (auto& listener : listeners) accept_all(*listener);
    loop.every(sweep_period(service.options.limits), [this] { reception.sweep(); });
    loop.run();
  });
}

struct Server::State {
  State(ServerOptions its_options, web::Application& application, base::WorkerPool& its_pool)
      : service{.options = std::move(its_options), .trusted_proxies = {}, .application = application},
        pool(its_pool) {}

  void bind_all();
  void add_listener(std::size_t thread, OpenSocket socket, bool tls);

  Service service;
  base::WorkerPool& pool;
  Certificate certificate;
  std::vector<std::unique_ptr<NetworkThread>> threads;
  std::vector<Listen> bound;
  bool started = false;
  bool stopped = false;

  std::mutex mutex;
  std::condition_variable emptied;
  std::size_t empty_threads = 0;
};

void Server::State::bind_all() {
  const ServerOptions& options = service.options;
  service.trusted_proxies = parse_networks(options.trusted_proxies);
  if (std::ranges::any_of(options.listen, &Listen::tls)) {
    certificate.set(load_certificate(options.certificate_file, options.key_file));
  }
  for (std::size_t i = 0; i < std::max<std::size_t>(options.threads, 1); ++i) {
    threads.push_back(std::make_unique<NetworkThread>(service, pool, certificate));
  }
  for (Listen listen : options.listen) {
    // Threads share a port by SO_REUSEPORT, with which a second server would be let in too and take half of
    // the connections. So it is tried without first.
    if (listen.port != 0 && threads.size() > 1) listen_on(bind_tcp(listen, Sharing::alone), text_of(listen));
    for (std::size_t i = 0; i < threads.size(); ++i) {
      auto socket = bind_tcp(listen, threads.size() > 1 ? Sharing::among_threads : Sharing::alone);
      listen_on(socket, text_of(listen));
      listen.port = bound_port(socket);
      add_listener(i, std::move(socket), listen.tls);
    }
    bound.push_back(listen);
  }
  if (!options.unix_socket.empty()) {
    auto socket = bind_unix(options.unix_socket);
    listen_on(socket, options.unix_socket);
    add_listener(0, std::move(socket), false);
  }
}

void Server::State::add_listener(std::size_t thread, OpenSocket socket, bool tls) {
  auto& to = *threads[thread];
  to.listeners.push_back(std::make_unique<Listener>(to.loop, std::move(socket), tls));
}

Server::Server(ServerOptions options, web::Application& application, base::WorkerPool& pool)
    : state_(std::make_unique<State>(std::move(options), application, pool)) {
  // A peer that is gone is an error of the write, not the end of the program. sendfile and OpenSSL know no
  // MSG_NOSIGNAL.
  std::signal(SIGPIPE, SIG_IGN);
  allow_many_descriptors();
  state_->bind_all();
}

Server::~Server() {
  stop(std::chrono::milliseconds(0));
}

void Server::start() {
  State& state = *state_;
  if (std::exchange(state.started, true)) return;
  for (auto& thread : state.threads) {
    thread->on_empty = [&state] {
      const std::lock_guard lock(state.mutex);
      ++state.empty_threads;
      state.emptied.notify_all();
    };
    thread->start();
  }
}

void Server::stop(std::chrono::milliseconds grace) {
  State& state = *state_;
  if (std::exchange(state.stopped, true)) return;
  if (!state.service.options.unix_socket.empty() && !state.threads.empty()) {
    ::unlink(state.service.options.unix_socket.c_str());
  }
  if (!state.started) return;
  for (auto& thread : state.threads) thread->loop.post([&it = *thread] { it.begin_stop(); });
  const auto all_empty = [&] { return state.empty_threads == state.threads.size(); };
  {
    std::unique_lock lock(state.mutex);
    state.emptied.wait_for(lock, grace, all_empty);
  }
  for (auto& thread : state.threads) thread->loop.post([&it = *thread] { it.reception.cut_all(); });
  {
    std::unique_lock lock(state.mutex);
    state.emptied.wait(lock, all_empty);
  }
  for (auto& thread : state.threads) thread->loop.stop();
  for (auto& thread : state.threads) thread->thread.join();
}

std::string Server::reload_certificate() {
  const ServerOptions& options = state_->service.options;
  if (!state_->certificate.get()) return {};
  try {
    state_->certificate.set(load_certificate(options.certificate_file, options.key_file));
    return {};
  } catch (const std::exception& error) {
    return error.what();
  }
}

std::vector<Listen> Server::addresses() const {
  return state_->bound;
}

ServerCounters Server::counters() const {
  const Service& service = state_->service;
  return {.open_connections = service.open_connections,
          .in_flight = service.in_flight,
          .buffered_body_bytes = service.buffered_body_bytes,
          .accepted = service.accepted,
          .requests = service.requests,
          .refused = service.refused};
}

}  // namespace net
