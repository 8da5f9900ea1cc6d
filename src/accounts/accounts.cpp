#include "accounts/accounts.hpp"

#include "accounts/queries.hpp"
#include "base/text.hpp"

namespace accounts {

Account create(storage::Transaction& tx, const NewAccount& form) {
  Account account;
  account.id = base::make_id<base::AccountId>();
  account.kind = form.kind;
  account.name = base::single_line(form.name);
  account.name_key = base::sort_key(account.name);
  account.phone = form.phone;
  account.country = form.country;
  account.created_at = base::now();
  tx.insert(sql::insert_account, account);
  return account;
}

std::optional<Account> find(storage::Transaction& tx, base::AccountId id) {
  return tx.one<Account>(sql::account_by_id, id);
}

std::optional<Account> find_by_name(storage::Transaction& tx, std::string_view name) {
  return tx.one<Account>(sql::account_by_name, base::sort_key(base::single_line(name)));
}

}  // namespace accounts
