#include "sessions/sign_in.hpp"

#include "base/text.hpp"
#include "people/people.hpp"
#include "sessions/attempts.hpp"
#include "sessions/sessions.hpp"

namespace sessions {
namespace {

constexpr Limit limit_of_pair{.most = most_failures, .window = failure_window};
constexpr Limit limit_of_client{.most = most_failures_of_client, .window = failure_window};

// What failures are counted under: the pair, and the address alone.
struct Subjects {
  std::string pair;
  std::string client;
};

Subjects subjects_of(const Credentials& credentials) {
  const std::string name = base::fold(base::prefix(base::trim(credentials.name), 254));
  return {.pair = name + '|' + credentials.client, .client = '|' + credentials.client};
}

struct Known {
  std::optional<people::Person> person;
  std::optional<std::string> temporary;
  bool too_many = false;
};

Known look(storage::Transaction& tx, const Credentials& credentials, const Subjects& subjects) {
  Known known;
  known.too_many =
      is_reached(tx, subjects.pair, limit_of_pair) || is_reached(tx, subjects.client, limit_of_client);
  if (known.too_many) return known;
  known.person = people::find_by_email(tx, credentials.name);
  if (known.person && known.person->state != people::State::active) known.person.reset();
  if (known.person) known.temporary = people::temporary_password_hash(tx, known.person->id);
  return known;
}

enum class Match : std::uint8_t { none, password, temporary };

Match match(const Known& known, const std::string& password) {
  // Two hashes for a wrong pair, whether or not there is such a person and a temporary password of theirs.
  const std::string hash = known.person ? known.person->password_hash : std::string{};
  if (people::password_matches(hash, password)) return Match::password;
  if (people::password_matches(known.temporary.value_or(std::string{}), password)) return Match::temporary;
  return Match::none;
}

}  // namespace

base::Result<Entered> sign_in(storage::Database& database, const Credentials& credentials) {
  const Subjects subjects = subjects_of(credentials);
  const Known known =
      database.read([&](storage::Transaction& tx) { return look(tx, credentials, subjects); });
  if (known.too_many) return base::fail(base::ErrorKind::too_many);

  const Match matched = match(known, credentials.password);
  // The failure itself has to be committed, so it leaves the unit as a success without a token.
  Entered entered = database.write([&](storage::Transaction& tx) -> Entered {
    Match accepted = matched;
    // Access may have been taken away while the hashes were compared.
    const auto person = known.person ? people::find(tx, known.person->id) : std::nullopt;
    if (!person || person->state != people::State::active) accepted = Match::none;
    // Two who use one temporary password at the same moment: only the first gets in.
    if (accepted == Match::temporary && !people::use_temporary_password(tx, known.person->id))
      accepted = Match::none;
    if (accepted == Match::none) {
      count_attempt(tx, subjects.pair, limit_of_pair);
      count_attempt(tx, subjects.client, limit_of_client);
      return {};
    }
    forget_attempts(tx, subjects.pair);
    return {.token = start(tx, known.person->id, credentials.client, credentials.browser),
            .person = people::find(tx, known.person->id).value()};
  });
  if (entered.token.empty()) return base::fail(base::ErrorKind::forbidden);
  return entered;
}

}  // namespace sessions
