#include "accounts/accounts.hpp"

#include "accounts/queries.hpp"
#include "base/text.hpp"
#include "storage/like.hpp"

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

bool update(storage::Transaction& tx, base::AccountId id, std::int64_t version, const Edit& edit) {
  const std::string name = base::single_line(edit.name);
  return tx.run(sql::update_account, id, version, name, base::sort_key(name), base::single_line(edit.phone),
                edit.country) == 1;
}

std::vector<Account> page(storage::Transaction& tx, std::string_view search, const Key& after, int limit) {
  return tx.all<Account>(sql::accounts_after, after.name_key, after.id,
                         storage::containing(base::fold(search)), limit);
}

std::int64_t people_of(storage::Transaction& tx, base::AccountId id) {
  return tx.one<std::int64_t>(sql::count_people, id).value_or(0);
}

}  // namespace accounts
