#include "cases/life.hpp"

#include <algorithm>
#include <array>

#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "cases/cases.hpp"
#include "cases/followers.hpp"
#include "cases/history.hpp"
#include "cases/queries.hpp"

namespace cases {
namespace {

struct Step {
  Status from;
  Status to;
};

// The whole life of a case. Pages, mail and API all move along these steps and no others.
constexpr std::array steps{
    Step{Status::open, Status::in_progress},     Step{Status::open, Status::waiting},
    Step{Status::open, Status::solved},          Step{Status::open, Status::closed},
    Step{Status::in_progress, Status::waiting},  Step{Status::in_progress, Status::solved},
    Step{Status::in_progress, Status::closed},   Step{Status::waiting, Status::in_progress},
    Step{Status::waiting, Status::solved},       Step{Status::waiting, Status::closed},
    Step{Status::solved, Status::closed},        Step{Status::solved, Status::reopened},
    Step{Status::reopened, Status::in_progress}, Step{Status::reopened, Status::waiting},
    Step{Status::reopened, Status::solved},      Step{Status::reopened, Status::closed},
};

base::Result<Case> staff_step(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                              Status to, EventKind kind) {
  if (!viewer.staff()) return base::fail(base::ErrorKind::forbidden);
  return move(tx, viewer, report, {.to = to, .kind = kind});
}

}  // namespace

bool may_move(Status from, Status to) {
  return std::ranges::any_of(steps, [=](const Step& step) { return step.from == from && step.to == to; });
}

base::Result<Case> save(storage::Transaction& tx, const Case& changed) {
  const auto rows = tx.run(sql::update_case, changed.id, changed.version, changed.assignee_id,
                           changed.solution, changed.status, changed.updated_at, changed.solved_at,
                           changed.closed_at, changed.product_id, changed.priority);
  if (rows == 0) return base::fail(base::ErrorKind::conflict, "the case was changed in between");
  Case saved = changed;
  ++saved.version;
  return saved;
}

base::Result<Case> move(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                        const Move& step) {
  if (!may_move(report.status, step.to)) return base::fail(base::ErrorKind::conflict, "no such step");
  Case changed = report;
  changed.status = step.to;
  changed.updated_at = base::now();
  if (step.to == Status::solved) changed.solved_at = changed.updated_at;
  if (step.to == Status::closed) changed.closed_at = changed.updated_at;
  if (step.solution) changed.solution = *step.solution;

  auto saved = save(tx, changed);
  if (!saved) return saved;
  count_moved(tx, report, *saved);
  record(tx, viewer, report,
         {.kind = step.kind,
          .field = "status",
          .before = std::to_string(static_cast<int>(report.status)),
          .after = std::to_string(static_cast<int>(step.to))},
         changed.updated_at);
  return saved;
}

base::Result<Case> assign(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                          base::PersonId assignee) {
  if (!viewer.staff()) return base::fail(base::ErrorKind::forbidden);
  Case changed = report;
  changed.assignee_id = assignee;
  changed.updated_at = base::now();
  if (report.status == Status::open || report.status == Status::reopened)
    changed.status = Status::in_progress;

  auto saved = save(tx, changed);
  if (!saved) return saved;
  count_moved(tx, report, *saved);
  record(tx, viewer, report,
         {.kind = EventKind::assigned,
          .field = "assignee_id",
          .before = std::to_string(report.assignee_id.value),
          .after = std::to_string(assignee.value)},
         changed.updated_at);
  if (assignee) tx.run(sql::add_follower, report.account_id, report.id, assignee, changed.updated_at);
  return saved;
}

base::Result<Case> ask(storage::Transaction& tx, const people::Viewer& viewer, const Case& report) {
  return staff_step(tx, viewer, report, Status::waiting, EventKind::status);
}

base::Result<Case> solve(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                         const std::string& solution) {
  if (!viewer.staff()) return base::fail(base::ErrorKind::forbidden);
  const std::string text = base::plain_lines(solution);
  if (text.empty()) return base::fail({{"solution", msg::case_error_solution_empty, {}}});
  if (base::length(text) > longest_text) {
    return base::fail({{"solution", msg::case_error_description_long, {std::to_string(longest_text)}}});
  }
  auto solved = move(tx, viewer, report, {.to = Status::solved, .kind = EventKind::solved, .solution = text});
  if (!solved) return solved;
  tell_followers(
      tx, viewer, *solved,
      {.notification = notifications::Kind::solved, .mail = mail::Kind::solution_proposed, .detail = text});
  return solved;
}

base::Result<Case> close(storage::Transaction& tx, const people::Viewer& viewer, const Case& report) {
  auto closed = staff_step(tx, viewer, report, Status::closed, EventKind::closed);
  if (!closed) return closed;
  tell_followers(
      tx, viewer, *closed,
      {.notification = notifications::Kind::closed, .mail = mail::Kind::case_closed, .detail = {}});
  return closed;
}

base::Result<Case> reopen(storage::Transaction& tx, const people::Viewer& viewer, const Case& report) {
  return move(tx, viewer, report, {.to = Status::reopened, .kind = EventKind::reopened});
}

}  // namespace cases
