#include "people/commands.hpp"

#include <algorithm>
#include <array>

#include "accounts/accounts.hpp"
#include "audit/audit.hpp"
#include "base/text.hpp"
#include "mail/mail.hpp"
#include "people/people.hpp"
#include "people/queries.hpp"

namespace people::commands {
namespace {

constexpr std::array<std::string_view, 4> role_names{"customer", "manager", "agent", "administrator"};
constexpr std::array<std::string_view, 3> state_names{"contact", "active", "deactivated"};

std::optional<Role> parse_role(std::string_view name) {
  const auto found = std::ranges::find(role_names, name);
  if (found == role_names.end()) return std::nullopt;
  return static_cast<Role>(found - role_names.begin());
}

// A line that says what to do instead, which undoes the unit.
using Outcome = std::expected<void, std::string>;

Outcome say(std::string line) {
  return std::unexpected(std::move(line));
}

// Who sits at the machine is nobody's person.
void record(storage::Transaction& tx, audit::Act act, const Person& person) {
  audit::record(tx, {.id = {}, .name = "otklik user", .client = "local"}, act,
                {.id = person.id.value, .name = person.name + " <" + person.email + ">"});
}

void mail_welcome(storage::Transaction& tx, const Person& person) {
  const std::string secret = make_welcome_secret(tx, person.id);
  mail::enqueue(tx, mail::Kind::welcome, person,
                {.account_id = person.account_id, .case_id = {}, .number = 0, .subject = {}},
                {{"secret", secret}});
}

std::expected<accounts::Account, std::string> account_of(storage::Transaction& tx, const Invite& invitation,
                                                         Role role) {
  if (const auto account = accounts::find_by_name(tx, invitation.account)) {
    const bool is_vendor = account->kind == accounts::Kind::vendor;
    if (is_staff(role) && !is_vendor) {
      return std::unexpected(
          fmt::format("{} is a customer: agents and administrators belong to the vendor's own "
                      "organisation",
                      account->name));
    }
    if (!is_staff(role) && is_vendor) {
      return std::unexpected(
          fmt::format("{} is the vendor: give --role agent or administrator", account->name));
    }
    return *account;
  }
  if (!invitation.create_account || base::single_line(invitation.account).empty()) {
    return std::unexpected(fmt::format("There is no organisation {}: check its name or add --create-account",
                                       invitation.account));
  }
  return accounts::create(tx, {.name = invitation.account,
                               .phone = {},
                               .country = "RU",
                               .kind = is_staff(role) ? accounts::Kind::vendor : accounts::Kind::customer});
}

std::string words_of(const base::Error& error) {
  std::string words;
  for (const base::FieldError& wrong : error.fields) {
    if (!words.empty()) words += ". ";
    words += base::text(base::Locale::en, wrong.message);
  }
  return words;
}

Outcome let_in(storage::Transaction& tx, const Invite& invitation, Role role, base::Locale locale) {
  if (auto known = find_by_email(tx, invitation.email)) {
    if (known->state == State::active) {
      return say(fmt::format("{} is known already: use `otklik user reset {}` to mail a new link",
                             known->email, known->email));
    }
    tx.run(sql::activate, known->id, role);
    known->state = State::active;
    mail_welcome(tx, *known);
    record(tx, audit::Act::person_activated, *known);
    return {};
  }
  const auto account = account_of(tx, invitation, role);
  if (!account) return say(account.error());
  const auto person = create(tx, {.account_id = account->id,
                                  .role = role,
                                  .state = State::active,
                                  .name = invitation.name,
                                  .email = invitation.email,
                                  .phone = invitation.phone,
                                  .country = account->country,
                                  .locale = locale,
                                  .password_hash = {}});
  if (!person) return say(words_of(person.error()));
  mail_welcome(tx, *person);
  record(tx, audit::Act::person_created, *person);
  return {};
}

int report(const Outcome& outcome, const std::string& success, std::ostream& out) {
  out << (outcome ? success : outcome.error()) << '\n';
  return outcome ? 0 : 1;
}

}  // namespace

int invite(storage::Database& database, const Invite& invitation, std::ostream& out) {
  const auto role = parse_role(invitation.role);
  if (!role) return report(say("The role is customer, manager, agent or administrator"), {}, out);
  const auto locale = base::parse_locale(invitation.language);
  if (!locale) return report(say("The language is ru or en"), {}, out);
  const Outcome outcome =
      database.write([&](storage::Transaction& tx) { return let_in(tx, invitation, *role, *locale); });
  return report(
      outcome, fmt::format("{} may come in: the link for the first password is on its way", invitation.email),
      out);
}

int list(storage::Database& database, std::ostream& out) {
  constexpr int batch = 500;
  base::PersonId after{};
  for (;;) {
    const auto people = database.read([&](storage::Transaction& tx) {
      std::vector<std::pair<Person, std::string>> rows;
      for (Person& person : tx.all<Person>(sql::all_people, after, batch)) {
        const auto account = accounts::find(tx, person.account_id);
        rows.emplace_back(std::move(person), account ? account->name : std::string{});
      }
      return rows;
    });
    for (const auto& [person, account] : people) {
      out << fmt::format("{}\t{}\t{}\t{}\t{}\n", person.email,
                         role_names[static_cast<std::size_t>(person.role)],
                         state_names[static_cast<std::size_t>(person.state)], account, person.name);
    }
    if (people.size() < batch) return 0;
    after = people.back().first.id;
  }
}

int reset(storage::Database& database, const std::string& email, std::ostream& out) {
  const Outcome outcome = database.write([&](storage::Transaction& tx) -> Outcome {
    const auto person = find_by_email(tx, email);
    if (!person) return say(fmt::format("Nobody has the address {}: see `otklik user list`", email));
    if (person->state != State::active) {
      return say(fmt::format("{} has no access: use `otklik user invite`", person->email));
    }
    mail_welcome(tx, *person);
    record(tx, audit::Act::person_invited, *person);
    return {};
  });
  return report(outcome, fmt::format("A link for a new password is on its way to {}", email), out);
}

}  // namespace people::commands
