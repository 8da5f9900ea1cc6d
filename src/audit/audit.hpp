// The log of administrative acts. An entry is written in the unit of the act itself and never edited.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "storage/fields.hpp"
#include "storage/transaction.hpp"

namespace audit {

enum class Act : std::uint8_t {
  account_created = 0,
  account_changed = 1,
  person_created = 2,
  person_changed = 3,
  person_invited = 4,
  person_deactivated = 5,
  person_activated = 6,
  access_approved = 7,
  access_refused = 8,
  product_created = 9,
  product_changed = 10,
  settings_changed = 11,
  people_imported = 12,
  accounts_imported = 13,
};

// Who acts, and from which address.
struct Actor {
  base::PersonId id;
  std::string name;
  std::string client;
};

// What is acted upon. The id is 0 for what there is one of, such as settings.
struct Object {
  std::int64_t id = 0;
  std::string name;
};

// From what to what. Fields are called as in the table.
struct Change {
  std::string field;
  std::string before;
  std::string after;

  bool operator==(const Change&) const = default;
};
using Changes = std::vector<Change>;

// Adds the change unless there is none.
void note(Changes& changes, std::string_view field, std::string_view before, std::string_view after);

void record(storage::Transaction& tx, const Actor& actor, Act act, const Object& object,
            const Changes& changes = {});

struct Entry {
  base::AuditEntryId id;
  base::PersonId actor_id;
  std::string actor;
  std::string actor_key;
  Act act = Act::account_created;
  std::int64_t object_id = 0;
  std::string object;
  std::string object_key;
  std::string changes_json;
  std::string client;
  base::Instant created_at;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Entry::id),
                      field("actor_id", &Entry::actor_id),
                      field("actor", &Entry::actor),
                      field("actor_key", &Entry::actor_key),
                      field("act", &Entry::act),
                      field("object_id", &Entry::object_id),
                      field("object", &Entry::object),
                      field("object_key", &Entry::object_key),
                      field("changes", &Entry::changes_json),
                      field("client", &Entry::client),
                      field("created_at", &Entry::created_at)};
  }
};

[[nodiscard]] Changes changes_of(const Entry& entry);

// Empty parts do not narrow.
struct Search {
  std::string actor;   // a part of the name
  std::string object;  // likewise
  base::Instant from;
  base::Instant until;  // not included
};

// Latest first, those before `before`; an empty id begins with the latest.
[[nodiscard]] std::vector<Entry> page(storage::Transaction& tx, const Search& search,
                                      base::AuditEntryId before, int limit);

}  // namespace audit
