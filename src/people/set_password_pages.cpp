#include "base/message_keys.hpp"
#include "people/new_password_pages.hpp"
#include "people/pages.hpp"
#include "people/people.hpp"
#include "people/views.gen.hpp"
#include "sessions/pages.hpp"
#include "sessions/sessions.hpp"

namespace people::pages {
namespace {

base::Result<Person> find_invited(web::Context& ctx) {
  return ctx.read([&](storage::Transaction& tx) { return find_by_welcome_secret(tx, ctx.path("token")); });
}

web::Response show(web::Context& ctx, const Person& person, web::FormErrors errors) {
  const SetPasswordView view{.email = person.email,
                             .secret = std::string(ctx.path("token")),
                             .hint = password_hint(ctx),
                             .title_of_errors = ctx.t(msg::password_not_saved),
                             .errors = std::move(errors)};
  const bool failed = !view.errors.empty();
  const std::string title =
      failed ? web::error_title(ctx, msg::password_new_title) : std::string(ctx.t(msg::password_new_title));
  return ctx.render(views::set_password, ctx.page(title), view, failed ? 422 : 200);
}

web::Response link_ended(web::Context& ctx) {
  return ctx.render(views::link_ended, ctx.page(ctx.t(msg::password_link_ended_title)), LinkEndedView{}, 410);
}

// Nobody should be greeted in a language they do not read: until somebody has chosen one, the person's own is
// taken.
void speak_to(web::Context& ctx, const Person& person) {
  if (!ctx.request.cookie("language")) ctx.locale = person.locale;
}

}  // namespace

web::Response set_password_form(web::Context& ctx) {
  const auto person = find_invited(ctx);
  if (!person) return link_ended(ctx);
  speak_to(ctx, *person);
  return show(ctx, *person, {});
}

web::Response set_password(web::Context& ctx) {
  const auto person = find_invited(ctx);
  if (!person) return link_ended(ctx);
  speak_to(ctx, *person);
  if (auto errors = check_typed_password(ctx, *person); !errors.empty())
    return show(ctx, *person, std::move(errors));

  const std::string hash = hash_password(ctx.form.get("password"));
  const auto token = ctx.write([&](storage::Transaction& tx) -> base::Result<std::string> {
    // The link may have been used while the hash was made.
    const auto still = find_by_welcome_secret(tx, ctx.path("token"));
    if (!still) return std::unexpected(still.error());
    people::set_password(tx, *still, hash);
    sessions::end_others(tx, still->id, {});
    return sessions::start(tx, still->id, ctx.request.client, ctx.request.header("User-Agent"));
  });
  if (!token) return link_ended(ctx);

  web::Response response = web::redirect("/");
  sessions::pages::keep_token(ctx, response, *token);
  ctx.flash(response, msg::password_set);
  return response;
}

}  // namespace people::pages
