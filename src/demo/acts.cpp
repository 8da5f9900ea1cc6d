#include "demo/acts.hpp"

#include <algorithm>
#include <atomic>

#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "mail/fields.hpp"
#include "mail/identity.hpp"

namespace demo {
namespace {

using cases::EventKind;
using cases::Status;
using cases::Visibility;

std::string mail_subject(mail::Kind kind, const cases::Case& report) {
  const std::string number = cases::format_number(report.number);
  switch (kind) {
    case mail::Kind::case_opened:
      return base::format(base::Locale::ru, msg::mail_subject_case_opened, number, report.subject);
    case mail::Kind::comment_added:
      return base::format(base::Locale::ru, msg::mail_subject_comment_added, number, report.subject);
    case mail::Kind::solution_proposed:
      return base::format(base::Locale::ru, msg::mail_subject_solution_proposed, number);
    default:
      return base::format(base::Locale::ru, msg::mail_subject_case_closed, number, report.subject);
  }
}

}  // namespace

void Acts::at(base::Instant instant) {
  at_ = std::max(at_, instant);
  order_ = 0;
}

// Things that happen together keep their order by their ids.
base::Instant Acts::next_moment() {
  return at_ + base::milliseconds(order_++);
}

void Acts::open(const std::string& subject, const std::string& description, cases::Impact impact) {
  cases::Case& report = story_.report;
  const Member& author = outline_.origin == cases::Origin::phone ? agent() : contact();
  report.id = make_id_at<base::CaseId>(next_moment());
  report.account_id = outline_.cast.company->id;
  report.number = outline_.number;
  report.contact_id = contact().id;
  report.author_id = author.id;
  report.product_id = outline_.cast.product;
  report.country = outline_.cast.company->country;
  report.subject = base::single_line(subject);
  report.subject_key = base::sort_key(report.subject);
  report.description = base::plain_lines(description);
  report.origin = outline_.origin;
  report.impact = impact;
  report.priority = cases::priority_of(impact);
  report.opened_at = report.updated_at = at_;
  story_.contact_key = contact().name_key;
  story_.contact_name = contact().name;
  record(EventKind::opened, author.id, {}, {}, {});
  follow(contact());
  if (outline_.with_post && contact().active) send(mail::Kind::case_opened, contact(), {});
}

void Acts::assign() {
  const std::string before = base::to_string(report().assignee_id);
  story_.report.assignee_id = agent().id;
  story_.report.status = Status::in_progress;
  touch();
  record(EventKind::assigned, agent().id, "assignee_id", before, base::to_string(agent().id));
  follow(agent());
}

void Acts::agent_says(const std::string& words) {
  const cases::Comment comment = say(agent(), words, Visibility::everyone);
  touch();
  tell_of(comment, agent());
}

void Acts::note(const std::string& words) {
  say(agent(), words, Visibility::internal);
  touch();
}

void Acts::ask(const std::string& words) {
  agent_says(words);
  move(Status::waiting, EventKind::status, agent());
}

void Acts::customer_says(const std::string& words, const std::optional<FileHint>& file) {
  const cases::Comment comment = say(contact(), words, Visibility::everyone);
  if (file) put_file(comment.id, contact(), *file);
  if (report().status == Status::solved) {
    move(Status::reopened, EventKind::reopened, contact());
  } else if (report().status == Status::waiting) {
    move(Status::in_progress, EventKind::status, contact());
  } else {
    touch();
  }
  tell_of(comment, contact());
}

void Acts::solve(const std::string& solution) {
  story_.report.solution = base::plain_lines(solution);
  story_.report.solved_at = at_;
  move(Status::solved, EventKind::solved, agent());
  tell_followers(agent(), notifications::Kind::solved, mail::Kind::solution_proposed, report().solution, {});
}

void Acts::close() {
  story_.report.closed_at = at_;
  move(Status::closed, EventKind::closed, agent());
  tell_followers(agent(), notifications::Kind::closed, mail::Kind::case_closed, {}, {});
}

void Acts::add_file(const Member& author, const FileHint& hint, Moment moment) {
  if (!outline_.with_files) return;
  put_file({}, author, hint);
  if (moment == Moment::opening) return;
  record(EventKind::attached, author.id, {}, {}, story_.files.back().row.name);
  touch();
}

void Acts::follow(const Member& member) {
  const bool already =
      std::ranges::any_of(following_, [&](const Following& f) { return f.member->id == member.id; });
  if (!already) following_.push_back({.member = &member, .since = at_});
}

Story Acts::finish() && {
  for (const Following& following : following_) {
    story_.followers.push_back({.person = following.member->id, .since = following.since});
  }
  mark_read();
  return std::move(story_);
}

void Acts::touch() {
  story_.report.updated_at = at_;
  ++story_.report.version;
}

void Acts::move(Status to, EventKind kind, const Member& actor) {
  touch();
  record(kind, actor.id, "status", std::to_string(static_cast<int>(report().status)),
         std::to_string(static_cast<int>(to)));
  story_.report.status = to;
}

void Acts::record(EventKind kind, base::PersonId actor, std::string field, std::string before,
                  std::string after) {
  story_.events.push_back({.id = make_id_at<base::EventId>(next_moment()),
                           .account_id = report().account_id,
                           .case_id = report().id,
                           .actor_id = actor,
                           .kind = kind,
                           .visibility = Visibility::everyone,
                           .field = std::move(field),
                           .before = std::move(before),
                           .after = std::move(after),
                           .created_at = at_});
}

cases::Comment Acts::say(const Member& author, const std::string& words, Visibility visibility) {
  const bool by_mail = author.id == contact().id && outline_.origin == cases::Origin::email;
  story_.comments.push_back({.id = make_id_at<base::CommentId>(next_moment()),
                             .account_id = report().account_id,
                             .case_id = report().id,
                             .author_id = author.id,
                             .visibility = visibility,
                             .origin = by_mail ? cases::Origin::email : cases::Origin::web,
                             .body = base::plain_lines(words),
                             .created_at = at_});
  return story_.comments.back();
}

void Acts::put_file(base::CommentId comment, const Member& author, const FileHint& hint) {
  if (!outline_.with_files) return;
  attachments::Attachment row;
  row.id = make_id_at<base::AttachmentId>(next_moment());
  row.account_id = report().account_id;
  row.case_id = report().id;
  row.comment_id = comment;
  row.author_id = author.id;
  row.name = hint.name + "." + hint.kind;
  row.created_at = at_;
  story_.files.push_back({.row = std::move(row), .hint = hint});
}

void Acts::tell_of(const cases::Comment& comment, const Member& author) {
  if (!outline_.with_post) return;
  tell_followers(author, notifications::Kind::comment, mail::Kind::comment_added,
                 std::string(base::prefix(comment.body, 200)), {{"comment", base::to_string(comment.id)}});
}

void Acts::tell_followers(const Member& actor, notifications::Kind kind, mail::Kind mail,
                          const std::string& detail, const mail::Fields& fields) {
  if (!outline_.with_post) return;
  for (const Following& following : following_) {
    const Member& member = *following.member;
    if (member.id == actor.id || !member.active) continue;
    send(mail, member, fields);
    story_.notifications.push_back({.id = make_id_at<base::NotificationId>(next_moment()),
                                    .person_id = member.id,
                                    .account_id = report().account_id,
                                    .case_id = report().id,
                                    .actor_id = actor.id,
                                    .kind = kind,
                                    .detail = detail,
                                    .read_at = {},
                                    .created_at = at_});
  }
}

void Acts::send(mail::Kind kind, const Member& to, const mail::Fields& fields) {
  mail::Mail row;
  row.id = make_id_at<base::MailId>(next_moment());
  row.account_id = report().account_id;
  row.case_id = report().id;
  row.person_id = to.id;
  row.kind = kind;
  row.to_name = to.name;
  row.to_address = to.email;
  row.subject = base::single_line(mail_subject(kind, report()));
  row.fields_json = mail::encode_fields(fields);
  row.message_id = mail::make_message_id({.case_id = row.case_id, .mail_id = row.id});
  row.state = mail::State::sent;
  row.attempts = 1;
  row.created_at = at_;
  row.sent_at = row.due_at = at_ + base::seconds(dice_.between(1, 4));
  row.answer = "250 2.0.0 Ok";
  story_.mails.push_back(std::move(row));
}

// People have read what came before their own latest words, and what is old.
void Acts::mark_read() {
  for (notifications::Notification& told : story_.notifications) {
    const bool staff = told.person_id == agent().id;
    const base::Duration patience = staff ? base::hours(20) : base::days(5);
    for (const cases::Comment& comment : story_.comments) {
      const bool later = comment.author_id == told.person_id && comment.created_at > told.created_at;
      if (later && !told.read_at) told.read_at = comment.created_at - base::seconds(1);
    }
    if (!told.read_at && told.created_at + patience < outline_.now) {
      told.read_at = told.created_at + base::minutes(dice_.between(4, 900));
    }
  }
}

std::int64_t past_id(base::Instant at) {
  constexpr std::int64_t first = std::int64_t{base::last_node + 1} << 12;
  static std::atomic<std::uint32_t> sequence{0};
  return base::id_at(at) | first | (sequence.fetch_add(1, std::memory_order_relaxed) & (first - 1));
}

}  // namespace demo
