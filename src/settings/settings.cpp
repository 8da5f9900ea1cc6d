#include "settings/settings.hpp"

#include <mutex>

#include "settings/queries.hpp"

namespace settings {
namespace {

std::string name_of(std::string_view field) {
  return "portal." + std::string(field);
}

}  // namespace

Portal read(storage::Transaction& tx) {
  Portal portal;
  storage::for_each_field<Portal>([&](const auto& field, std::size_t) {
    portal.*(field.member) = tx.one<std::string>(sql::setting, name_of(field.name)).value_or("");
  });
  return portal;
}

void write(storage::Transaction& tx, const Portal& portal) {
  storage::for_each_field<Portal>([&](const auto& field, std::size_t) {
    tx.run(sql::set_setting, name_of(field.name), portal.*(field.member));
  });
}

std::shared_ptr<const Portal> current(storage::Database& database) {
  struct Kept {
    const storage::Database* database = nullptr;
    std::uint64_t epoch = 0;
    std::shared_ptr<const Portal> portal;
  };
  static std::mutex mutex;
  static Kept kept;
  // Taken before reading: what is read later can only be newer.
  const std::uint64_t epoch = database.epoch(storage::Shared::settings);
  {
    const std::lock_guard lock(mutex);
    if (epoch != 0 && kept.database == &database && kept.epoch == epoch) return kept.portal;
  }
  auto portal =
      std::make_shared<const Portal>(database.read([](storage::Transaction& tx) { return read(tx); }));
  const std::lock_guard lock(mutex);
  kept = {.database = &database, .epoch = epoch, .portal = portal};
  return portal;
}

}  // namespace settings
