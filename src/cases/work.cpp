#include "cases/work.hpp"

#include "base/message_keys.hpp"
#include "cases/comment.hpp"
#include "cases/history.hpp"
#include "cases/life.hpp"
#include "cases/queries.hpp"
#include "drafts/drafts.hpp"
#include "people/people.hpp"
#include "products/products.hpp"

namespace cases {
namespace {

base::Result<Case> unchanged(storage::Transaction& tx, const people::Viewer& viewer, const Case& seen) {
  if (!viewer.staff()) return base::fail(base::ErrorKind::forbidden);
  auto current = tx.one<Case>(sql::case_by_id, seen.id);
  if (!current) return base::fail(base::ErrorKind::not_found);
  if (current->version != seen.version) return base::fail(base::ErrorKind::conflict, std::string(stale));
  return *std::move(current);
}

base::Result<Case> step(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                        Status to) {
  switch (to) {
    case Status::waiting:
      return ask(tx, viewer, report);
    case Status::closed:
      return close(tx, viewer, report);
    case Status::reopened:
      return reopen(tx, viewer, report);
    case Status::solved:
      return base::fail({{"status", msg::case_error_solution_empty, {}}});
    case Status::open:
    case Status::in_progress:
      break;
  }
  return move(tx, viewer, report, {.to = to, .kind = EventKind::status});
}

base::Result<Case> set_priority(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                                Priority priority) {
  Case changed = report;
  changed.priority = priority;
  auto saved = save(tx, changed);
  if (!saved) return saved;
  record(tx, viewer, report,
         {.kind = EventKind::changed,
          .field = "priority",
          .before = std::to_string(static_cast<int>(report.priority)),
          .after = std::to_string(static_cast<int>(priority)),
          .visibility = Visibility::internal},
         base::now());
  return saved;
}

base::Result<Case> set_product(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                               base::ProductId id) {
  const auto product = products::find(tx, id);
  if (!product || product->archived) return base::fail({{"product", msg::case_error_product_unknown, {}}});
  const auto before = products::find(tx, report.product_id);
  Case changed = report;
  changed.product_id = id;
  changed.updated_at = base::now();
  auto saved = save(tx, changed);
  if (!saved) return saved;
  record(tx, viewer, report,
         {.kind = EventKind::changed,
          .field = "product",
          .before = before ? before->name : std::string{},
          .after = product->name},
         changed.updated_at);
  return saved;
}

base::Result<Case> set_assignee(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                                base::PersonId id) {
  if (id) {
    const auto person = people::find(tx, id);
    if (!person || !people::is_staff(person->role) || person->state != people::State::active)
      return base::fail({{"assignee", msg::case_error_assignee, {}}});
  }
  return assign(tx, viewer, report, id);
}

}  // namespace

base::Result<Comment> answer(storage::Transaction& tx, const people::Viewer& viewer, const Case& seen,
                             const Answer& form) {
  if (const auto before = drafts::sent_before(tx, viewer.id, form.comment.draft); before != 0) {
    return commented_before(tx, viewer, seen, before);
  }
  auto current = unchanged(tx, viewer, seen);
  if (!current) return std::unexpected(current.error());
  if (current->status == Status::closed) return base::fail(base::ErrorKind::conflict, "the case is closed");
  const bool everyone = form.comment.visibility == Visibility::everyone;
  if (form.then == Status::solved && !everyone)
    return base::fail({{"body", msg::case_error_solution_internal, {}}});

  auto comment = put_comment(tx, viewer, *current, form.comment);
  if (!comment) return comment;
  if (everyone && !current->assignee_id) {
    current = assign(tx, viewer, *current, viewer.id);
    if (!current) return std::unexpected(current.error());
  }
  const bool solved = form.then == Status::solved;
  const bool stays = !form.then || *form.then == current->status;
  current = solved  ? solve(tx, viewer, *current, comment->body)
            : stays ? touch(tx, *current, form.comment.visibility)
                    : step(tx, viewer, *current, *form.then);
  if (!current) return std::unexpected(current.error());
  // The solution's own mail holds these words.
  if (!solved) tell_comment(tx, viewer, *current, *comment);
  return comment;
}

base::Result<Case> change(storage::Transaction& tx, const people::Viewer& viewer, const Case& seen,
                          const Changes& wanted) {
  auto current = unchanged(tx, viewer, seen);
  if (!current) return current;
  // Against what was seen: giving a new case to somebody moves its status by itself.
  const Case before = *current;
  if (wanted.assignee && *wanted.assignee != before.assignee_id)
    current = set_assignee(tx, viewer, *current, *wanted.assignee);
  if (current && wanted.priority && *wanted.priority != before.priority)
    current = set_priority(tx, viewer, *current, *wanted.priority);
  if (current && wanted.product && *wanted.product != before.product_id)
    current = set_product(tx, viewer, *current, *wanted.product);
  if (current && wanted.status && *wanted.status != before.status)
    current = step(tx, viewer, *current, *wanted.status);
  return current;
}

}  // namespace cases
