#include "base/message_keys.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "mail/mail.hpp"
#include "people/pages.hpp"
#include "people/people.hpp"
#include "people/views.gen.hpp"
#include "sessions/attempts.hpp"
#include "web/form_errors.hpp"

namespace people::pages {
namespace {

// Beyond these the page says the same and no mail goes out.
constexpr sessions::Limit limit_of_person{.most = 3, .window = base::hours(1)};
constexpr sessions::Limit limit_of_client{.most = 20, .window = base::hours(1)};

// What is asked for is counted under the name as typed, whether or not somebody has it.
std::string subject_of_name(std::string_view name) {
  return "reset|" + base::fold(base::prefix(base::trim(name), 254));
}

std::string subject_of_client(std::string_view client) {
  return "reset-from|" + std::string(client);
}

void send_temporary_password(storage::Transaction& tx, const Person& person, const std::string& password,
                             const std::string& hash) {
  set_temporary_password(tx, person.id, hash);
  mail::enqueue(tx, mail::Kind::temporary_password, person,
                {.account_id = person.account_id, .case_id = {}, .number = 0, .subject = {}},
                {{"password", password}});
}

}  // namespace

web::Response forgot_password_form(web::Context& ctx) {
  if (ctx.query.has("done")) {
    return ctx.render(views::forgot_done, ctx.page(ctx.t(msg::password_forgot_done_title)), ForgotDoneView{});
  }
  return ctx.render(views::forgot, ctx.page(ctx.t(msg::password_forgot_title)),
                    ForgotView{.name = std::string(base::prefix(ctx.query.get("name"), 254)), .errors = {}});
}

web::Response forgot_password(web::Context& ctx) {
  const std::string name(base::trim(ctx.form.get("username")));
  if (name.empty()) {
    const ForgotView view{.name = {},
                          .errors = {{"username", std::string(ctx.t(msg::sign_in_error_name_empty))}}};
    return ctx.render(views::forgot, ctx.page(web::error_title(ctx, msg::password_forgot_title)), view, 422);
  }

  const std::string by_name = subject_of_name(name);
  const std::string by_client = subject_of_client(ctx.request.client);
  const bool refused = ctx.read([&](storage::Transaction& tx) {
    return sessions::is_reached(tx, by_client, limit_of_client) ||
           sessions::is_reached(tx, by_name, limit_of_person);
  });
  if (!refused) {
    // A known name and an unknown one both cost one hash and one unit of work.
    const std::string password = base::random_password();
    const std::string hash = hash_password(password);
    ctx.write([&](storage::Transaction& tx) {
      sessions::count_attempt(tx, by_client, limit_of_client);
      sessions::count_attempt(tx, by_name, limit_of_person);
      const auto person = find_by_email(tx, name);
      if (person && person->state == State::active) send_temporary_password(tx, *person, password, hash);
    });
  }
  return web::redirect("/password/forgot?done=1");
}

}  // namespace people::pages
