#include "cases/solution.hpp"

#include "base/text.hpp"
#include "cases/cases.hpp"
#include "cases/comment.hpp"
#include "cases/followers.hpp"
#include "cases/life.hpp"
#include "cases/queries.hpp"
#include "drafts/drafts.hpp"
#include "mail/solution_link.hpp"
#include "people/people.hpp"

namespace cases {
namespace {

Status status_after(Verdict verdict) {
  return verdict == Verdict::helped ? Status::closed : Status::reopened;
}

// A comment tells the followers by itself.
base::Result<Case> reopen_without_words(storage::Transaction& tx, const people::Viewer& viewer,
                                        const Case& report) {
  auto reopened = reopen(tx, viewer, report);
  if (!reopened) return reopened;
  tell_followers(tx, viewer, *reopened,
                 {.notification = notifications::Kind::reopened,
                  .mail = mail::Kind::case_reopened,
                  .detail = {},
                  .fields = {}});
  return reopened;
}

bool may_answer(const people::Person& person, const Case& report) {
  const bool own = person.id == report.contact_id || person.id == report.author_id;
  const bool sees_it = person.account_id == report.account_id || people::is_staff(person.role);
  return own && sees_it && person.state == people::State::active;
}

}  // namespace

base::Result<Case> answer_solution(storage::Transaction& tx, const people::Viewer& viewer, const Case& seen,
                                   const SolutionAnswer& answer) {
  const auto current = tx.one<Case>(sql::case_by_id, seen.id);
  if (!current) return base::fail(base::ErrorKind::not_found);
  const Status wanted = status_after(answer.verdict);
  const bool sent_before = drafts::sent_before(tx, viewer.id, answer.draft) != 0;
  if (sent_before || current->status == wanted) return *current;
  if (current->status != Status::solved) return base::fail(base::ErrorKind::conflict, "no solution waits");
  if (!may_move(viewer, *current, wanted)) return base::fail(base::ErrorKind::forbidden);

  const bool silent = base::trim(answer.comment).empty();
  if (!silent) {
    auto comment =
        write_comment(tx, viewer, *current, {.draft = answer.draft, .body = answer.comment, .uploads = {}});
    if (!comment) return std::unexpected(comment.error());
  }
  if (answer.verdict == Verdict::helped) return close(tx, viewer, *current);
  return silent ? reopen_without_words(tx, viewer, *current) : reopen(tx, viewer, *current);
}

base::Result<LinkedCase> find_by_solution_link(storage::Transaction& tx, std::string_view token) {
  const auto link = mail::read_solution_token(token);
  if (!link || link->made_at + solution_link_period <= base::now()) {
    return base::fail(base::ErrorKind::expired);
  }
  auto person = people::find(tx, link->person_id);
  auto report = tx.one<Case>(sql::case_by_id, link->case_id);
  if (!person || !report || !may_answer(*person, *report) || link->made_at < report->solved_at) {
    return base::fail(base::ErrorKind::expired);
  }
  return LinkedCase{.report = *std::move(report), .person = *std::move(person)};
}

}  // namespace cases
