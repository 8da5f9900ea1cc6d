#include "storage/postgres/presence.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <thread>

namespace storage::postgres {
namespace {

constexpr std::int32_t lock_class = 0x6f746b6c;  // "otkl"

}  // namespace

Presence::Presence() : key_(static_cast<std::int32_t>(randombytes_random() >> 1)) {}

void Presence::enter(Connection& connection) const {
  connection.execute(fmt::format("SELECT pg_advisory_lock_shared({}, {})", lock_class, key_));
  if (others(connection) && !is_seen(connection)) std::this_thread::sleep_for(grace);
}

void Presence::settle(Connection& connection) {
  process_ = 0;
  enter(connection);
  process_ = PQbackendPID(connection.handle());
}

// Asked after the new lock was taken, so that there was no moment without one.
bool Presence::is_seen(Connection& connection) const {
  const int process = process_;
  return process != 0 && !connection
                              .ask(fmt::format("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND "
                                               "classid = {} AND objid = {} AND pid = {}",
                                               lock_class, key_, process))
                              .empty();
}

bool Presence::others(Connection& connection) const {
  return !connection
              .ask(fmt::format(
                  "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = {} AND objid <> {}"
                  " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                  " LIMIT 1",
                  lock_class, key_))
              .empty();
}

}  // namespace storage::postgres
