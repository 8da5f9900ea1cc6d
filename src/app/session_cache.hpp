// Sessions kept in memory while nothing changes sessions, people or accounts.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "sessions/sessions.hpp"
#include "storage/database.hpp"

namespace app {

// Safe to use from any thread. Gives what sessions::find_ended gives, and asks the database only after a
// change.
class SessionCache {
 public:
  explicit SessionCache(storage::Database& database) : database_(database) {}

  [[nodiscard]] std::optional<sessions::SignedIn> find(const std::string& token);

 private:
  static constexpr std::size_t most = 4096;

  storage::Database& database_;
  std::mutex mutex_;
  std::uint64_t epoch_ = 0;
  std::unordered_map<std::string, sessions::SignedIn> kept_;
};

}  // namespace app
