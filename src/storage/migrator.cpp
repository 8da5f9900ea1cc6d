#include "storage/migrator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace storage {

void migrate(Schema& schema) {
  const auto& known = all_migrations();
  const auto applied = schema.applied();
  for (const Applied& past : applied) {
    const auto same = std::ranges::find(known, past.version, &Migration::version);
    if (same == known.end()) {
      throw std::runtime_error(fmt::format(
          "the database has migration {}, which this program does not know: start a newer program",
          past.version));
    }
    if (same->digest != past.digest) {
      throw std::runtime_error(
          fmt::format("migration {} was edited after this database had run it", past.version));
    }
  }
  for (const Migration& migration : known) {
    if (std::ranges::find(applied, migration.version, &Applied::version) == applied.end())
      schema.apply(migration);
  }
}

}  // namespace storage
