#include "app/session_cache.hpp"

namespace app {

std::optional<sessions::SignedIn> SessionCache::find(const std::string& token) {
  // Taken before reading: what is read later can only be newer.
  const std::uint64_t epoch = database_.epoch(storage::Shared::identity);
  {
    const std::lock_guard lock(mutex_);
    if (epoch_ != epoch) {
      kept_.clear();
      epoch_ = epoch;
    }
    if (const auto known = kept_.find(token); known != kept_.end()) {
      sessions::SignedIn found = known->second;
      found.expired = found.session.expires_at <= base::now();
      return found;
    }
  }
  auto found = database_.read([&](storage::Transaction& tx) { return sessions::find_ended(tx, token); });
  const std::lock_guard lock(mutex_);
  if (found && epoch != 0 && epoch_ == epoch && kept_.size() < most) kept_.emplace(token, *found);
  return found;
}

}  // namespace app
