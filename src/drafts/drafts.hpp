// What is being typed, kept on the server. A draft's id also proves that a form is sent once.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "storage/fields.hpp"
#include "storage/transaction.hpp"

namespace drafts {

enum class Kind : std::uint8_t { new_case = 0, comment = 1 };
using Fields = std::map<std::string, std::string>;

inline constexpr std::size_t largest = 512 * 1024;  // bytes of all fields together

struct Draft {
  base::DraftId id;
  base::PersonId person_id;
  Kind kind = Kind::new_case;
  std::int64_t subject_id = 0;  // the case of a comment
  std::string fields_json;
  std::int64_t sent_as = 0;  // the id of what it became
  base::Instant updated_at;
  std::int64_t version = 1;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Draft::id),
                      field("person_id", &Draft::person_id),
                      field("kind", &Draft::kind),
                      field("subject_id", &Draft::subject_id),
                      field("fields", &Draft::fields_json),
                      field("sent_as", &Draft::sent_as),
                      field("updated_at", &Draft::updated_at),
                      field("version", &Draft::version)};
  }
};

// The latest unsent draft.
[[nodiscard]] std::optional<Draft> latest(storage::Transaction& tx, base::PersonId person, Kind kind,
                                          std::int64_t subject_id);
[[nodiscard]] std::optional<Draft> find(storage::Transaction& tx, base::PersonId person, base::DraftId id);

struct Save {
  base::DraftId id;  // any fresh id makes a new draft; one of another person's makes a new one too
  Kind kind = Kind::new_case;
  std::int64_t subject_id = 0;
  std::int64_t version =
      0;  // what the writer saw; an older one is saved as a draft of its own, nothing is overwritten
  Fields fields;
};
// too_large beyond `largest`.
base::Result<Draft> save(storage::Transaction& tx, base::PersonId person, const Save& save);

// Claims the draft for what it becomes. Gives the earlier `sent_as` when it was sent before, 0 otherwise.
[[nodiscard]] std::int64_t sent_before(storage::Transaction& tx, base::PersonId person, base::DraftId id);
void mark_sent(storage::Transaction& tx, base::PersonId person, base::DraftId id, Kind kind,
               std::int64_t sent_as);
void discard(storage::Transaction& tx, base::PersonId person, base::DraftId id);

// Forgets what nobody has touched for 60 days. For the schedule.
void forget_old(storage::Transaction& tx);

[[nodiscard]] Fields parse(const Draft& draft);

}  // namespace drafts
