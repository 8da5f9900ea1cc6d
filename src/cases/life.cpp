#include "cases/life.hpp"

#include <algorithm>
#include <array>

#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "cases/cases.hpp"
#include "cases/followers.hpp"
#include "cases/history.hpp"
#include "cases/queries.hpp"
#include "surveys/surveys.hpp"

namespace cases {
namespace {

// Who may take a step beside staff, who may take every one: those of the case's account, or its contact and
// author alone.
enum class Customers : std::uint8_t { nobody, own, account };

struct Step {
  Status from;
  Status to;
  Customers customers = Customers::nobody;
};

// The whole life of a case. Pages, mail and API all move along these steps and no others.
constexpr std::array steps{
    Step{Status::open, Status::in_progress},
    Step{Status::open, Status::waiting},
    Step{Status::open, Status::solved},
    Step{Status::open, Status::closed},
    Step{Status::in_progress, Status::waiting},
    Step{Status::in_progress, Status::solved},
    Step{Status::in_progress, Status::closed},
    Step{Status::waiting, Status::in_progress, Customers::account},
    Step{Status::waiting, Status::solved},
    Step{Status::waiting, Status::closed},
    Step{Status::solved, Status::closed, Customers::own},
    Step{Status::solved, Status::reopened, Customers::account},
    Step{Status::reopened, Status::in_progress},
    Step{Status::reopened, Status::waiting},
    Step{Status::reopened, Status::solved},
    Step{Status::reopened, Status::closed},
};

const Step* find_step(Status from, Status to) {
  const auto found =
      std::ranges::find_if(steps, [=](const Step& step) { return step.from == from && step.to == to; });
  return found == steps.end() ? nullptr : &*found;
}

bool may_take(const people::Viewer& viewer, const Case& report, const Step& step) {
  if (viewer.staff()) return true;
  if (viewer.account_id != report.account_id) return false;
  switch (step.customers) {
    case Customers::nobody:
      return false;
    case Customers::own:
      return viewer.id == report.contact_id || viewer.id == report.author_id;
    case Customers::account:
      return true;
  }
  return false;
}

}  // namespace

bool may_move(Status from, Status to) {
  return find_step(from, to) != nullptr;
}

bool may_move(const people::Viewer& viewer, const Case& report, Status to) {
  const Step* step = find_step(report.status, to);
  return step != nullptr && may_take(viewer, report, *step);
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
  const Step* known = find_step(report.status, step.to);
  if (known == nullptr) return base::fail(base::ErrorKind::conflict, "no such step");
  if (!may_take(viewer, report, *known)) return base::fail(base::ErrorKind::forbidden);
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
  return move(tx, viewer, report, {.to = Status::waiting, .kind = EventKind::status});
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
  auto closed = move(tx, viewer, report, {.to = Status::closed, .kind = EventKind::closed});
  if (!closed) return closed;
  const surveys::Occasion occasion{.account_id = closed->account_id,
                                   .case_id = closed->id,
                                   .number = closed->number,
                                   .subject = closed->subject,
                                   .contact_id = closed->contact_id,
                                   .assignee_id = closed->assignee_id,
                                   .product_id = closed->product_id};
  // The mail with the survey says that the case is closed: its reader needs no other.
  const bool invited = surveys::invite_if_possible(tx, occasion);
  tell_followers(tx, viewer, *closed,
                 {.notification = notifications::Kind::closed,
                  .mail = mail::Kind::case_closed,
                  .detail = {},
                  .written_to = invited ? closed->contact_id : base::PersonId{}});
  return closed;
}

base::Result<Case> reopen(storage::Transaction& tx, const people::Viewer& viewer, const Case& report) {
  return move(tx, viewer, report, {.to = Status::reopened, .kind = EventKind::reopened});
}

}  // namespace cases
