// What a person should hear of inside the portal.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "people/viewer.hpp"
#include "storage/fields.hpp"
#include "storage/transaction.hpp"

namespace notifications {

enum class Kind : std::uint8_t {
  comment = 0,
  status = 1,
  solved = 2,
  closed = 3,
  attached = 4,
  access_requested = 10,  // about no case; the detail says who asks
  reopened = 20,
  survey_answered = 21
};

struct Notification {
  base::NotificationId id;
  base::PersonId person_id;
  base::AccountId account_id;  // of the case
  base::CaseId case_id;
  base::PersonId actor_id;
  Kind kind = Kind::comment;
  std::string detail;
  base::Instant read_at;
  base::Instant created_at;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Notification::id),
                      field("person_id", &Notification::person_id),
                      field("account_id", &Notification::account_id),
                      field("case_id", &Notification::case_id),
                      field("actor_id", &Notification::actor_id),
                      field("kind", &Notification::kind),
                      field("detail", &Notification::detail),
                      field("read_at", &Notification::read_at),
                      field("created_at", &Notification::created_at)};
  }
};

// Written for everybody in `people` but the actor.
void tell(storage::Transaction& tx, const std::vector<base::PersonId>& people, const Notification& what);

[[nodiscard]] std::vector<Notification> latest(storage::Transaction& tx, base::PersonId person,
                                               int limit = 50);
// One of them with what its case and its actor are called.
struct Line {
  base::NotificationId id;
  Kind kind = Kind::comment;
  base::Instant read_at;  // zero: not yet
  base::Instant created_at;
  std::int64_t number = 0;  // of the case; 0: about none
  std::string subject;      // of the case, or the detail
  std::string actor;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Line::id),           field("kind", &Line::kind),
                      field("read_at", &Line::read_at), field("created_at", &Line::created_at),
                      field("number", &Line::number),   field("subject", &Line::subject),
                      field("actor", &Line::actor)};
  }
};

// Latest first, those before `after`; an empty id begins with the latest. Only of cases that the viewer may
// still see.
[[nodiscard]] std::vector<Line> page(storage::Transaction& tx, const people::Viewer& viewer,
                                     base::NotificationId after, int limit);
// Cases with something the person has not read yet.
[[nodiscard]] std::set<std::int64_t> unread_cases(storage::Transaction& tx, base::PersonId person);
void mark_all_read(storage::Transaction& tx, base::PersonId person);
// Opening a case reads what was told of it.
void mark_read(storage::Transaction& tx, base::PersonId person, base::CaseId id);

}  // namespace notifications
