#include "cases/continuation.hpp"

#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "cases/history.hpp"
#include "cases/queries.hpp"
#include "people/people.hpp"

namespace cases {
namespace {

std::string subject_after(storage::Transaction& tx, const people::Viewer& viewer, const Case& closed) {
  const auto person = people::find(tx, viewer.id);
  const base::Locale locale = person ? person->locale : base::Locale::ru;
  const std::string subject =
      base::format(locale, msg::case_continuation_subject, format_number(closed.number), closed.subject);
  return std::string(base::prefix(subject, longest_subject));
}

void link(storage::Transaction& tx, const people::Viewer& viewer, const Case& closed, const Case& next) {
  tx.run(sql::set_continued, next.id, closed.id);
  record(tx, viewer, closed,
         {.kind = EventKind::continued, .field = {}, .before = {}, .after = format_number(next.number)},
         next.opened_at);
  record(tx, viewer, next,
         {.kind = EventKind::continues, .field = {}, .before = {}, .after = format_number(closed.number)},
         next.opened_at);
}

}  // namespace

base::Result<Opened> continue_closed(storage::Transaction& tx, const people::Viewer& viewer,
                                     const Case& closed, const NewComment& form) {
  if (viewer.staff()) return base::fail(base::ErrorKind::forbidden);
  if (closed.status != Status::closed) return base::fail(base::ErrorKind::conflict, "the case is not closed");
  const std::string body = base::plain_lines(form.body);
  if (body.empty()) return base::fail({{"body", msg::comment_error_empty, {}}});
  if (base::length(body) > longest_text) {
    return base::fail({{"body", msg::comment_error_long, {std::to_string(longest_text)}}});
  }
  auto opened = open(tx, viewer,
                     {.draft = form.draft,
                      .subject = subject_after(tx, viewer, closed),
                      .description = body,
                      .product_id = closed.product_id,
                      .product = {},
                      .country = closed.country,
                      .impact = closed.impact,
                      .origin = form.origin,
                      .contact_id = {},
                      .uploads = form.uploads});
  if (!opened || opened->again) return opened;
  link(tx, viewer, closed, opened->report);
  opened->report.continues_id = closed.id;
  return opened;
}

Continuations continuations(storage::Transaction& tx, const Case& report) {
  Continuations found;
  if (report.continues_id) {
    found.of = tx.one<std::int64_t>(sql::number_of_case, report.account_id, report.continues_id).value_or(0);
  }
  found.by = tx.all<std::int64_t>(sql::continuations, report.account_id, report.id);
  return found;
}

}  // namespace cases
