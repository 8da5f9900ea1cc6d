#include "storage/postgres/listener.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <charconv>
#include <system_error>

#include "storage/postgres/failure.hpp"

namespace storage::postgres {
namespace {

constexpr std::chrono::milliseconds between_looks{300};
constexpr std::chrono::milliseconds first_pause{100};
constexpr std::chrono::milliseconds longest_pause{2'000};

std::int64_t nanoseconds(std::chrono::steady_clock::time_point at) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(at.time_since_epoch()).count();
}

std::unique_ptr<Connection> connect(const Options& options, Presence& presence) {
  auto connection = std::make_unique<Connection>(options, Connection::Use::plain);
  connection->execute("LISTEN otklik");
  presence.settle(*connection);
  return connection;
}

}  // namespace

Listener::Listener(const Options& options, Presence& presence)
    : options_(options),
      presence_(presence),
      connection_(connect(options, presence)),
      stop_descriptor_(::eventfd(0, EFD_CLOEXEC)) {
  if (stop_descriptor_ < 0) throw std::system_error(errno, std::system_category(), "eventfd");
  look(*connection_);
  thread_ = std::thread([this] { work(); });
}

Listener::~Listener() {
  const std::uint64_t one = 1;
  static_cast<void>(::write(stop_descriptor_, &one, sizeof one));
  thread_.join();
  ::close(stop_descriptor_);
}

void Listener::listen(Signal signal, std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  listeners_[static_cast<std::size_t>(signal)].push_back(std::move(wake));
}

void Listener::wake(const std::array<bool, 8>& signals) {
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < signals.size(); ++i) {
    if (!signals[i]) continue;
    for (const auto& listener : listeners_[i]) listener();
  }
}

// "<node> <bits>"
std::string Listener::payload(const std::array<bool, 8>& signals) const {
  unsigned bits = 0;
  for (std::size_t i = 0; i < signals.size(); ++i) bits |= signals[i] ? 1U << i : 0U;
  return fmt::format("{} {}", presence_.key(), bits);
}

std::uint64_t Listener::solitude() const {
  // In this order: a new time is set after its new number.
  const std::int64_t until = alone_until_.load();
  return nanoseconds(Clock::now()) < until ? solitude_.load() : 0;
}

void Listener::work() {
  std::chrono::milliseconds pause = first_pause;
  while (true) {
    try {
      if (!connection_) {
        connection_ = connect(options_, presence_);
        wake({true, true, true, true, true, true, true, true});
        spdlog::info("the database answers again");
      }
      pause = first_pause;
      hear(*connection_);
      return;
    } catch (const std::exception& error) {
      if (connection_) spdlog::warn("the database does not answer: {}", error.what());
      connection_.reset();
    }
    if (rest(-1, pause)) return;
    pause = std::min(pause * 2, longest_pause);
  }
}

// Returns when the listener is to stop.
void Listener::hear(Connection& connection) {
  while (true) {
    look(connection);
    while (PGnotify* const heard = PQnotifies(connection.handle())) {
      const std::unique_ptr<PGnotify, decltype(&PQfreemem)> owned(heard, PQfreemem);
      take(heard->extra);
    }
    if (rest(PQsocket(connection.handle()), between_looks)) return;
    if (PQconsumeInput(connection.handle()) == 0) throw Lost(PQerrorMessage(connection.handle()));
  }
}

void Listener::take(std::string_view payload) {
  std::int32_t node = 0;
  unsigned bits = 0;
  const char* const end = payload.data() + payload.size();
  const auto [space, error] = std::from_chars(payload.data(), end, node);
  if (error != std::errc{} || space == end || node == presence_.key()) return;
  std::from_chars(space + 1, end, bits);
  std::array<bool, 8> signals{};
  for (std::size_t i = 0; i < signals.size(); ++i) signals[i] = (bits >> i & 1U) != 0;
  wake(signals);
}

void Listener::look(Connection& connection) {
  const Clock::time_point begun = Clock::now();
  if (presence_.others(connection)) {
    alone_until_ = 0;
    return;
  }
  // After a gap somebody may have come and gone.
  if (nanoseconds(Clock::now()) >= alone_until_) ++solitude_;
  alone_until_ = nanoseconds(begun + Presence::grace);
}

// Until there is something to hear; true when the listener is to stop.
bool Listener::rest(int descriptor, std::chrono::milliseconds longest) const {
  std::array<pollfd, 2> waiting{pollfd{.fd = stop_descriptor_, .events = POLLIN, .revents = 0},
                                pollfd{.fd = descriptor, .events = POLLIN, .revents = 0}};
  ::poll(waiting.data(), waiting.size(), static_cast<int>(longest.count()));
  return waiting[0].revents != 0;
}

}  // namespace storage::postgres
