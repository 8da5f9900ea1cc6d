// Organisations: making and finding them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account.hpp"
#include "storage/transaction.hpp"

namespace accounts {

struct NewAccount {
  std::string name;
  std::string phone;
  std::string country = "RU";
  Kind kind = Kind::customer;
};

Account create(storage::Transaction& tx, const NewAccount& account);
[[nodiscard]] std::optional<Account> find(storage::Transaction& tx, base::AccountId id);
[[nodiscard]] std::optional<Account> find_by_name(storage::Transaction& tx, std::string_view name);

struct Edit {
  std::string name;
  std::string phone;
  std::string country;
};
// False, and nothing is changed, when it is no longer the version that was edited.
[[nodiscard]] bool update(storage::Transaction& tx, base::AccountId id, std::int64_t version,
                          const Edit& edit);

// A page of the list in the order of names: those whose name or mail domain holds `search`, after the key.
struct Key {
  std::string name_key;
  base::AccountId id;
};
[[nodiscard]] std::vector<Account> page(storage::Transaction& tx, std::string_view search, const Key& after,
                                        int limit);

[[nodiscard]] std::int64_t people_of(storage::Transaction& tx, base::AccountId id);

}  // namespace accounts
