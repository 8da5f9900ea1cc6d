// Signed-in browsers. The cookie holds a random token, the database its digest.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "people/person.hpp"
#include "storage/fields.hpp"
#include "storage/transaction.hpp"

namespace sessions {

inline constexpr base::Duration lifetime = base::days(30);  // after the last visit
inline constexpr base::Duration kept_after_end =
    base::days(7);  // so that a form sent too late finds its owner
inline constexpr base::Duration touch_interval = base::minutes(10);

struct Session {
  std::string digest;
  base::PersonId person_id;
  std::string csrf;  // what each form of this session must carry
  base::Instant created_at;
  base::Instant seen_at;
  base::Instant expires_at;
  std::string client;   // IP address
  std::string browser;  // User-Agent, shortened

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("digest", &Session::digest),   field("person_id", &Session::person_id),
                      field("csrf", &Session::csrf),       field("created_at", &Session::created_at),
                      field("seen_at", &Session::seen_at), field("expires_at", &Session::expires_at),
                      field("client", &Session::client),   field("browser", &Session::browser)};
  }
};

struct SignedIn {
  Session session;
  people::Person person;
  std::string account;   // the organisation's name
  bool expired = false;  // only ever true from `find_ended`
};

// Starts a session and gives the token for the cookie.
std::string start(storage::Transaction& tx, base::PersonId person, std::string_view client,
                  std::string_view browser);

// The session of a cookie, if it lives and its person may sign in.
[[nodiscard]] std::optional<SignedIn> find(storage::Transaction& tx, std::string_view token);

// Also one that has expired not long ago: for keeping what its owner was typing, and nothing else.
[[nodiscard]] std::optional<SignedIn> find_ended(storage::Transaction& tx, std::string_view token);

[[nodiscard]] bool needs_touch(const Session& session);
// Moves the end of the session away.
void touch(storage::Transaction& tx, const Session& session);

void end(storage::Transaction& tx, std::string_view digest);
void end_others(storage::Transaction& tx, base::PersonId person, std::string_view kept_digest);
[[nodiscard]] std::vector<Session> of_person(storage::Transaction& tx, base::PersonId person);

// Forgets sessions that ended long ago. For the schedule.
void forget_ended(storage::Transaction& tx);

}  // namespace sessions
