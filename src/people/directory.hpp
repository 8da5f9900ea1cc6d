// Everybody, in the order of names: for those who administer or let others in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "people/person.hpp"
#include "storage/transaction.hpp"

namespace people {

struct Key {
  std::string name_key;
  base::PersonId id;
};

// A page of those who are found by each of the first three words of `search` in their name or address, or by
// its digits in their phone number; after the key.
[[nodiscard]] std::vector<Person> page(storage::Transaction& tx, std::string_view search, const Key& after,
                                       int limit);

// Who may decide over requests, of those who can sign in: the agents, and the managers of an organisation.
[[nodiscard]] std::vector<base::PersonId> staff(storage::Transaction& tx);
[[nodiscard]] std::vector<base::PersonId> managers_of(storage::Transaction& tx, base::AccountId account);

}  // namespace people
