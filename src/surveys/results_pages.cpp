#include <algorithm>

#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "products/products.hpp"
#include "surveys/counts.hpp"
#include "surveys/pages.hpp"
#include "surveys/results_address_pages.hpp"
#include "surveys/views.gen.hpp"
#include "surveys/views_present.hpp"

namespace surveys::pages {
namespace {

constexpr std::size_t months_shown = 24;

views::CountView count_view(const web::Context& ctx, std::string name, const Tally& tally,
                            const AnswerQuery& query) {
  const std::int64_t total = tally.total();
  return {.name = std::move(name),
          .icon = {},
          .count = base::grouped(ctx.locale, total),
          .count_text = ctx.t(msg::count_answers, total),
          .address = answers_address(query),
          .average = views::decimal(ctx.locale, tally.average()),
          .satisfied = views::percent(ctx.locale, tally.satisfied(), total),
          .percent = 0};
}

views::CountView score_row(const web::Context& ctx, const Tally& all, int score) {
  const views::ScoreView look = views::score_view(ctx, score);
  const std::int64_t count = all.of(score);
  views::CountView row;
  row.name = std::to_string(score) + " · " + std::string(look.word);
  row.icon = look.icon;
  row.count = base::grouped(ctx.locale, count);
  row.count_text = ctx.t(msg::count_answers, count);
  row.address = answers_address({.score = score});
  row.satisfied = views::percent(ctx.locale, count, all.total());
  row.percent = static_cast<int>(count * 100 / std::max<std::int64_t>(all.total(), 1));
  return row;
}

}  // namespace

web::Response results(web::Context& ctx) {
  const Results found = ctx.read([](storage::Transaction& tx) { return surveys::results(tx); });
  const auto catalogue = products::catalogue(ctx.environment.database);
  views::ResultsView view;
  view.empty = found.all.total() == 0;
  view.all = count_view(ctx, {}, found.all, {});
  view.average = view.all.average;
  view.satisfied = view.all.satisfied;
  for (int score = highest_score; score >= lowest_score; --score)
    view.scores.push_back(score_row(ctx, found.all, score));
  for (const ProductTally& one : found.products) {
    view.products.push_back(count_view(ctx, products::name_of(*catalogue, one.product_id), one.tally,
                                       {.product_id = one.product_id}));
  }
  for (const MonthTally& one : found.months) {
    if (view.months.size() == months_shown) break;
    view.months.push_back(
        count_view(ctx, views::month_name(ctx.locale, one.month), one.tally, {.month = one.month}));
  }
  return ctx.render(views::results, ctx.page(ctx.t(msg::surveys_title), web::Section::surveys), view);
}

}  // namespace surveys::pages
