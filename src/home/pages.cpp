#include "home/pages.hpp"

#include <numeric>

#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "cases/cases.hpp"
#include "cases/list.hpp"
#include "cases/views_present.hpp"
#include "home/views.gen.hpp"
#include "home/views_chart.hpp"
#include "notifications/notifications.hpp"
#include "web/url.hpp"

namespace home::pages {
namespace {

constexpr int recent_shown = 5;
constexpr int weeks_shown = 12;

std::string first_name(const std::string& name) {
  return name.substr(0, name.find(' '));
}

}  // namespace

web::Response dashboard(web::Context& ctx) {
  views::DashboardView view;
  view.first_name = first_name(ctx.person().name);
  cases::List recent;
  ctx.read([&](storage::Transaction& tx) {
    const people::Viewer viewer = ctx.viewer();
    recent = cases::list(tx, viewer, {.view = cases::View::mine, .limit = recent_shown});
    std::set<std::int64_t> unread;
    if (ctx.person().unread_notifications > 0) unread = notifications::unread_cases(tx, viewer.id);
    for (const cases::Line& line : recent.lines) {
      view.recent.push_back(cases::views::detailed_line_view(ctx, line));
      view.recent.back().unread = unread.contains(line.id.value);
    }
    view.total = recent.total;
    const auto counts = cases::counts(tx, viewer, cases::View::mine);
    const auto closed = counts[static_cast<std::size_t>(cases::Status::closed)];
    view.open = std::accumulate(counts.begin(), counts.end(), std::int64_t{0}) - closed;
    view.waiting_count = counts[static_cast<std::size_t>(cases::Status::waiting)];
    for (const cases::Case& report : cases::waiting(tx, viewer, 5)) {
      view.waiting.push_back(
          {.subject = report.subject,
           .address = cases::views::case_address(report.number),
           .number = cases::format_number(report.number),
           .since = base::short_date_time(ctx.locale, report.updated_at, ctx.time_zone())});
    }
    view.chart = views::chart_view(ctx, cases::weeks(tx, viewer, weeks_shown));
  });
  return ctx.render(views::dashboard, ctx.page(ctx.t(msg::layout_home), web::Section::home), view);
}

web::Response search(web::Context& ctx) {
  views::SearchView view;
  view.query = base::single_line(base::prefix(ctx.query.get("q"), 200));
  // A number names one case, and the reader wants that one.
  if (const auto number = cases::parse_number(view.query); number > 0) {
    const auto report =
        ctx.read([&](storage::Transaction& tx) { return cases::find(tx, ctx.viewer(), number); });
    if (report) return web::redirect(cases::views::case_address(report->number));
  }
  cases::List found;
  if (!view.query.empty()) {
    found = ctx.read([&](storage::Transaction& tx) {
      return cases::list(tx, ctx.viewer(), {.view = cases::View::company, .search = view.query});
    });
    view.total = found.total;
    for (const cases::Line& line : found.lines)
      view.lines.push_back(cases::views::detailed_line_view(ctx, line));
    view.list_address = "/cases?view=company&q=" + web::encode_component(view.query);
  }
  return ctx.render(views::search, ctx.page(ctx.t(msg::search_title), web::Section::search), view);
}

}  // namespace home::pages
