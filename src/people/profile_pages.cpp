#include <algorithm>

#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "people/new_password_pages.hpp"
#include "people/pages.hpp"
#include "people/people.hpp"
#include "people/preferences_pages.hpp"
#include "people/views.gen.hpp"
#include "sessions/browser.hpp"
#include "sessions/sessions.hpp"

namespace people::pages {
namespace {

Profile profile_of(const Person& person) {
  return {.name = person.name,
          .phone = person.phone,
          .country = person.country,
          .locale = person.locale,
          .time_zone = person.time_zone,
          .shortcuts = person.shortcuts};
}

// As typed; what is not one of the choices stays as it was.
Profile typed_profile(const web::Context& ctx) {
  Profile profile = profile_of(ctx.person());
  profile.name = ctx.form.get("name");
  profile.phone = ctx.form.get("phone");
  profile.shortcuts = ctx.form.has("shortcuts");
  const std::string_view country = ctx.form.get("country");
  const auto& countries = base::countries(ctx.locale);
  const bool known_country =
      std::ranges::any_of(countries, [&](const auto& entry) { return entry.first == country; });
  if (known_country) profile.country = country;
  if (const auto locale = base::parse_locale(ctx.form.get("language"))) profile.locale = *locale;
  if (base::known_zone(ctx.form.get("time_zone"))) profile.time_zone = ctx.form.get("time_zone");
  return profile;
}

std::vector<ProfileOption> options(const std::vector<std::pair<std::string, std::string>>& all,
                                   std::string_view selected) {
  std::vector<ProfileOption> list;
  list.reserve(all.size());
  for (const auto& [value, label] : all)
    list.push_back({.value = value, .label = label, .selected = value == selected});
  return list;
}

std::vector<SessionView> session_views(web::Context& ctx) {
  const auto all =
      ctx.read([&](storage::Transaction& tx) { return sessions::of_person(tx, ctx.person().id); });
  std::vector<SessionView> list;
  for (const sessions::Session& session : all) {
    list.push_back({.browser = sessions::describe_browser(session.browser),
                    .client = session.client,
                    .seen = base::ago(ctx.locale, session.seen_at, base::now(), ctx.time_zone()),
                    .seen_iso = base::iso_time(session.seen_at),
                    .current = session.digest == ctx.signed_in->session.digest});
  }
  const auto current = std::ranges::find(list, true, &SessionView::current);
  if (current != list.end()) std::rotate(list.begin(), current, current + 1);
  return list;
}

web::Response show(web::Context& ctx, const Profile& profile, std::string theme, web::FormErrors errors) {
  const int status = errors.empty() ? 200 : 422;
  const std::string title =
      errors.empty() ? std::string(ctx.t(msg::layout_profile)) : web::error_title(ctx, msg::layout_profile);
  const web::Page page = ctx.page(title, web::Section::profile);
  const ProfileView view{
      .name = profile.name,
      .email = ctx.person().email,
      .account = ctx.signed_in->account,
      .phone = profile.phone,
      .theme = std::move(theme),
      .shortcuts = profile.shortcuts,
      .countries = options(base::countries(ctx.locale), profile.country),
      .languages = {{.value = "ru", .label = "Русский", .selected = profile.locale == base::Locale::ru},
                    {.value = "en", .label = "English", .selected = profile.locale == base::Locale::en}},
      .time_zones = options(base::time_zones(), profile.time_zone),
      .sessions = session_views(ctx),
      .password_hint = password_hint(ctx),
      .title_of_errors = ctx.t(msg::profile_not_saved),
      .errors = std::move(errors)};
  return ctx.render(views::profile, page, view, status);
}

}  // namespace

web::Response profile(web::Context& ctx) {
  return show(ctx, profile_of(ctx.person()), ctx.page({}).theme, {});
}

web::Response update_profile(web::Context& ctx) {
  const Profile typed = typed_profile(ctx);
  const auto updated =
      ctx.write([&](storage::Transaction& tx) { return people::update_profile(tx, ctx.person().id, typed); });
  if (!updated)
    return show(ctx, typed, std::string(ctx.form.get("theme")), web::form_errors(ctx, updated.error()));

  web::Response response = web::redirect("/profile");
  keep_theme(ctx, response, ctx.form.get("theme"));
  keep_language(ctx, response, typed.locale);
  ctx.flash(response, msg::profile_saved);
  return response;
}

web::Response end_other_sessions(web::Context& ctx) {
  ctx.write([&](storage::Transaction& tx) {
    sessions::end_others(tx, ctx.person().id, ctx.signed_in->session.digest);
  });
  web::Response response = web::redirect("/profile");
  ctx.flash(response, msg::profile_sessions_ended);
  return response;
}

}  // namespace people::pages
