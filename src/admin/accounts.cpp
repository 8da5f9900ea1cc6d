#include "admin/accounts.hpp"

#include <boost/algorithm/string/join.hpp>

#include "accounts/accounts.hpp"
#include "accounts/domains.hpp"
#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"

namespace admin {
namespace {

constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_phone = 40;

base::Result<void> check(storage::Transaction& tx, base::AccountId id, const AccountForm& form) {
  std::vector<base::FieldError> errors;
  const std::string name = base::single_line(form.name);
  if (name.empty()) {
    errors.push_back({"name", msg::admin_error_account_empty, {}});
  } else if (base::length(name) > longest_name) {
    errors.push_back({"name", msg::admin_error_name_long, {std::to_string(longest_name)}});
  } else if (const auto other = accounts::find_by_name(tx, name); other && other->id != id) {
    errors.push_back({"name", msg::admin_error_account_taken, {}});
  }
  if (base::length(base::single_line(form.phone)) > longest_phone)
    errors.push_back({"phone", msg::people_error_phone_long, {}});
  if (base::country_name(base::Locale::en, form.country) == form.country)
    errors.push_back({"country", msg::admin_error_country, {form.country}});
  if (auto domains = accounts::check_domains(tx, id, accounts::parse_domains(form.domains)); !domains)
    errors.insert(errors.end(), domains.error().fields.begin(), domains.error().fields.end());
  if (!errors.empty()) return base::fail(std::move(errors));
  return {};
}

}  // namespace

audit::Changes changes_between(const AccountForm& before, const AccountForm& after) {
  audit::Changes changes;
  audit::note(changes, "name", before.name, after.name);
  audit::note(changes, "phone", before.phone, after.phone);
  audit::note(changes, "country", before.country, after.country);
  audit::note(changes, "domains", before.domains, after.domains);
  return changes;
}

AccountForm form_of(storage::Transaction& tx, const accounts::Account& account) {
  return {.name = account.name,
          .phone = account.phone,
          .country = account.country,
          .domains = boost::join(accounts::domains_of(tx, account.id), ", ")};
}

base::Result<accounts::Account> create_account(storage::Transaction& tx, const audit::Actor& actor,
                                               const AccountForm& form) {
  if (auto checked = check(tx, {}, form); !checked) return std::unexpected(checked.error());
  accounts::Account account = accounts::create(
      tx, {.name = form.name, .phone = base::single_line(form.phone), .country = form.country});
  accounts::set_domains(tx, account.id, accounts::parse_domains(form.domains));
  audit::record(tx, actor, audit::Act::account_created, {.id = account.id.value, .name = account.name},
                changes_between({.country = {}}, form_of(tx, account)));
  return account;
}

base::Result<void> change_account(storage::Transaction& tx, const audit::Actor& actor, base::AccountId id,
                                  std::int64_t version, const AccountForm& form) {
  const auto account = accounts::find(tx, id);
  if (!account) return base::fail(base::ErrorKind::not_found);
  if (account->version != version) return base::fail(base::ErrorKind::conflict);
  if (auto checked = check(tx, id, form); !checked) return checked;
  const AccountForm before = form_of(tx, *account);
  if (!accounts::update(tx, id, version, {.name = form.name, .phone = form.phone, .country = form.country}))
    return base::fail(base::ErrorKind::conflict);
  accounts::set_domains(tx, id, accounts::parse_domains(form.domains));
  const auto changed = accounts::find(tx, id).value();
  if (const auto changes = changes_between(before, form_of(tx, changed)); !changes.empty())
    audit::record(tx, actor, audit::Act::account_changed, {.id = id.value, .name = changed.name}, changes);
  return {};
}

}  // namespace admin
