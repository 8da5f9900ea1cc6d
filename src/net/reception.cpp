#include "net/reception.hpp"

#include <sys/random.h>
#include <unistd.h>

#include <array>

namespace net {

Reception::Reception(Loop& its_loop, Service& its_service)
    : loop(its_loop), service(its_service), id_state(0) {
  static_cast<void>(::getrandom(&id_state, sizeof id_state, 0));
}

void Reception::admit(int socket, SSL_CTX* tls, std::optional<Address> peer) {
  std::unique_ptr<Connection> connection;
  try {
    connection = std::make_unique<Connection>(*this, socket, tls, peer);
  } catch (...) {
    ::close(socket);
    throw;
  }
  Connection::run(std::move(connection));
}

void Reception::sweep() {
  const auto now = Clock::now();
  for (auto& connection : all) connection.wake_if_late(now);
}

void Reception::begin_stop() {
  stopping = true;
  for (auto& connection : idle) connection.wake_idle();
}

void Reception::cut_all() {
  for (auto& connection : all) connection.cut();
}

bool Reception::close_longest_idle() {
  if (idle.empty()) return false;
  Connection& longest = idle.front();
  idle.pop_front();
  longest.cut();
  return true;
}

void Reception::ended() {
  --count;
  service.open_connections.fetch_sub(1, std::memory_order_relaxed);
  if (count == 0 && on_empty) on_empty();
}

// splitmix64: not secret, only different each time.
std::string Reception::next_request_id() {
  id_state += 0x9E3779B97F4A7C15u;
  std::uint64_t mixed = id_state;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  mixed ^= mixed >> 31;
  std::string id(16, '0');
  for (auto digit = id.rbegin(); digit != id.rend(); ++digit, mixed >>= 4)
    *digit = "0123456789abcdef"[mixed & 15];
  return id;
}

}  // namespace net
