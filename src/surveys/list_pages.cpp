#include <fmt/format.h>

#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "products/products.hpp"
#include "surveys/answers.hpp"
#include "surveys/pages.hpp"
#include "surveys/results_address_pages.hpp"
#include "surveys/views.gen.hpp"
#include "surveys/views_present.hpp"

namespace surveys::pages {
namespace {

constexpr std::size_t lines_on_a_page = 25;

// One chip for each filter; its link takes it away.
std::vector<views::FilterView> filters_of(const web::Context& ctx, AnswerQuery query) {
  query.after = {};
  std::vector<views::FilterView> filters;
  const auto add = [&](base::Message name, std::string value, const AnswerQuery& without) {
    filters.push_back({.text = ctx.t(msg::surveys_open, std::string(ctx.t(name)), value),
                       .address = answers_address(without)});
  };
  AnswerQuery without = query;
  if (query.score > 0) {
    without.score = 0;
    add(msg::surveys_score, std::to_string(query.score), without);
  }
  without = query;
  if (query.product_id) {
    without.product_id = {};
    const auto catalogue = products::catalogue(ctx.environment.database);
    add(msg::surveys_product, products::name_of(*catalogue, query.product_id), without);
  }
  without = query;
  if (query.month >= 0) {
    without.month = -1;
    add(msg::surveys_month, views::month_name(ctx.locale, query.month), without);
  }
  return filters;
}

views::LineView line_view(const web::Context& ctx, const AnswerLine& line) {
  const auto catalogue = products::catalogue(ctx.environment.database);
  return {.score = views::score_view(ctx, line.score),
          .comment = line.comment,
          .number = fmt::format("{:08}", line.number),
          .subject = line.subject,
          .person = line.person,
          .account = line.account,
          .product = products::name_of(*catalogue, line.product_id),
          .time = base::short_date_time(ctx.locale, line.answered_at, ctx.time_zone()),
          .time_iso = base::iso_time(line.answered_at)};
}

}  // namespace

web::Response answers(web::Context& ctx) {
  AnswerQuery query = read_answers_address(ctx.query);
  query.limit = static_cast<int>(lines_on_a_page) + 1;
  auto lines = ctx.read([&](storage::Transaction& tx) { return surveys::answers(tx, query); });
  views::ListView view;
  view.filters = filters_of(ctx, query);
  if (lines.size() > lines_on_a_page) {
    lines.resize(lines_on_a_page);
    query.after = {.at = lines.back().answered_at, .id = lines.back().id};
    view.next = answers_address(query);
  }
  for (const AnswerLine& line : lines) view.lines.push_back(line_view(ctx, line));
  return ctx.render(views::answers, ctx.page(ctx.t(msg::surveys_list), web::Section::surveys), view);
}

}  // namespace surveys::pages
