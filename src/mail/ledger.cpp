#include "mail/ledger.hpp"

#include <algorithm>
#include <limits>

#include "base/text.hpp"
#include "mail/queries.hpp"

namespace mail {
namespace {

constexpr base::Duration first_delay = base::minutes(1);
constexpr base::Duration longest_delay = base::hours(4);
constexpr std::size_t longest_answer = 1000;  // characters
constexpr std::int64_t resent_at_once = 1000;

// How long the secrets that `people` and `surveys` make are good for.
constexpr base::Duration welcome_lifetime = base::days(7);
constexpr base::Duration temporary_password_lifetime = base::minutes(60);
constexpr base::Duration survey_lifetime = base::days(14);

base::Duration lifetime_of(Kind kind) {
  if (kind == Kind::temporary_password) return temporary_password_lifetime;
  return kind == Kind::survey ? survey_lifetime : welcome_lifetime;
}

void note(storage::Transaction& tx, const Mail& mail, State state, base::Instant due, std::string_view answer,
          const std::string& fields) {
  const std::string words(base::prefix(base::valid_utf8(answer) ? answer : "?", longest_answer));
  const base::Instant sent_at = state == State::sent ? due : base::Instant{};
  tx.run(sql::note, mail.id, mail.attempts, state, due, sent_at, words, fields);
}

std::int64_t count(storage::Transaction& tx, State state) {
  return tx.one<std::int64_t>(sql::count, state, most_counted + 1).value_or(0);
}

}  // namespace

base::Duration retry_delay(std::int64_t attempts) {
  const std::int64_t doublings = std::clamp<std::int64_t>(attempts - 1, 0, 16);
  return std::min(base::Duration{first_delay.microseconds << doublings}, longest_delay);
}

bool holds_secret(Kind kind) {
  return kind == Kind::welcome || kind == Kind::temporary_password || kind == Kind::survey;
}

bool has_expired(const Mail& mail, base::Instant now) {
  return holds_secret(mail.kind) && mail.created_at + lifetime_of(mail.kind) <= now;
}

std::vector<Mail> take_due(storage::Transaction& tx, std::size_t limit) {
  const base::Instant now = base::now();
  auto mails = tx.all<Mail>(sql::take_due, now, limit, now + lease);
  std::ranges::sort(mails, {}, &Mail::id);
  return mails;
}

void end_leases(storage::Transaction& tx) {
  tx.run(sql::end_leases, base::now());
}

std::optional<base::Instant> next_due(storage::Transaction& tx) {
  return tx.one<std::optional<base::Instant>>(sql::next_due).value_or(std::nullopt);
}

void note_sent(storage::Transaction& tx, const Mail& mail, std::string_view answer) {
  note(tx, mail, State::sent, base::now(), answer,
       holds_secret(mail.kind) ? std::string{} : mail.fields_json);
}

void note_failed(storage::Transaction& tx, const Mail& mail, std::string_view answer) {
  const base::Instant now = base::now();
  note(tx, mail, State::failed, now, answer, has_expired(mail, now) ? std::string{} : mail.fields_json);
}

void note_deferred(storage::Transaction& tx, const Mail& mail, std::string_view answer) {
  if (mail.attempts >= most_attempts) return note_failed(tx, mail, answer);
  note(tx, mail, State::waiting, base::now() + retry_delay(mail.attempts), answer, mail.fields_json);
}

void give_back(storage::Transaction& tx, const Mail& mail) {
  tx.run(sql::give_back, mail.id, mail.attempts, base::now());
}

base::Result<void> resend(storage::Transaction& tx, base::MailId id) {
  if (!find(tx, id)) return base::fail(base::ErrorKind::not_found);
  if (tx.run(sql::resend, id, base::now()) == 0) return base::fail(base::ErrorKind::conflict);
  tx.signal(storage::Signal::mail);
  return {};
}

std::int64_t resend_failed(storage::Database& database) {
  const base::Instant begun = base::now();  // those that fail anew are left alone
  std::int64_t total = 0;
  while (true) {
    const std::int64_t part = database.write([&](storage::Transaction& tx) {
      const std::int64_t changed = tx.run(sql::resend_failed, begun, resent_at_once);
      if (changed > 0) tx.signal(storage::Signal::mail);
      return changed;
    });
    total += part;
    if (part < resent_at_once) return total;
  }
}

void wipe_expired(storage::Transaction& tx) {
  const base::Instant now = base::now();
  for (const Kind kind : {Kind::welcome, Kind::temporary_password, Kind::survey})
    tx.run(sql::wipe_expired, kind, now - lifetime_of(kind));
}

std::optional<Mail> find(storage::Transaction& tx, base::MailId id) {
  return tx.one<Mail>(sql::mail_by_id, id);
}

std::vector<Mail> of_case(storage::Transaction& tx, base::CaseId id, int limit) {
  if (!id) return {};
  return tx.all<Mail>(sql::of_case, id, limit);
}

std::vector<Mail> page(storage::Transaction& tx, Tab tab, const std::optional<Key>& after, int limit) {
  if (tab == Tab::waiting) {
    const Key from = after.value_or(Key{});
    std::vector<Mail> mails;
    if (!after) mails = tx.all<Mail>(sql::waiting, State::sending, 0, 0, limit);
    std::ranges::move(tx.all<Mail>(sql::waiting, State::waiting, from.at, from.id, limit),
                      std::back_inserter(mails));
    return mails;
  }
  constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
  const Key from = after.value_or(Key{.at = {last}, .id = {last}});
  return tx.all<Mail>(sql::done, tab == Tab::sent ? State::sent : State::failed, from.at, from.id, limit);
}

Key key_of(const Mail& mail) {
  return {.at = mail.due_at, .id = mail.id};
}

Counts counts(storage::Transaction& tx) {
  return {.waiting = count(tx, State::waiting) + count(tx, State::sending),
          .sent = count(tx, State::sent),
          .failed = count(tx, State::failed)};
}

}  // namespace mail
