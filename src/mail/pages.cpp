#include "mail/pages.hpp"

#include <fmt/format.h>

#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "mail/ledger.hpp"
#include "mail/sender.hpp"
#include "mail/views.gen.hpp"

namespace mail::pages {
namespace {

constexpr int rows_on_a_page = 50;

constexpr std::string_view names[] = {"waiting", "sent", "failed"};  // by Tab

Tab tab_of(std::string_view name) {
  if (name == "sent") return Tab::sent;
  if (name == "failed") return Tab::failed;
  return Tab::waiting;
}

std::string write_key(const Key& key) {
  return fmt::format("{}-{}", key.at.microseconds, key.id.value);
}

std::optional<Key> read_key(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto at = base::parse_id(text.substr(0, dash));
  const auto id = base::parse_id(text.substr(dash + 1));
  if (!at || !id) return std::nullopt;
  return Key{.at = {*at}, .id = {*id}};
}

std::string count_text(const web::Context& ctx, std::int64_t count) {
  if (count > most_counted) return ctx.t(msg::mail_page_more_than, most_counted);
  return base::grouped(ctx.locale, count);
}

std::vector<OutboxTab> tabs_of(const web::Context& ctx, const Counts& counts, Tab current) {
  return {{names[0], ctx.t(msg::mail_page_waiting), count_text(ctx, counts.waiting), current == Tab::waiting},
          {names[1], ctx.t(msg::mail_page_sent), count_text(ctx, counts.sent), current == Tab::sent},
          {names[2], ctx.t(msg::mail_page_failed), count_text(ctx, counts.failed), current == Tab::failed}};
}

std::string attempts_text(const web::Context& ctx, const Mail& mail) {
  if (mail.state == State::waiting && mail.attempts > 0)
    return ctx.t(msg::mail_page_next_attempt, mail.attempts,
                 base::short_date_time(ctx.locale, mail.due_at, ctx.time_zone()));
  if (mail.attempts > 1) return ctx.t(msg::mail_page_attempts, mail.attempts);
  return {};
}

// How a state looks; by State.
struct Look {
  std::string_view pill;
  std::string_view icon;
  base::Message words;
};
constexpr Look looks[] = {{"blue", "clock", msg::mail_page_is_waiting},
                          {"violet", "send", msg::mail_page_is_sending},
                          {"green", "mail-check", msg::mail_page_is_sent},
                          {"red", "mail-x", msg::mail_page_is_failed}};

OutboxRow row_of(const web::Context& ctx, const Mail& mail) {
  // A waiting mail is due, the others are done.
  const bool unsent = mail.state == State::waiting || mail.state == State::sending;
  const base::Instant time = unsent ? mail.created_at : mail.due_at;
  const Look& look = looks[static_cast<std::size_t>(mail.state)];
  const bool has_its_secret = !holds_secret(mail.kind) || !mail.fields_json.empty();
  return {.id = mail.id.value,
          .subject = mail.subject,
          .recipient =
              mail.to_name.empty() ? mail.to_address : fmt::format("{} <{}>", mail.to_name, mail.to_address),
          .pill = look.pill,
          .icon = look.icon,
          .state = ctx.t(look.words),
          .attempts = attempts_text(ctx, mail),
          .answer = answer_of(ctx.locale, mail),
          .time = base::short_date_time(ctx.locale, time, ctx.time_zone()),
          .iso_time = base::iso_time(time),
          .can_resend = mail.state != State::sending && has_its_secret};
}

std::string_view empty_text(const web::Context& ctx, Tab tab) {
  if (tab == Tab::sent) return ctx.t(msg::mail_page_none_sent);
  if (tab == Tab::failed) return ctx.t(msg::mail_page_none_failed);
  return ctx.t(msg::mail_page_none_waiting);
}

}  // namespace

web::Response outbox(web::Context& ctx) {
  const Tab tab = tab_of(ctx.query.get("state"));
  const auto after = read_key(ctx.query.get("after"));
  Counts counted;
  auto mails = ctx.read([&](storage::Transaction& tx) {
    counted = counts(tx);
    return page(tx, tab, after, rows_on_a_page + 1);
  });

  OutboxView view;
  view.state = names[static_cast<std::size_t>(tab)];
  view.tabs = tabs_of(ctx, counted, tab);
  view.empty = empty_text(ctx, tab);
  view.has_failed_ones = tab == Tab::failed && !mails.empty();
  if (mails.size() > rows_on_a_page) {
    mails.resize(rows_on_a_page);
    view.next = write_key(key_of(mails.back()));
  }
  for (const Mail& mail : mails) view.rows.push_back(row_of(ctx, mail));
  return ctx.render(views::outbox, ctx.page(ctx.t(msg::mail_page_title), web::Section::mail), view);
}

web::Response resend(web::Context& ctx) {
  const base::MailId id{ctx.path_number("id")};
  const auto done = ctx.write([&](storage::Transaction& tx) { return mail::resend(tx, id); });
  if (!done && done.error().kind == base::ErrorKind::not_found) return web::problem(ctx, done.error());
  web::Response response = web::redirect("/mail");
  if (done) {
    ctx.flash(response, msg::mail_page_resent);
  } else {
    ctx.flash(response, msg::mail_page_not_resent, web::FlashKind::warning);
  }
  return response;
}

web::Response resend_failed(web::Context& ctx) {
  mail::resend_failed(ctx.environment.database);
  web::Response response = web::redirect("/mail");
  ctx.flash(response, msg::mail_page_all_resent);
  return response;
}

}  // namespace mail::pages
