// Which nodes are at one database.
//
// The listener's connection and every one that may write hold a shared advisory lock under its node's own
// key, which pg_locks shows to the others. Whoever has looked and found nobody is alone for `grace` after the
// moment it began to look: a newcomer takes its lock first and then waits as long before it writes, unless it
// finds nobody either or its node has been seen for as long already. Only durations are compared, so clocks
// may differ.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "storage/postgres/connection.hpp"

namespace storage::postgres {

class Presence {
 public:
  static constexpr std::chrono::milliseconds grace{1'000};

  // With a key of its own.
  Presence();

  // For a new connection that is to write; may sleep.
  void enter(Connection& connection) const;
  // For the connection by which the node is seen all the time; may sleep.
  void settle(Connection& connection);
  // Whether another node is connected.
  [[nodiscard]] bool others(Connection& connection) const;

  [[nodiscard]] std::int32_t key() const { return key_; }

 private:
  [[nodiscard]] bool is_seen(Connection& connection) const;

  std::int32_t key_;
  std::atomic<int> process_{0};  // of the server, for the connection that has settled
};

}  // namespace storage::postgres
