#include "audit/audit.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <limits>

#include "audit/queries.hpp"
#include "base/text.hpp"
#include "storage/like.hpp"

namespace audit {
namespace {

std::string encode(const Changes& changes) {
  if (changes.empty()) return {};
  boost::json::array list;
  for (const Change& change : changes)
    list.emplace_back(boost::json::array{change.field, change.before, change.after});
  return boost::json::serialize(list);
}

}  // namespace

void note(Changes& changes, std::string_view field, std::string_view before, std::string_view after) {
  if (before == after) return;
  changes.push_back(
      {.field = std::string(field), .before = std::string(before), .after = std::string(after)});
}

void record(storage::Transaction& tx, const Actor& actor, Act act, const Object& object,
            const Changes& changes) {
  tx.insert(sql::insert_entry, Entry{.id = base::make_id<base::AuditEntryId>(),
                                     .actor_id = actor.id,
                                     .actor = actor.name,
                                     .actor_key = base::fold(actor.name),
                                     .act = act,
                                     .object_id = object.id,
                                     .object = object.name,
                                     .object_key = base::fold(object.name),
                                     .changes_json = encode(changes),
                                     .client = actor.client,
                                     .created_at = base::now()});
}

Changes changes_of(const Entry& entry) {
  Changes changes;
  if (entry.changes_json.empty()) return changes;
  for (const auto& row : boost::json::parse(entry.changes_json).as_array()) {
    const auto& parts = row.as_array();
    const auto text = [&](std::size_t i) { return std::string(parts.at(i).as_string()); };
    changes.push_back({.field = text(0), .before = text(1), .after = text(2)});
  }
  return changes;
}

std::vector<Entry> page(storage::Transaction& tx, const Search& search, base::AuditEntryId before,
                        int limit) {
  constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
  const std::int64_t from = search.from ? base::id_at(search.from) : 0;
  const std::int64_t until = search.until ? base::id_at(search.until) : largest;
  const auto pattern = [](const std::string& typed) {
    return storage::containing(base::fold(base::single_line(typed)));
  };
  return tx.all<Entry>(sql::entries_before, std::min(before ? before.value : largest, until), from,
                       pattern(search.actor), pattern(search.object), limit);
}

}  // namespace audit
