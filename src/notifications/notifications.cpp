#include "notifications/notifications.hpp"

#include <limits>

#include "notifications/queries.hpp"

namespace notifications {

void tell(storage::Transaction& tx, const std::vector<base::PersonId>& people, const Notification& what) {
  for (const base::PersonId person : people) {
    if (person == what.actor_id) continue;
    Notification told = what;
    told.id = base::make_id<base::NotificationId>();
    told.person_id = person;
    tx.insert(sql::insert_notification, told);
    tx.run(sql::add_unread, person);
  }
}

std::vector<Notification> latest(storage::Transaction& tx, base::PersonId person, int limit) {
  return tx.all<Notification>(sql::latest_notifications, person, limit);
}

std::vector<Line> page(storage::Transaction& tx, const people::Viewer& viewer, base::NotificationId after,
                       int limit) {
  const base::NotificationId before =
      after ? after : base::NotificationId{std::numeric_limits<std::int64_t>::max()};
  const base::AccountId account = viewer.staff() ? base::AccountId{} : viewer.account_id;
  return tx.all<Line>(sql::lines_before, viewer.id, before, account, limit);
}

std::set<std::int64_t> unread_cases(storage::Transaction& tx, base::PersonId person) {
  const auto ids = tx.all<std::int64_t>(sql::unread_cases, person);
  return {ids.begin(), ids.end()};
}

void mark_all_read(storage::Transaction& tx, base::PersonId person) {
  const auto read = tx.run(sql::mark_all_read, person, base::now());
  if (read > 0) tx.run(sql::take_unread, person, read);
}

void mark_read(storage::Transaction& tx, base::PersonId person, base::CaseId id) {
  const auto read = tx.run(sql::mark_read, person, id, base::now());
  if (read > 0) tx.run(sql::take_unread, person, read);
}

}  // namespace notifications
