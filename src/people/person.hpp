// Somebody who reports, answers or administers.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>

#include "base/ids.hpp"
#include "base/messages.hpp"
#include "base/time.hpp"
#include "storage/fields.hpp"

namespace people {

enum class Role : std::uint8_t { customer = 0, manager = 1, agent = 2, administrator = 3 };
enum class State : std::uint8_t { contact = 0, active = 1, deactivated = 2 };

struct Person {
  base::PersonId id;
  base::AccountId account_id;
  Role role = Role::customer;
  State state = State::active;
  std::string name;
  std::string name_key;
  std::string email;
  std::string email_key;
  std::string phone;
  std::string country = "RU";  // ISO 3166-1 alpha-2
  base::Locale locale = base::Locale::ru;
  std::string time_zone = "Europe/Moscow";  // IANA name
  bool shortcuts = true;                    // single-letter keys
  std::uint8_t pinned_view = 0;             // cases::View
  std::string password_hash;                // argon2id; empty: cannot sign in by password
  bool must_change_password = false;
  std::int64_t unread_notifications = 0;
  base::Instant created_at;
  std::int64_t version = 1;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Person::id),
                      field("account_id", &Person::account_id),
                      field("role", &Person::role),
                      field("state", &Person::state),
                      field("name", &Person::name),
                      field("name_key", &Person::name_key),
                      field("email", &Person::email),
                      field("email_key", &Person::email_key),
                      field("phone", &Person::phone),
                      field("country", &Person::country),
                      field("locale", &Person::locale),
                      field("time_zone", &Person::time_zone),
                      field("shortcuts", &Person::shortcuts),
                      field("pinned_view", &Person::pinned_view),
                      field("password_hash", &Person::password_hash),
                      field("must_change_password", &Person::must_change_password),
                      field("unread_notifications", &Person::unread_notifications),
                      field("created_at", &Person::created_at),
                      field("version", &Person::version)};
  }
};

[[nodiscard]] constexpr bool is_staff(Role role) {
  return role >= Role::agent;
}

}  // namespace people
