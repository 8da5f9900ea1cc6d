#include "notifications/pages.hpp"

#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "notifications/notifications.hpp"
#include "notifications/views.gen.hpp"

namespace notifications::pages {
namespace {

constexpr int page_size = 30;

struct Look {
  std::string_view icon;
  base::Message text;  // of the actor and the subject, or of the subject alone
};

Look look_of(Kind kind) {
  switch (kind) {
    case Kind::comment:
      return {"message-square", msg::notifications_comment};
    case Kind::status:
      return {"activity", msg::notifications_status};
    case Kind::solved:
      return {"lightbulb", msg::notifications_solved};
    case Kind::closed:
      return {"archive", msg::notifications_closed};
    case Kind::attached:
      return {"paperclip", msg::notifications_attached};
    case Kind::access_requested:
      return {"user-check", msg::notifications_access};
    case Kind::reopened:
      return {"rotate-ccw", msg::notifications_reopened};
    case Kind::survey_answered:
      return {"star", msg::notifications_survey_answered};
  }
  return {"bell", msg::notifications_status};
}

std::string text_of(const web::Context& ctx, const Line& line, const Look& look) {
  if (line.kind == Kind::access_requested) return ctx.t(look.text, line.subject);
  if (line.actor.empty()) return ctx.t(msg::notifications_closed_itself, line.subject);
  return ctx.t(look.text, line.actor, line.subject);
}

LineView line_view(const web::Context& ctx, const Line& line) {
  const Look look = look_of(line.kind);
  const bool about_case = line.kind != Kind::access_requested;
  const std::string number = about_case ? fmt::format("{:08}", line.number) : std::string{};
  return {.icon = look.icon,
          .text = text_of(ctx, line, look),
          .address = about_case ? "/cases/" + number : "/access-requests",
          .number = number,
          .when = base::ago(ctx.locale, line.created_at, base::now(), ctx.time_zone()),
          .when_iso = base::iso_time(line.created_at),
          .unread = !line.read_at};
}

}  // namespace

web::Response list(web::Context& ctx) {
  const auto after = base::parse_id(ctx.query.get("after"));
  auto lines = ctx.read([&](storage::Transaction& tx) {
    return page(tx, ctx.viewer(), after ? base::NotificationId{*after} : base::NotificationId{},
                page_size + 1);
  });
  ListView view;
  if (lines.size() > page_size) {
    lines.resize(page_size);
    view.next = "/notifications?after=" + base::to_string(lines.back().id);
  }
  for (const Line& line : lines) view.lines.push_back(line_view(ctx, line));
  view.has_unread = ctx.person().unread_notifications > 0;
  return ctx.render(views::list, ctx.page(ctx.t(msg::layout_notifications), web::Section::notifications),
                    view);
}

web::Response mark_read(web::Context& ctx) {
  ctx.write([&](storage::Transaction& tx) { mark_all_read(tx, ctx.person().id); });
  return web::redirect("/notifications");
}

}  // namespace notifications::pages
