// Letting somebody in by name and password.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "people/person.hpp"
#include "storage/database.hpp"

namespace sessions {

struct Credentials {
  std::string name;  // the e-mail address
  std::string password;
  std::string client;
  std::string browser;
};

struct Entered {
  std::string token;  // for the cookie
  people::Person person;
};

// Accepts the password or the temporary one; the latter is used up and a new password must be chosen then.
// `forbidden` for a wrong pair, the same and after the same time for unknown names; `too_many` after
// `most_failures` from one address for one name within `failure_window`. Others may go on signing in as that
// name from elsewhere, so nobody can lock the owner out. Hashes outside of units of work; call on a worker.
base::Result<Entered> sign_in(storage::Database& database, const Credentials& credentials);

inline constexpr int most_failures = 10;
inline constexpr int most_failures_of_client = 100;
inline constexpr base::Duration failure_window = base::minutes(15);

}  // namespace sessions
