#include "sessions/pages.hpp"

#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "sessions/sessions.hpp"
#include "sessions/sign_in.hpp"
#include "sessions/views.gen.hpp"
#include "web/form_errors.hpp"
#include "web/local_path.hpp"

namespace sessions::pages {
namespace {

// The longest that browsers keep a cookie. The server ends sessions; the cookie outlives them, so that a form
// sent too late still finds whose it is.
constexpr std::int64_t cookie_lifetime = 400LL * 24 * 3600;  // seconds

std::string role_text(const web::Context& ctx, const std::string& role) {
  if (role == "customer") return std::string(ctx.t(msg::sign_in_demo_customer));
  if (role == "manager") return std::string(ctx.t(msg::sign_in_demo_manager));
  if (role == "agent") return std::string(ctx.t(msg::sign_in_demo_agent));
  if (role == "administrator") return std::string(ctx.t(msg::sign_in_demo_administrator));
  return role;
}

void offer_demo_people(const web::Context& ctx, SignInView& view) {
  const web::Settings& settings = ctx.environment.settings;
  if (!settings.demo) return;
  view.demo_password = settings.demo_password;
  for (const auto& [email, role] : settings.demo_people) {
    const bool chosen = email == view.name;
    if (chosen && view.title_of_errors.empty()) view.password = settings.demo_password;
    view.demo_people.push_back({.email = email, .role = role_text(ctx, role), .chosen = chosen});
  }
}

web::Response show(web::Context& ctx, SignInView view, int status) {
  offer_demo_people(ctx, view);
  const std::string title =
      status == 200 ? std::string(ctx.t(msg::sign_in_title)) : web::error_title(ctx, msg::sign_in_title);
  return ctx.render(views::sign_in, ctx.page(title), view, status);
}

web::FormErrors missing(const web::Context& ctx, const Credentials& credentials) {
  web::FormErrors errors;
  if (base::trim(credentials.name).empty()) {
    errors.push_back({"username", std::string(ctx.t(msg::sign_in_error_name_empty))});
  }
  if (credentials.password.empty()) {
    errors.push_back({"password", std::string(ctx.t(msg::sign_in_error_password_empty))});
  }
  return errors;
}

// The same form with what was typed, but for the password.
web::Response refuse(web::Context& ctx, const Credentials& credentials, base::Message why,
                     web::FormErrors errors, int status) {
  SignInView view;
  view.name = credentials.name;
  view.next = web::local_path(ctx.form.get("next"));
  view.title_of_errors = ctx.t(why);
  view.errors = std::move(errors);
  web::Response response = show(ctx, std::move(view), status);
  if (status == 429) response.with("Retry-After", std::to_string(failure_window.microseconds / 1'000'000));
  return response;
}

}  // namespace

web::Response sign_in_form(web::Context& ctx) {
  const std::string next = web::local_path(ctx.query.get("next"));
  if (ctx.signed_in && !ctx.query.has("name")) return web::redirect(next);
  SignInView view;
  view.name = base::prefix(ctx.query.get("name"), 254);
  view.next = next;
  view.expired = ctx.query.has("expired");
  return show(ctx, std::move(view), 200);
}

web::Response sign_in(web::Context& ctx) {
  const Credentials credentials{.name = std::string(ctx.form.get("username")),
                                .password = std::string(ctx.form.get("password")),
                                .client = ctx.request.client,
                                .browser = std::string(ctx.request.header("User-Agent"))};
  if (web::FormErrors errors = missing(ctx, credentials); !errors.empty()) {
    return refuse(ctx, credentials, msg::sign_in_error_incomplete, std::move(errors), 422);
  }

  const auto entered = sessions::sign_in(ctx.environment.database, credentials);
  if (!entered) {
    const bool too_many = entered.error().kind == base::ErrorKind::too_many;
    return refuse(ctx, credentials, too_many ? msg::sign_in_error_too_many : msg::sign_in_error_wrong, {},
                  too_many ? 429 : 422);
  }
  // This browser may have been signed in as somebody else.
  if (ctx.signed_in) {
    ctx.write([&](storage::Transaction& tx) { end(tx, ctx.signed_in->session.digest); });
  }

  const std::string next = web::local_path(ctx.form.get("next"));
  web::Response response =
      web::redirect(entered->person.must_change_password ? web::with_next("/password/change", next) : next);
  keep_token(ctx, response, entered->token);
  return response;
}

web::Response sign_out(web::Context& ctx) {
  if (ctx.signed_in) {
    ctx.write([&](storage::Transaction& tx) { end(tx, ctx.signed_in->session.digest); });
  }
  web::Response response = web::redirect("/sign-in");
  response.with("Set-Cookie", web::cookie("otklik_session", "", ctx.request.secure, 0));
  ctx.flash(response, msg::sign_in_signed_out);
  return response;
}

void keep_token(const web::Context& ctx, web::Response& response, std::string_view token) {
  response.with("Set-Cookie", web::cookie("otklik_session", token, ctx.request.secure, cookie_lifetime));
}

}  // namespace sessions::pages
