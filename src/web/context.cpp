#include "web/context.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/random.hpp"
#include "base/text.hpp"

namespace web {
namespace {

base::Locale locale_of(const Request& request) {
  if (const auto chosen = request.cookie("language")) {
    if (const auto locale = base::parse_locale(*chosen)) return *locale;
  }
  return base::accepted_locale(request.header("Accept-Language")).value_or(base::Locale::ru);
}

std::string theme_of(const Request& request) {
  const auto chosen = request.cookie("theme");
  return chosen && (*chosen == "light" || *chosen == "dark") ? *chosen : std::string{};
}

Role role_of(people::Role role) {
  switch (role) {
    case people::Role::customer:
      return Role::customer;
    case people::Role::manager:
      return Role::manager;
    case people::Role::agent:
      return Role::agent;
    case people::Role::administrator:
      return Role::administrator;
  }
  return Role::visitor;
}

// The flash cookie holds the kind and the number of a message, so nobody can put words into our mouth.
void read_flash(const Request& request, base::Locale locale, Page& page) {
  const auto value = request.cookie("flash");
  if (!value || value->size() < 3 || (*value)[1] != '.') return;
  const int kind = (*value)[0] - '0';
  int index = -1;
  const auto [end, error] = std::from_chars(value->data() + 2, value->data() + value->size(), index);
  if (error != std::errc{} || end != value->data() + value->size() || kind < 1 || kind > 3) return;
  if (index < 0 || static_cast<std::size_t>(index) >= base::message_count) return;
  page.flash = static_cast<FlashKind>(kind);
  page.flash_text = base::text(locale, base::Message{static_cast<std::uint16_t>(index)});
}

const std::string& chosen(const std::string& set, const std::string& configured) {
  return set.empty() ? configured : set;
}

void name_portal(Page& page, const Settings& configured, const settings::Portal& set) {
  const bool russian = page.is_russian();
  page.brand =
      russian ? chosen(set.brand_ru, configured.brand_ru) : chosen(set.brand_en, configured.brand_en);
  page.support_phone = chosen(set.support_phone, configured.support_phone);
  page.support_email = chosen(set.support_email, configured.support_email);
  page.support_hours = russian ? chosen(set.support_hours_ru, configured.support_hours_ru)
                               : chosen(set.support_hours_en, configured.support_hours_en);
}

// A page that says what is wrong is shown even when the database is what is wrong.
settings::Portal portal_of(const Environment& environment) {
  if (!environment.portal) return {};
  try {
    return *environment.portal();
  } catch (const storage::Unavailable&) {
    return {};
  }
}

}  // namespace

Context::Context(Environment& environment_, Request& request_)
    : environment(environment_), request(request_), locale(locale_of(request_)) {
  if (auto parsed = parse_parameters(request.query)) query = *std::move(parsed);
}

const std::string& Context::time_zone() const {
  static const std::string moscow = "Europe/Moscow";
  return signed_in ? signed_in->person.time_zone : moscow;
}

std::string_view Context::path(std::string_view name) const {
  for (const auto& [key, value] : path_parameters) {
    if (key == name) return value;
  }
  return {};
}

std::int64_t Context::path_number(std::string_view name) const {
  return base::parse_id(path(name)).value_or(0);
}

bool Context::proof_given() const {
  if (!signed_in) return false;
  const std::string_view header = request.header("X-CSRF-Token");
  return base::same(header.empty() ? form.get("csrf") : header, signed_in->session.csrf);
}

Page Context::page(std::string_view title, Section section) const {
  const Settings& settings = environment.settings;
  Page page;
  page.locale = locale;
  page.theme = theme_of(request);
  page.title = title;
  page.section = section;
  page.demo = settings.demo;
  page.return_to = request.method == Method::get ? request.target : "/";
  page.request_id = request.id;
  page.time_zone = time_zone();
  name_portal(page, settings, portal_of(environment));
  if (signed_in && !signed_in->expired) {
    const people::Person& person = signed_in->person;
    page.signed_in = true;
    page.csrf = signed_in->session.csrf;
    page.unread = person.unread_notifications;
    page.shortcuts = person.shortcuts;
    page.viewer = {.name = person.name,
                   .initials = base::initials(person.name),
                   .email = person.email,
                   .account = signed_in->account,
                   .role = role_of(person.role)};
  }
  read_flash(request, locale, page);
  return page;
}

bool Context::wants_fragment() const {
  return request.header("HX-Request") == "true" || request.header("X-Fragment") == "1";
}

void Context::flash(Response& response, base::Message message, FlashKind kind) const {
  response.with("Set-Cookie", cookie("flash", fmt::format("{}.{}", static_cast<int>(kind), message.index),
                                     request.secure, 60));
}

Response Context::finish(Html& html, int status) {
  Response response;
  response.status = status;
  response.with("Content-Type", "text/html; charset=utf-8");
  response.body = html.take();
  return response;
}

Response redirect(std::string location) {
  Response response;
  response.status = 303;
  response.with("Location", is_safe_url(location) && location.starts_with('/') ? std::move(location) : "/");
  return response;
}

Response json(std::string body, int status) {
  Response response;
  response.status = status;
  response.with("Content-Type", "application/json; charset=utf-8").with("Cache-Control", "no-store");
  response.body = std::move(body);
  return response;
}

Response plain_text(std::string body, int status) {
  Response response;
  response.status = status;
  response.with("Content-Type", "text/plain; charset=utf-8").with("Cache-Control", "no-store");
  response.body = std::move(body);
  return response;
}

int status_of(base::ErrorKind kind) {
  switch (kind) {
    case base::ErrorKind::not_found:
      return 404;
    case base::ErrorKind::forbidden:
      return 403;
    case base::ErrorKind::invalid:
      return 422;
    case base::ErrorKind::conflict:
      return 409;
    case base::ErrorKind::expired:
      return 410;
    case base::ErrorKind::too_large:
      return 413;
    case base::ErrorKind::too_many:
      return 429;
    case base::ErrorKind::unavailable:
      return 503;
  }
  return 500;
}

std::string cookie(std::string_view name, std::string_view value, bool secure, std::int64_t max_age_seconds) {
  return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{}", name, value, max_age_seconds,
                     secure ? "; Secure" : "");
}

std::string error_of(const Context& ctx, const base::Error& error, std::string_view field) {
  for (const base::FieldError& wrong : error.fields) {
    if (wrong.field != field) continue;
    std::vector<base::MessageArgument> arguments(wrong.arguments.begin(), wrong.arguments.end());
    return base::format_arguments(ctx.locale, wrong.message, arguments);
  }
  return {};
}

}  // namespace web
