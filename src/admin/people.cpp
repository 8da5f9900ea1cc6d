#include "admin/people.hpp"

#include "accounts/accounts.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "mail/mail.hpp"
#include "people/people.hpp"
#include "sessions/sessions.hpp"

namespace admin {
namespace {

base::Result<accounts::Account> account_of(storage::Transaction& tx, const PersonForm& form) {
  auto account = accounts::find_by_name(tx, form.account);
  if (!account) return base::fail({{"account", msg::admin_error_account_unknown, {}}});
  const bool vendor = account->kind == accounts::Kind::vendor;
  if (people::is_staff(form.role) && !vendor) return base::fail({{"role", msg::admin_error_role_staff, {}}});
  if (!people::is_staff(form.role) && vendor)
    return base::fail({{"role", msg::admin_error_role_customer, {}}});
  return *std::move(account);
}

// The form as an edit, or all that is wrong with it.
base::Result<people::Edit> edit_of(storage::Transaction& tx, base::PersonId id, const PersonForm& form) {
  people::Edit edit{.account_id = {},
                    .role = form.role,
                    .name = form.name,
                    .email = form.email,
                    .phone = form.phone,
                    .locale = form.locale};
  auto errors = people::wrong_of(tx, id, edit);
  const auto account = account_of(tx, form);
  if (!account) errors.insert(errors.end(), account.error().fields.begin(), account.error().fields.end());
  if (!errors.empty()) return base::fail(std::move(errors));
  edit.account_id = account->id;
  return edit;
}

audit::Object object_of(const people::Person& person) {
  return {.id = person.id.value, .name = person.name + " <" + person.email + ">"};
}

void record_state(storage::Transaction& tx, const audit::Actor& actor, audit::Act act,
                  const people::Person& person, people::State after) {
  audit::Changes changes;
  audit::note(changes, "state", name_of(person.state), name_of(after));
  audit::record(tx, actor, act, object_of(person), changes);
}

void mail_welcome(storage::Transaction& tx, const people::Person& person) {
  mail::enqueue(tx, mail::Kind::welcome, person,
                {.account_id = person.account_id, .case_id = {}, .number = 0, .subject = {}},
                {{"secret", people::make_welcome_secret(tx, person.id)}});
}

}  // namespace

std::string_view name_of(people::Role role) {
  static constexpr std::string_view names[] = {"customer", "manager", "agent", "administrator"};
  return names[static_cast<std::size_t>(role)];
}

std::string_view name_of(people::State state) {
  static constexpr std::string_view names[] = {"contact", "active", "deactivated"};
  return names[static_cast<std::size_t>(state)];
}

audit::Changes changes_between(const PersonForm& before, const PersonForm& after) {
  audit::Changes changes;
  audit::note(changes, "person_name", before.name, after.name);
  audit::note(changes, "email", before.email, after.email);
  audit::note(changes, "phone", before.phone, after.phone);
  audit::note(changes, "account", before.account, after.account);
  audit::note(changes, "role", name_of(before.role), name_of(after.role));
  audit::note(changes, "language", base::locale_code(before.locale), base::locale_code(after.locale));
  return changes;
}

PersonForm form_of(storage::Transaction& tx, const people::Person& person) {
  const auto account = accounts::find(tx, person.account_id);
  return {.name = person.name,
          .email = person.email,
          .phone = person.phone,
          .account = account ? account->name : std::string{},
          .role = person.role,
          .locale = person.locale};
}

base::Result<people::Person> create_person(storage::Transaction& tx, const audit::Actor& actor,
                                           const PersonForm& form, Invitation invitation) {
  const auto edit = edit_of(tx, {}, form);
  if (!edit) return std::unexpected(edit.error());
  const bool invited = invitation == Invitation::by_mail;
  auto person = people::create(tx, {.account_id = edit->account_id,
                                    .role = form.role,
                                    .state = invited ? people::State::active : people::State::contact,
                                    .name = form.name,
                                    .email = form.email,
                                    .phone = form.phone,
                                    .country = accounts::find(tx, edit->account_id).value().country,
                                    .locale = form.locale,
                                    .password_hash = {}});
  if (!person) return person;
  audit::Changes changes = changes_between({}, form_of(tx, *person));
  audit::note(changes, "state", {}, name_of(person->state));
  audit::record(tx, actor, audit::Act::person_created, object_of(*person), changes);
  if (invited) mail_welcome(tx, *person);
  return person;
}

base::Result<void> change_person(storage::Transaction& tx, const audit::Actor& actor, base::PersonId id,
                                 std::int64_t version, const PersonForm& form) {
  const auto person = people::find(tx, id);
  if (!person) return base::fail(base::ErrorKind::not_found);
  if (person->version != version) return base::fail(base::ErrorKind::conflict);
  // So that an administrator always remains.
  if (id == actor.id && form.role != person->role)
    return base::fail({{"role", msg::admin_error_own_role, {}}});
  const auto edit = edit_of(tx, id, form);
  if (!edit) return std::unexpected(edit.error());
  const PersonForm before = form_of(tx, *person);
  auto updated = people::update(tx, id, version, *edit);
  if (!updated) return updated;
  const auto changed = people::find(tx, id).value();
  if (const auto changes = changes_between(before, form_of(tx, changed)); !changes.empty())
    audit::record(tx, actor, audit::Act::person_changed, object_of(changed), changes);
  return {};
}

base::Result<void> invite(storage::Transaction& tx, const audit::Actor& actor, base::PersonId id) {
  const auto person = people::find(tx, id);
  if (!person) return base::fail(base::ErrorKind::not_found);
  if (person->state == people::State::deactivated) return base::fail(base::ErrorKind::conflict);
  if (person->state == people::State::contact) people::activate(tx, id);
  mail_welcome(tx, *person);
  record_state(tx, actor, audit::Act::person_invited, *person, people::State::active);
  return {};
}

base::Result<void> deactivate(storage::Transaction& tx, const audit::Actor& actor, base::PersonId id) {
  const auto person = people::find(tx, id);
  if (!person) return base::fail(base::ErrorKind::not_found);
  if (id == actor.id) return base::fail(base::ErrorKind::forbidden);
  if (person->state == people::State::deactivated) return {};
  people::deactivate(tx, id);
  sessions::end_others(tx, id, {});
  record_state(tx, actor, audit::Act::person_deactivated, *person, people::State::deactivated);
  return {};
}

base::Result<void> activate(storage::Transaction& tx, const audit::Actor& actor, base::PersonId id) {
  const auto person = people::find(tx, id);
  if (!person) return base::fail(base::ErrorKind::not_found);
  if (person->state == people::State::active) return {};
  people::activate(tx, id);
  record_state(tx, actor, audit::Act::person_activated, *person, people::State::active);
  return {};
}

}  // namespace admin
