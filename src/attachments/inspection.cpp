#include "attachments/inspection.hpp"

#include <tuple>

#include "attachments/queries.hpp"

namespace attachments {
namespace {

constexpr std::int64_t page = 1000;

using Row = std::tuple<std::string, std::int64_t>;  // digest, size

void look_at(const Row& row, blobs::Store& store, Depth depth, Inspection& found) {
  const auto& [digest, size] = row;
  const auto opened = store.open(digest);
  if (!opened) {
    found.missing.push_back(digest);
  } else if (opened->size != static_cast<std::uint64_t>(size) ||
             (depth == Depth::contents && store.verify(digest) == blobs::Condition::damaged)) {
    found.damaged.push_back(digest);
  }
}

bool is_known(storage::Database& database, const std::string& digest) {
  return database.read([&](storage::Transaction& tx) {
    return tx.one<std::tuple<std::string, bool>>(sql::blob_by_digest, digest).has_value();
  });
}

// Bytes are put before they are committed, both under the guard: so nothing that is under way looks like a
// stray.
bool is_stray(storage::Database& database, blobs::Store& store, const std::string& digest) {
  if (is_known(database, digest)) return false;
  const auto guard = store.guard(digest);
  return !is_known(database, digest);
}

}  // namespace

Inspection inspect(storage::Database& database, blobs::Store& store, Depth depth) {
  Inspection found;
  for (std::string last;;) {
    const auto rows =
        database.read([&](storage::Transaction& tx) { return tx.all<Row>(sql::blobs_after, last, page); });
    for (const Row& row : rows) look_at(row, store, depth, found);
    found.blobs += rows.size();
    if (rows.size() < static_cast<std::size_t>(page)) break;
    last = std::get<0>(rows.back());
  }
  store.list([&](const std::string& digest, std::uint64_t) {
    if (is_stray(database, store, digest)) found.strays.push_back(digest);
    return true;
  });
  return found;
}

void remove_strays(storage::Database& database, blobs::Store& store, const std::vector<std::string>& strays) {
  for (const std::string& digest : strays) {
    const auto guard = store.guard(digest);
    if (!is_known(database, digest)) store.remove(digest);
  }
}

}  // namespace attachments
