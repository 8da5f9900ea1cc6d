#include <vector>

#include "access_requests/access_requests.hpp"
#include "access_requests/queries.hpp"
#include "accounts/domains.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "mail/mail.hpp"
#include "notifications/notifications.hpp"
#include "people/directory.hpp"
#include "people/people.hpp"

namespace access_requests {
namespace {

constexpr std::size_t longest_name = 120;
constexpr std::size_t longest_phone = 40;

base::AccountId account_for(storage::Transaction& tx, const std::optional<people::Person>& known,
                            const std::string& email) {
  if (known && known->state == people::State::deactivated) return {};
  if (known) return known->account_id;
  const auto account = accounts::find_by_address(tx, email);
  return account && account->kind == accounts::Kind::customer ? account->id : base::AccountId{};
}

void tell_approvers(storage::Transaction& tx, const Request& request) {
  std::vector<base::PersonId> told = people::staff(tx);
  if (request.account_id) {
    const auto managers = people::managers_of(tx, request.account_id);
    told.insert(told.end(), managers.begin(), managers.end());
  }
  notifications::tell(tx, told,
                      {.id = {},
                       .person_id = {},
                       .account_id = request.account_id,
                       .case_id = {},
                       .actor_id = {},
                       .kind = notifications::Kind::access_requested,
                       .detail = request.name + ", " + request.company,
                       .read_at = {},
                       .created_at = request.created_at});
}

}  // namespace

base::Result<void> check(const NewRequest& form) {
  std::vector<base::FieldError> errors;
  const std::string name = base::single_line(form.name);
  if (name.empty()) errors.push_back({"name", msg::people_error_name_empty, {}});
  if (base::length(name) > longest_name) errors.push_back({"name", msg::people_error_name_long, {}});
  if (base::mail_key(form.email).empty()) errors.push_back({"email", msg::people_error_email_malformed, {}});
  const std::string company = base::single_line(form.company);
  if (company.empty()) errors.push_back({"company", msg::access_error_company_empty, {}});
  if (base::length(company) > longest_company)
    errors.push_back({"company", msg::access_error_company_long, {std::to_string(longest_company)}});
  if (base::length(base::single_line(form.phone)) > longest_phone)
    errors.push_back({"phone", msg::people_error_phone_long, {}});
  if (base::length(form.comment) > longest_comment)
    errors.push_back({"comment", msg::access_error_comment_long, {std::to_string(longest_comment)}});
  if (!errors.empty()) return base::fail(std::move(errors));
  return {};
}

void ask(storage::Transaction& tx, const NewRequest& form, Telling telling) {
  const auto known = people::find_by_email(tx, form.email);
  if (known && known->state == people::State::active) {
    return mail::enqueue(tx, mail::Kind::access_known, *known,
                         {.account_id = known->account_id, .case_id = {}, .number = 0, .subject = {}});
  }
  const Request request{.id = base::make_id<base::AccessRequestId>(),
                        .account_id = account_for(tx, known, form.email),
                        .state = State::waiting,
                        .name = base::single_line(form.name),
                        .email = std::string(base::trim(form.email)),
                        .email_key = base::mail_key(form.email),
                        .company = base::single_line(form.company),
                        .phone = base::single_line(form.phone),
                        .comment = base::plain_lines(form.comment),
                        .locale = form.locale,
                        .person_id = {},
                        .decided_by = {},
                        .decided_at = {},
                        .created_at = base::now()};
  const bool first = tx.insert(sql::insert_request, request) == 1;
  if (first && telling == Telling::approvers) tell_approvers(tx, request);
}

}  // namespace access_requests
