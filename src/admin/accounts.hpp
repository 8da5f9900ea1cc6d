// What administrators do to organisations. Each act stands in the audit log.
#pragma once

#include <string>

#include "accounts/account.hpp"
#include "audit/audit.hpp"
#include "base/result.hpp"
#include "storage/transaction.hpp"

namespace admin {

struct AccountForm {
  std::string name;
  std::string phone;
  std::string country = "RU";
  std::string domains;  // separated by commas or spaces

  bool operator==(const AccountForm&) const = default;
};

[[nodiscard]] AccountForm form_of(storage::Transaction& tx, const accounts::Account& account);
[[nodiscard]] audit::Changes changes_between(const AccountForm& before, const AccountForm& after);

// Both fail on `name`, `phone` and `domains`; `change` with `not_found`, and with `conflict`, changing
// nothing, when it is no longer the version that was edited.
base::Result<accounts::Account> create_account(storage::Transaction& tx, const audit::Actor& actor,
                                               const AccountForm& form);
base::Result<void> change_account(storage::Transaction& tx, const audit::Actor& actor, base::AccountId id,
                                  std::int64_t version, const AccountForm& form);

}  // namespace admin
