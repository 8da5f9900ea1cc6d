#include "sessions/sessions.hpp"

#include "base/random.hpp"
#include "base/text.hpp"
#include "sessions/queries.hpp"

namespace sessions {
namespace {

std::optional<SignedIn> load(storage::Transaction& tx, std::string_view token) {
  auto session = tx.one<Session>(sql::session_by_digest, base::digest(token));
  if (!session) return std::nullopt;

  SignedIn found{.session = std::move(*session), .person = {}, .account = {}};
  bool known = false;
  const std::array values{storage::Column<base::PersonId>::bind(found.session.person_id)};
  tx.select(sql::person_of_session, values, [&](const storage::Row& row) {
    found.person = storage::read_row<people::Person>(row);
    found.account = std::string(row.text(static_cast<int>(storage::field_count<people::Person>)));
    known = true;
    return false;
  });
  if (!known || found.person.state != people::State::active) return std::nullopt;
  return found;
}

}  // namespace

std::string start(storage::Transaction& tx, base::PersonId person, std::string_view client,
                  std::string_view browser) {
  std::string token = base::random_token();
  const base::Instant now = base::now();
  tx.insert(sql::insert_session, Session{.digest = base::digest(token),
                                         .person_id = person,
                                         .csrf = base::random_token(18),
                                         .created_at = now,
                                         .seen_at = now,
                                         .expires_at = now + lifetime,
                                         .client = std::string(client),
                                         .browser = base::single_line(base::prefix(browser, 200))});
  return token;
}

std::optional<SignedIn> find(storage::Transaction& tx, std::string_view token) {
  auto found = load(tx, token);
  if (!found || found->session.expires_at <= base::now()) return std::nullopt;
  return found;
}

std::optional<SignedIn> find_ended(storage::Transaction& tx, std::string_view token) {
  auto found = load(tx, token);
  if (found) found->expired = found->session.expires_at <= base::now();
  return found;
}

bool needs_touch(const Session& session) {
  return base::now() - session.seen_at > touch_interval;
}

void touch(storage::Transaction& tx, const Session& session) {
  const base::Instant now = base::now();
  tx.run(sql::touch_session, session.digest, now, now + lifetime);
}

void end(storage::Transaction& tx, std::string_view digest) {
  tx.run(sql::delete_session, digest);
}

void end_others(storage::Transaction& tx, base::PersonId person, std::string_view kept_digest) {
  tx.run(sql::delete_other_sessions, person, kept_digest);
}

std::vector<Session> of_person(storage::Transaction& tx, base::PersonId person) {
  return tx.all<Session>(sql::sessions_of_person, person, base::now());
}

void forget_ended(storage::Transaction& tx) {
  tx.run(sql::delete_ended_sessions, base::now() - kept_after_end);
  tx.run(sql::forget_failures, base::now() - base::days(1));
}

}  // namespace sessions
