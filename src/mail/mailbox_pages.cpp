#include <fmt/format.h>

#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "mail/demo_mailbox.hpp"
#include "mail/message.hpp"
#include "mail/pages.hpp"
#include "mail/views.gen.hpp"

namespace mail::pages {
namespace {

constexpr int lines_on_a_page = 30;

// The mail may show its own styles and pictures that it brings along, and open links beside the portal. No
// scripts, no forms, nothing from elsewhere.
constexpr std::string_view letter_policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

}  // namespace

web::Response mailbox(web::Context& ctx) {
  const bool chosen = !ctx.path("id").empty();
  const base::MailId asked{ctx.path_number("id")};
  const base::MailId before{base::parse_id(ctx.query.get("before")).value_or(0)};
  std::vector<DemoHeading> headings;
  const auto mail = ctx.read([&](storage::Transaction& tx) -> std::optional<DemoMail> {
    headings = demo_headings(tx, before, lines_on_a_page + 1);
    if (chosen) return find_demo_mail(tx, asked);
    return headings.empty() ? std::nullopt : find_demo_mail(tx, headings.front().id);
  });
  if (chosen && !mail) return web::problem(ctx, 404);

  MailboxView view;
  if (headings.size() > lines_on_a_page) {
    headings.resize(lines_on_a_page);
    view.older = headings.back().id.value;
  }
  const std::string& zone = ctx.time_zone();
  for (const DemoHeading& heading : headings)
    view.lines.push_back({.id = heading.id.value,
                          .subject = heading.subject,
                          .about = fmt::format("{}, {}", heading.to_address,
                                               base::short_date_time(ctx.locale, heading.created_at, zone)),
                          .current = mail && heading.id == mail->id});
  if (mail) {
    const ParsedMessage parsed = read_message(mail->message);
    view.id = mail->id.value;
    view.subject = parsed.header("Subject");
    view.from = parsed.header("From");
    view.to = parsed.header("To");
    view.time = base::date_time(ctx.locale, mail->created_at, zone);
    view.message_id = parsed.header("Message-Id");
    view.text = parsed.text;
  }
  return ctx.render(views::mailbox, ctx.page(ctx.t(msg::mail_box_title), web::Section::none), view);
}

web::Response mailbox_html(web::Context& ctx) {
  const base::MailId id{ctx.path_number("id")};
  const auto mail = ctx.read([&](storage::Transaction& tx) { return find_demo_mail(tx, id); });
  if (!mail) return web::problem(ctx, 404);
  web::Response response;
  response.with("Content-Type", "text/html; charset=utf-8")
      .with("Content-Security-Policy", std::string(letter_policy));
  response.body = read_message(mail->message).html;
  return response;
}

}  // namespace mail::pages
