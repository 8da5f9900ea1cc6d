// What administrators do to people. Each act stands in the audit log.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "audit/audit.hpp"
#include "base/result.hpp"
#include "people/person.hpp"
#include "storage/transaction.hpp"

namespace admin {

struct PersonForm {
  std::string name;
  std::string email;
  std::string phone;
  std::string account;  // its name
  people::Role role = people::Role::customer;
  base::Locale locale = base::Locale::ru;

  bool operator==(const PersonForm&) const = default;
};

[[nodiscard]] PersonForm form_of(storage::Transaction& tx, const people::Person& person);
[[nodiscard]] audit::Changes changes_between(const PersonForm& before, const PersonForm& after);

// "customer", "manager", "agent", "administrator"; "contact", "active", "deactivated".
[[nodiscard]] std::string_view name_of(people::Role role);
[[nodiscard]] std::string_view name_of(people::State state);

enum class Invitation : std::uint8_t { by_mail, none };

// Fail on `name`, `email`, `phone`, `account` and `role`. Somebody made without an invitation is a contact,
// who cannot sign in.
base::Result<people::Person> create_person(storage::Transaction& tx, const audit::Actor& actor,
                                           const PersonForm& form, Invitation invitation);
// Also with `not_found`, and with `conflict`, changing nothing, when it is no longer the version that was
// edited. Whoever is moved to another organisation sees nothing of the former one from then on.
base::Result<void> change_person(storage::Transaction& tx, const audit::Actor& actor, base::PersonId id,
                                 std::int64_t version, const PersonForm& form);

// Lets somebody in and mails the link for the first password; for one who has access, a new link. Whoever was
// deactivated is to be activated first: `conflict`.
base::Result<void> invite(storage::Transaction& tx, const audit::Actor& actor, base::PersonId id);

// Ends sessions, links and temporary passwords at once. `forbidden` for oneself.
base::Result<void> deactivate(storage::Transaction& tx, const audit::Actor& actor, base::PersonId id);
// The password of before works again.
base::Result<void> activate(storage::Transaction& tx, const audit::Actor& actor, base::PersonId id);

}  // namespace admin
