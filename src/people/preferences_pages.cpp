#include "people/preferences_pages.hpp"

#include "people/pages.hpp"
#include "people/people.hpp"
#include "web/local_path.hpp"

namespace people::pages {
namespace {

constexpr std::int64_t year = 365LL * 24 * 3600;  // seconds

// A script has changed the page already and needs no other one.
web::Response answer(const web::Context& ctx) {
  if (ctx.request.header("X-CSRF-Token").empty()) return web::redirect(web::local_path(ctx.form.get("next")));
  web::Response response;
  response.status = 204;
  return response;
}

}  // namespace

void keep_theme(const web::Context& ctx, web::Response& response, std::string_view theme) {
  const bool chosen = theme == "light" || theme == "dark";
  response.with("Set-Cookie",
                web::cookie("theme", chosen ? theme : "", ctx.request.secure, chosen ? year : 0));
}

void keep_language(const web::Context& ctx, web::Response& response, base::Locale locale) {
  response.with("Set-Cookie", web::cookie("language", base::locale_code(locale), ctx.request.secure, year));
}

web::Response choose_theme(web::Context& ctx) {
  web::Response response = answer(ctx);
  keep_theme(ctx, response, ctx.form.get("theme"));
  return response;
}

web::Response choose_language(web::Context& ctx) {
  const auto locale = base::parse_locale(ctx.form.get("language"));
  if (!locale) return web::problem(ctx, 422);
  if (ctx.signed_in && ctx.person().locale != *locale) {
    ctx.write([&](storage::Transaction& tx) { set_locale(tx, ctx.person().id, *locale); });
  }
  web::Response response = answer(ctx);
  keep_language(ctx, response, *locale);
  return response;
}

}  // namespace people::pages
