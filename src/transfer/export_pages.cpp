#include <boost/algorithm/string/join.hpp>
#include <map>

#include "accounts/accounts.hpp"
#include "accounts/domains.hpp"
#include "admin/people.hpp"
#include "people/directory.hpp"
#include "transfer/line.hpp"
#include "transfer/pages.hpp"
#include "web/csv_file.hpp"

namespace transfer::pages {
namespace {

constexpr int batch_size = 1000;  // rows of a unit

void write_header(web::CsvFile& file, What what) {
  file.row(columns_of(what));
}

}  // namespace

web::Response download_people(web::Context& ctx) {
  web::CsvFile file(ctx.environment.data_directory);
  write_header(file, What::people);
  people::Key after{};
  for (;;) {
    std::map<base::AccountId, std::string> names;
    const auto batch = ctx.read([&](storage::Transaction& tx) {
      auto found = people::page(tx, {}, after, batch_size);
      for (const people::Person& person : found) {
        if (names.contains(person.account_id)) continue;
        const auto account = accounts::find(tx, person.account_id);
        names.emplace(person.account_id, account ? account->name : std::string{});
      }
      return found;
    });
    for (const people::Person& person : batch) {
      file.row({person.email, person.name, names.at(person.account_id), person.phone,
                admin::name_of(person.role), base::locale_code(person.locale)});
    }
    if (batch.size() < batch_size) return file.finish("people.csv");
    after = {.name_key = batch.back().name_key, .id = batch.back().id};
  }
}

web::Response download_accounts(web::Context& ctx) {
  web::CsvFile file(ctx.environment.data_directory);
  write_header(file, What::accounts);
  accounts::Key after{};
  for (;;) {
    std::map<base::AccountId, std::string> domains;
    const auto batch = ctx.read([&](storage::Transaction& tx) {
      auto found = accounts::page(tx, {}, after, batch_size);
      for (const accounts::Account& account : found)
        domains[account.id] = boost::join(accounts::domains_of(tx, account.id), ", ");
      return found;
    });
    for (const accounts::Account& account : batch)
      file.row({account.name, domains.at(account.id), account.phone, account.country});
    if (batch.size() < batch_size) return file.finish("organisations.csv");
    after = {.name_key = batch.back().name_key, .id = batch.back().id};
  }
}

}  // namespace transfer::pages
