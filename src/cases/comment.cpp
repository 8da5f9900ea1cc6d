#include "cases/comment.hpp"

#include "attachments/attachments.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "cases/followers.hpp"
#include "cases/history.hpp"
#include "cases/life.hpp"
#include "cases/queries.hpp"
#include "drafts/drafts.hpp"

namespace cases {
namespace {

// What the viewer may see at least: customers only what is for everyone.
Visibility least_visible(const people::Viewer& viewer) {
  return viewer.staff() ? Visibility::internal : Visibility::everyone;
}

// A customer's word moves the case on; other changes only note the time.
base::Result<Case> react(storage::Transaction& tx, const people::Viewer& viewer, const Case& report) {
  if (!viewer.staff() && report.status == Status::solved) return reopen(tx, viewer, report);
  if (!viewer.staff() && report.status == Status::waiting) {
    return move(tx, viewer, report, {.to = Status::in_progress, .kind = EventKind::status});
  }
  return touch(tx, report, Visibility::everyone);
}

}  // namespace

base::Result<Comment> commented_before(storage::Transaction& tx, const people::Viewer& viewer,
                                       const Case& report, std::int64_t id) {
  for (Comment& comment : comments(tx, viewer, report.account_id, report.id)) {
    if (comment.id.value == id) return std::move(comment);
  }
  return base::fail(base::ErrorKind::not_found);
}

base::Result<Case> touch(storage::Transaction& tx, const Case& report, Visibility visibility) {
  Case touched = report;
  if (visibility == Visibility::everyone) touched.updated_at = base::now();
  return save(tx, touched);
}

base::Result<Comment> put_comment(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                                  const NewComment& form) {
  const bool internal = form.visibility == Visibility::internal;
  if (internal && !viewer.staff()) return base::fail(base::ErrorKind::forbidden);
  Comment comment{.id = base::make_id<base::CommentId>(),
                  .account_id = report.account_id,
                  .case_id = report.id,
                  .author_id = viewer.id,
                  .visibility = form.visibility,
                  .origin = form.origin,
                  .body = base::plain_lines(form.body),
                  .created_at = base::now()};
  if (comment.body.empty()) return base::fail({{"body", msg::comment_error_empty, {}}});
  if (base::length(comment.body) > longest_text) {
    return base::fail({{"body", msg::comment_error_long, {std::to_string(longest_text)}}});
  }
  if (form.uploads.size() > most_files) {
    return base::fail({{"upload", msg::case_error_too_many_files, {std::to_string(most_files)}}});
  }

  tx.insert(sql::insert_comment, comment);
  tx.signal(storage::Signal::event);
  if (!form.uploads.empty()) {
    const attachments::Place place{.account_id = report.account_id,
                                   .case_id = report.id,
                                   .comment_id = comment.id,
                                   .everyone = !internal};
    auto attached = attachments::attach(tx, viewer, place, form.uploads);
    if (!attached) return std::unexpected(attached.error());
  }
  drafts::mark_sent(tx, viewer.id, form.draft, drafts::Kind::comment, comment.id.value);
  return comment;
}

void tell_comment(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                  const Comment& comment) {
  tell_followers(tx, viewer, report,
                 {.notification = notifications::Kind::comment,
                  .mail = mail::Kind::comment_added,
                  .visibility = comment.visibility,
                  .detail = std::string(base::prefix(comment.body, 200)),
                  .fields = {{"comment", std::to_string(comment.id.value)}}});
}

base::Result<Comment> write_comment(storage::Transaction& tx, const people::Viewer& viewer,
                                    const Case& report, const NewComment& form) {
  auto comment = put_comment(tx, viewer, report, form);
  if (comment) tell_comment(tx, viewer, report, *comment);
  return comment;
}

base::Result<Comment> comment(storage::Transaction& tx, const people::Viewer& viewer, const Case& seen,
                              const NewComment& form) {
  if (const auto before = drafts::sent_before(tx, viewer.id, form.draft); before != 0) {
    return commented_before(tx, viewer, seen, before);
  }
  // A comment does not depend on what the writer saw of the case's fields, so the latest row is taken.
  const auto current = tx.one<Case>(sql::case_by_id, seen.id);
  if (!current) return base::fail(base::ErrorKind::not_found);
  if (current->status == Status::closed) return base::fail(base::ErrorKind::conflict, "the case is closed");
  auto written = write_comment(tx, viewer, *current, form);
  if (!written) return written;
  if (auto moved = react(tx, viewer, *current); !moved) return std::unexpected(moved.error());
  return written;
}

base::Result<void> attach(storage::Transaction& tx, const people::Viewer& viewer, const Case& seen,
                          const std::vector<std::string>& uploads) {
  if (uploads.empty()) return base::fail({{"upload", msg::case_error_no_files, {}}});
  if (uploads.size() > most_files) {
    return base::fail({{"upload", msg::case_error_too_many_files, {std::to_string(most_files)}}});
  }
  const auto current = tx.one<Case>(sql::case_by_id, seen.id);
  if (!current) return base::fail(base::ErrorKind::not_found);
  if (current->status == Status::closed) return base::fail(base::ErrorKind::conflict, "the case is closed");

  const attachments::Place place{.account_id = current->account_id, .case_id = current->id, .comment_id = {}};
  auto attached = attachments::attach(tx, viewer, place, uploads);
  if (!attached) return std::unexpected(attached.error());
  for (const attachments::Attachment& file : *attached) {
    record(tx, viewer, *current, {.kind = EventKind::attached, .field = {}, .before = {}, .after = file.name},
           file.created_at);
  }
  if (auto saved = touch(tx, *current, Visibility::everyone); !saved) return std::unexpected(saved.error());
  return {};
}

void remember_view(storage::Transaction& tx, const people::Viewer& viewer, base::CaseId id) {
  tx.run(sql::remember_view, viewer.id, id, base::now());
  tx.run(sql::forget_old_views, viewer.id);
}

bool viewed_since(storage::Transaction& tx, const people::Viewer& viewer, base::CaseId id,
                  base::Instant since) {
  return tx.one<std::int64_t>(sql::viewed_since, viewer.id, id, since).has_value();
}

std::vector<Comment> comments(storage::Transaction& tx, const people::Viewer& viewer, base::AccountId account,
                              base::CaseId id) {
  return tx.all<Comment>(sql::comments_of_case, account, id, least_visible(viewer));
}

std::vector<Event> events(storage::Transaction& tx, const people::Viewer& viewer, base::AccountId account,
                          base::CaseId id) {
  return tx.all<Event>(sql::events_of_case, account, id, least_visible(viewer));
}

}  // namespace cases
