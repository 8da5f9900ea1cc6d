#include "base/ids.hpp"
#include "base/message_keys.hpp"
#include "people/new_password_pages.hpp"
#include "people/pages.hpp"
#include "people/people.hpp"
#include "people/views.gen.hpp"
#include "sessions/attempts.hpp"
#include "sessions/sessions.hpp"
#include "web/local_path.hpp"

namespace people::pages {
namespace {

// Whoever sits down at an open session should not try passwords there.
constexpr sessions::Limit limit_of_guesses{.most = 10, .window = base::minutes(15)};

std::string subject_of(const Person& person) {
  return "change|" + base::to_string(person.id);
}

std::string next_of(const web::Context& ctx, const web::Form& from) {
  return web::local_path(from.get("next"), ctx.person().must_change_password ? "/" : "/profile");
}

web::Response show(web::Context& ctx, std::string next, web::FormErrors errors, int status) {
  const ChangePasswordView view{.email = ctx.person().email,
                                .next = std::move(next),
                                .hint = password_hint(ctx),
                                .forced = ctx.person().must_change_password,
                                .title_of_errors = ctx.t(msg::password_not_saved),
                                .errors = std::move(errors)};
  const std::string title = status == 200 ? std::string(ctx.t(msg::password_new_title))
                                          : web::error_title(ctx, msg::password_new_title);
  return ctx.render(views::change_password, ctx.page(title, web::Section::profile), view, status);
}

enum class Current : std::uint8_t { right, wrong, too_many };

Current check_current_password(web::Context& ctx) {
  const Person& person = ctx.person();
  const std::string subject = subject_of(person);
  const bool too_many =
      ctx.read([&](storage::Transaction& tx) { return sessions::is_reached(tx, subject, limit_of_guesses); });
  if (too_many) return Current::too_many;
  if (password_matches(person.password_hash, ctx.form.get("current"))) return Current::right;
  ctx.write([&](storage::Transaction& tx) { sessions::count_attempt(tx, subject, limit_of_guesses); });
  return Current::wrong;
}

}  // namespace

web::Response change_password_form(web::Context& ctx) {
  return show(ctx, next_of(ctx, ctx.query), {}, 200);
}

web::Response change_password(web::Context& ctx) {
  const Person& person = ctx.person();
  const std::string next = next_of(ctx, ctx.form);
  if (auto errors = check_typed_password(ctx, person); !errors.empty())
    return show(ctx, next, std::move(errors), 422);
  // Who had to come here has just proved who they are by a temporary password.
  if (!person.must_change_password) {
    const Current current = check_current_password(ctx);
    if (current == Current::too_many) return web::problem(ctx, 429);
    if (current == Current::wrong) {
      return show(ctx, next, {{"current-password", std::string(ctx.t(msg::password_error_current))}}, 422);
    }
  }

  const std::string hash = hash_password(ctx.form.get("password"));
  ctx.write([&](storage::Transaction& tx) {
    people::set_password(tx, person, hash);
    sessions::end_others(tx, person.id, ctx.signed_in->session.digest);
    sessions::forget_attempts(tx, subject_of(person));
  });
  web::Response response = web::redirect(next);
  ctx.flash(response, msg::password_changed);
  return response;
}

}  // namespace people::pages
