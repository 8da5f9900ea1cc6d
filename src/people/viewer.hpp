// Who is asking. Every domain call that shows or changes something takes one, and puts its account into the
// query.
#pragma once

#include "base/ids.hpp"
#include "people/person.hpp"

namespace people {

struct Viewer {
  base::PersonId id;
  base::AccountId account_id;
  Role role = Role::customer;

  [[nodiscard]] bool staff() const { return is_staff(role); }
};

[[nodiscard]] inline Viewer as_viewer(const Person& person) {
  return {.id = person.id, .account_id = person.account_id, .role = person.role};
}

}  // namespace people
