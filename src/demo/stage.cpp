#include "demo/stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "accounts/account.hpp"
#include "accounts/domains.hpp"
#include "base/text.hpp"
#include "demo/queries.hpp"

namespace demo {
namespace {

// Endings of surnames tell; other names are taken for a man's.
Gender gender_of(std::string_view name) {
  const bool she = name.ends_with("а") || name.ends_with("я");
  return she ? Gender::female : Gender::male;
}

Member as_member(const people::Person& person) {
  return {.id = person.id,
          .name = person.name,
          .name_key = person.name_key,
          .email = person.email,
          .gender = gender_of(person.name),
          .role = person.role,
          .active = person.state == people::State::active};
}

accounts::Account write_account(storage::Transaction& tx, accounts::Account account, base::Instant since) {
  account.id = make_id_at<base::AccountId>(since);
  account.name_key = base::sort_key(account.name);
  account.created_at = since;
  tx.insert(sql::insert_account, account);
  return account;
}

Member write_person(storage::Transaction& tx, people::Person person, base::Instant since) {
  person.id = make_id_at<base::PersonId>(since);
  person.name_key = base::sort_key(person.name);
  person.email_key = base::mail_key(person.email);
  person.created_at = since;
  tx.insert(sql::insert_person, person);
  return as_member(person);
}

// The company's own, not those of the people whose passwords the demo tells.
std::vector<std::string> domains_of(const OrganisationEntry& entry) {
  std::string domains;
  for (const PersonEntry& member : entry.people) {
    const std::string_view domain = member.email.substr(member.email.find('@') + 1);
    if (domain.ends_with(".example")) domains.append(domain).append(" ");
  }
  return accounts::parse_domains(domains);
}

std::string company_name(std::int64_t number, Dice& dice) {
  constexpr std::array<std::string_view, 8> kinds{
      "ООО «Автосервис",      "ООО «Кузовной центр",    "АО «Страховая компания",
      "ООО «Бюро экспертизы", "ООО «Дилерский центр",   "ООО «Автопарк",
      "АО «Лизинг",           "ООО «Независимая оценка"};
  constexpr std::array<std::string_view, 16> words{
      "Берег", "Вершина", "Горизонт", "Заря",  "Исток", "Контур",   "Лидер",   "Маяк",
      "Опора", "Полюс",   "Ритм",     "Сфера", "Тракт", "Фарватер", "Штурвал", "Эталон"};
  return fmt::format("{} {}-{}»", dice.of(kinds), dice.of(words), number);
}

}  // namespace

std::vector<products::Product> set_products(storage::Transaction& tx) {
  auto found = products::all(tx);
  if (!found.empty()) return found;
  std::int64_t position = 0;
  for (const ProductEntry& entry : product_entries()) {
    (void)products::create(
        tx, {.name = std::string(entry.name), .kind = std::string(entry.kind), .position = ++position});
  }
  return products::all(tx);
}

Company set_company(storage::Transaction& tx, const OrganisationEntry& entry, base::Instant since,
                    const std::string& password_hash) {
  accounts::Account row;
  row.name = entry.name;
  row.phone = entry.phone;
  row.country = entry.country;
  const bool vendor = entry.people.front().role >= people::Role::agent;
  row.kind = vendor ? accounts::Kind::vendor : accounts::Kind::customer;
  const accounts::Account account = write_account(tx, row, since);

  Company company{.id = account.id,
                  .name = account.name,
                  .country = account.country,
                  .city = std::string(entry.city),
                  .members = {}};
  for (const PersonEntry& member : entry.people) {
    people::Person person;
    person.account_id = account.id;
    person.role = member.role;
    person.state = member.state;
    person.name = member.name;
    person.email = member.email;
    person.phone = member.phone;
    person.country = entry.country;
    person.time_zone = member.time_zone;
    if (member.state == people::State::active) person.password_hash = password_hash;
    company.members.push_back(write_person(tx, person, since + base::hours(1)));
    company.members.back().gender = member.gender;
  }
  accounts::set_domains(tx, company.id, domains_of(entry));
  return company;
}

std::vector<Member> set_agents(storage::Transaction& tx, base::Instant since,
                               const std::string& password_hash) {
  std::vector<Member> agents;
  for (const people::Person& person : tx.all<people::Person>(sql::staff)) {
    if (person.role == people::Role::agent) agents.push_back(as_member(person));
  }
  if (!agents.empty()) return agents;
  Company support = set_company(tx, organisation_entries().front(), since, password_hash);
  std::erase_if(support.members, [](const Member& member) { return member.role != people::Role::agent; });
  return std::move(support.members);
}

Company invent_company(storage::Transaction& tx, const InventedCompany& form, Dice& dice) {
  accounts::Account row;
  row.name = form.name.empty() ? company_name(form.number, dice) : form.name;
  row.phone = fmt::format("+7 495 000-{:02}-{:02}", form.number / 100 % 100, form.number % 100);
  const accounts::Account account = write_account(tx, row, form.since);
  Company company{
      .id = account.id, .name = account.name, .country = account.country, .city = "Москва", .members = {}};
  for (std::int64_t i = 0; i < form.people; ++i) {
    const Gender gender = dice.chance(0.5) ? Gender::male : Gender::female;
    const Names names = names_of(gender);
    const bool first = i == 0 && !form.first_email.empty();
    people::Person person;
    person.account_id = account.id;
    person.role = i == 0 ? people::Role::manager : people::Role::customer;
    person.name = fmt::format("{} {}", dice.of(names.first), dice.of(names.last));
    person.email = first ? form.first_email : fmt::format("person{}@company{}.example", i + 1, form.number);
    person.phone = fmt::format("+7 900 000-{:02}-{:02}", form.number % 100, i % 100);
    if (first) person.password_hash = form.password_hash;
    company.members.push_back(write_person(tx, person, form.since + base::hours(1)));
    company.members.back().gender = gender;
  }
  return company;
}

const products::Product& product_for(const Scenario& scenario, const std::vector<products::Product>& products,
                                     Dice& dice) {
  const std::string& wanted = dice.of(scenario.products);
  const auto found = std::ranges::find(products, wanted, &products::Product::name);
  return found != products.end() ? *found : dice.of(products);
}

}  // namespace demo
