#include "cases/history.hpp"

#include "cases/queries.hpp"

namespace cases {
namespace {

constexpr base::PersonId whole_account{0};

void add_count(storage::Transaction& tx, const Case& report, Status status, int by) {
  tx.run(sql::add_count, report.account_id, whole_account, status, by);
  tx.run(sql::add_count, report.account_id, report.contact_id, status, by);
}

void add_queue_count(storage::Transaction& tx, const Case& report, int by) {
  if (is_open(report.status)) tx.run(sql::add_queue_count, report.assignee_id, report.status, by);
}

}  // namespace

void record(storage::Transaction& tx, const people::Viewer& actor, const Case& report, const Change& change,
            base::Instant at) {
  tx.insert(sql::insert_event, Event{.id = base::make_id<base::EventId>(),
                                     .account_id = report.account_id,
                                     .case_id = report.id,
                                     .actor_id = actor.id,
                                     .kind = change.kind,
                                     .visibility = change.visibility,
                                     .field = change.field,
                                     .before = change.before,
                                     .after = change.after,
                                     .created_at = at});
  tx.signal(storage::Signal::event);
}

std::int64_t week_of(base::Instant at) {
  constexpr base::Duration first_monday = base::days(4);  // 1970-01-05
  return (at - first_monday).microseconds / base::days(7).microseconds;
}

void count_opened(storage::Transaction& tx, const Case& report) {
  add_count(tx, report, report.status, 1);
  add_queue_count(tx, report, 1);
  tx.run(sql::add_week, report.account_id, week_of(report.opened_at), 1, 0);
}

void count_moved(storage::Transaction& tx, const Case& before, const Case& after) {
  if (before.status == after.status && before.assignee_id == after.assignee_id) return;
  add_queue_count(tx, before, -1);
  add_queue_count(tx, after, 1);
  if (before.status == after.status) return;
  add_count(tx, before, before.status, -1);
  add_count(tx, after, after.status, 1);
  if (after.status == Status::solved) tx.run(sql::add_week, after.account_id, week_of(base::now()), 0, 1);
}

}  // namespace cases
