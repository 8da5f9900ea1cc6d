// Organisations: making and finding them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

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

}  // namespace accounts
