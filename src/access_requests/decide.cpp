#include "access_requests/access_requests.hpp"
#include "access_requests/queries.hpp"
#include "accounts/accounts.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "mail/mail.hpp"
#include "people/people.hpp"

namespace access_requests {
namespace {

std::optional<Request> find(storage::Transaction& tx, const people::Viewer& viewer,
                            base::AccessRequestId id) {
  return tx.one<Request>(sql::request_by_id, id, viewer.staff(), viewer.account_id);
}

// The organisation the person is let into: their own when they are known, then that of the request.
base::Result<accounts::Account> account_of(storage::Transaction& tx, const people::Viewer& viewer,
                                           const Request& request, const std::optional<people::Person>& known,
                                           const std::string& typed) {
  if (known) return accounts::find(tx, known->account_id).value();
  const auto wrong = [](base::Message why) { return base::fail({{"account", why, {}}}); };
  const bool chosen = viewer.staff() && !base::trim(typed).empty();
  if (!chosen && !request.account_id) return wrong(msg::access_error_account_empty);
  auto account = chosen ? accounts::find_by_name(tx, typed) : accounts::find(tx, request.account_id);
  if (!account) return wrong(msg::access_error_account_unknown);
  if (account->kind == accounts::Kind::vendor) return wrong(msg::access_error_account_vendor);
  return *std::move(account);
}

base::Result<people::Person> let_in(storage::Transaction& tx, const Request& request,
                                    const accounts::Account& account) {
  if (auto known = people::find_by_email(tx, request.email)) {
    people::activate(tx, known->id);
    return people::find(tx, known->id).value();
  }
  return people::create(tx, {.account_id = account.id,
                             .role = people::Role::customer,
                             .state = people::State::active,
                             .name = request.name,
                             .email = request.email,
                             .phone = request.phone,
                             .country = account.country,
                             .locale = request.locale,
                             .password_hash = {}});
}

// False when it had been decided before: of several at once only one decides.
bool decide(storage::Transaction& tx, base::AccessRequestId id, State state, const people::Viewer& viewer) {
  return tx.run(sql::decide, id, state, viewer.id, base::now()) == 1;
}

audit::Object object_of(const Request& request) {
  return {.id = request.id.value, .name = request.name + " <" + request.email + ">"};
}

}  // namespace

base::Result<Decision> approve(storage::Transaction& tx, const people::Viewer& viewer,
                               const audit::Actor& actor, base::AccessRequestId id,
                               const std::string& typed_account) {
  const auto request = find(tx, viewer, id);
  if (!request) return base::fail(base::ErrorKind::not_found);
  if (request->state != State::waiting) return Decision::made_before;

  const auto known = people::find_by_email(tx, request->email);
  const bool had_access = known && known->state == people::State::active;
  base::PersonId person_id = known ? known->id : base::PersonId{};
  std::string organisation;
  if (!had_access) {
    const auto account = account_of(tx, viewer, *request, known, typed_account);
    if (!account) return std::unexpected(account.error());
    if (!decide(tx, id, State::approved, viewer)) return Decision::made_before;
    const auto person = let_in(tx, *request, *account);
    if (!person) return std::unexpected(person.error());
    mail::enqueue(tx, mail::Kind::welcome, *person,
                  {.account_id = person->account_id, .case_id = {}, .number = 0, .subject = {}},
                  {{"secret", people::make_welcome_secret(tx, person->id)}});
    person_id = person->id;
    organisation = account->name;
  } else if (!decide(tx, id, State::approved, viewer)) {
    return Decision::made_before;
  }
  tx.run(sql::set_person, id, person_id);
  audit::Changes changes;
  audit::note(changes, "account", {}, organisation);
  audit::record(tx, actor, audit::Act::access_approved, object_of(*request), changes);
  return had_access ? Decision::had_access : Decision::made;
}

base::Result<Decision> refuse(storage::Transaction& tx, const people::Viewer& viewer,
                              const audit::Actor& actor, base::AccessRequestId id) {
  const auto request = find(tx, viewer, id);
  if (!request) return base::fail(base::ErrorKind::not_found);
  if (request->state != State::waiting || !decide(tx, id, State::refused, viewer))
    return Decision::made_before;

  // Who asked may be nobody's person.
  people::Person stranger;
  stranger.state = people::State::contact;
  stranger.name = request->name;
  stranger.email = request->email;
  stranger.locale = request->locale;
  mail::enqueue(tx, mail::Kind::access_refused, stranger,
                {.account_id = request->account_id, .case_id = {}, .number = 0, .subject = {}});
  audit::record(tx, actor, audit::Act::access_refused, object_of(*request));
  return Decision::made;
}

}  // namespace access_requests
