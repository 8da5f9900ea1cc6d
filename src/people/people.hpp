// People, their passwords and the one-time secrets that let them in.
//
// Passwords lie as argon2id hashes. Hashing takes 20 to 30 ms and is done outside of units of work:
// `hash_password` and `password_matches` run on whoever calls, a few at a time in the whole process.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "people/person.hpp"
#include "storage/transaction.hpp"

namespace people {

struct NewPerson {
  base::AccountId account_id;
  Role role = Role::customer;
  State state = State::active;
  std::string name;
  std::string email;
  std::string phone;
  std::string country = "RU";
  base::Locale locale = base::Locale::ru;
  std::string password_hash;
};

// Fails on `name` and `email`: empty, malformed, or an address somebody has already.
base::Result<Person> create(storage::Transaction& tx, const NewPerson& person);

[[nodiscard]] std::optional<Person> find(storage::Transaction& tx, base::PersonId id);
// Active agents and administrators, by name.
[[nodiscard]] std::vector<Person> agents(storage::Transaction& tx);
[[nodiscard]] std::optional<Person> find_by_email(storage::Transaction& tx, std::string_view email);
[[nodiscard]] std::string name_of(storage::Transaction& tx, base::PersonId id);

inline constexpr std::size_t shortest_password = 10;   // characters
inline constexpr std::size_t longest_password = 1024;  // bytes

// Fails on `password` when it is too short, too long, or is (part of) the name or address.
base::Result<void> check_new_password(const Person& person, std::string_view password);
[[nodiscard]] std::string hash_password(std::string_view password);
// False for an empty hash, after the same time as for a wrong password.
[[nodiscard]] bool password_matches(const std::string& hash, std::string_view password);

// A new password ends `must_change_password`, every one-time secret of the person, and their other sessions
// (which the caller ends).
void set_password(storage::Transaction& tx, const Person& person, const std::string& hash);

// A link for the first password, valid 7 days, once. Earlier links of the person end. Gives the secret.
std::string make_welcome_secret(storage::Transaction& tx, base::PersonId id);
// Opening a link changes nothing: the same secret is found until `set_password` ends it.
[[nodiscard]] base::Result<Person> find_by_welcome_secret(storage::Transaction& tx, std::string_view secret);

// A temporary password, valid 60 minutes, once; the old password works until it is used.
void set_temporary_password(storage::Transaction& tx, base::PersonId id, const std::string& hash);
[[nodiscard]] std::optional<std::string> temporary_password_hash(storage::Transaction& tx, base::PersonId id);
// True for the first caller only. The person must choose a new password from then on.
[[nodiscard]] bool use_temporary_password(storage::Transaction& tx, base::PersonId id);

// What administrators change about others.
struct Edit {
  base::AccountId account_id;
  Role role = Role::customer;
  std::string name;
  std::string email;
  std::string phone;
  base::Locale locale = base::Locale::ru;
};
// What is wrong with it, as `update` of that person or `create` (no id) would say; the organisation and the
// role are the caller's to check.
[[nodiscard]] std::vector<base::FieldError> wrong_of(storage::Transaction& tx, base::PersonId id,
                                                     const Edit& edit);
// Fails as `create` does, and with `conflict`, changing nothing, when it is no longer the version that was
// edited.
base::Result<void> update(storage::Transaction& tx, base::PersonId id, std::int64_t version,
                          const Edit& edit);

// Lets somebody in who had no access, or had lost it.
void activate(storage::Transaction& tx, base::PersonId id);
// Ends every way in but the sessions, which the caller ends.
void deactivate(storage::Transaction& tx, base::PersonId id);

// What people change about themselves.
struct Profile {
  std::string name;
  std::string phone;
  std::string country;
  base::Locale locale = base::Locale::ru;
  std::string time_zone;
  bool shortcuts = true;
};
base::Result<void> update_profile(storage::Transaction& tx, base::PersonId id, const Profile& profile);
void set_locale(storage::Transaction& tx, base::PersonId id, base::Locale locale);
void pin_view(storage::Transaction& tx, base::PersonId id, std::uint8_t view);

}  // namespace people
