// Mail domains of organisations. A person's address tells the organisation by them, so none belongs to two,
// and none to those that give mailboxes to anybody.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account.hpp"
#include "base/result.hpp"
#include "storage/transaction.hpp"

namespace accounts {

// «avtoexpert.ru, gruppa.avtoexpert.ru» as a list: folded, sorted, each once.
[[nodiscard]] std::vector<std::string> parse_domains(std::string_view typed);

// Fails on `domains` for what is no domain, for public mail services, and for another organisation's.
[[nodiscard]] base::Result<void> check_domains(storage::Transaction& tx, base::AccountId id,
                                               const std::vector<std::string>& domains);

// Takes the place of those it had; they must have been checked in the same unit.
void set_domains(storage::Transaction& tx, base::AccountId id, const std::vector<std::string>& domains);

[[nodiscard]] std::vector<std::string> domains_of(storage::Transaction& tx, base::AccountId id);

// The organisation whose domain the mail address ends with.
[[nodiscard]] std::optional<Account> find_by_address(storage::Transaction& tx, std::string_view address);

}  // namespace accounts
