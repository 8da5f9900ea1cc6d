#include "surveys/counts.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <numeric>
#include <tuple>

#include "surveys/queries.hpp"

namespace surveys {
namespace {

std::chrono::sys_days day_of(base::Instant at) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(at.microseconds)));
}

}  // namespace

std::int64_t month_of(base::Instant at) {
  const std::chrono::year_month_day date(day_of(at));
  return (int{date.year()} - 1970) * 12LL + static_cast<int>(unsigned{date.month()}) - 1;
}

base::Instant month_begins(std::int64_t month) {
  using namespace std::chrono;
  const year_month_day first = year{1970} / January / 1d + months(month);
  return base::Instant{} + base::days(sys_days(first).time_since_epoch().count());
}

void count(storage::Transaction& tx, const Survey& answered, std::int64_t by) {
  tx.run(sql::add_count, month_of(answered.answered_at), answered.product_id, answered.score, by);
}

std::int64_t Tally::total() const {
  return std::accumulate(scores.begin(), scores.end(), std::int64_t{0});
}

std::int64_t Tally::satisfied() const {
  return std::accumulate(scores.begin() + (satisfied_from - 1), scores.end(), std::int64_t{0});
}

double Tally::average() const {
  std::int64_t sum = 0;
  for (int score = lowest_score; score <= highest_score; ++score) sum += score * of(score);
  return total() == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(total());
}

void Tally::add(int score, std::int64_t count) {
  scores.at(static_cast<std::size_t>(score) - 1) += count;
}

Results results(storage::Transaction& tx) {
  using Row = std::tuple<std::int64_t, base::ProductId, std::int64_t, std::int64_t>;
  Results found;
  std::map<base::ProductId, Tally> products;
  std::map<std::int64_t, Tally, std::greater<>> months;
  for (const auto& [month, product, score, count] : tx.all<Row>(sql::counts)) {
    found.all.add(static_cast<int>(score), count);
    products[product].add(static_cast<int>(score), count);
    months[month].add(static_cast<int>(score), count);
  }
  for (const auto& [product, tally] : products) found.products.push_back({product, tally});
  std::ranges::sort(found.products, std::less<>(),
                    [](const ProductTally& one) { return std::pair(-one.tally.total(), one.product_id); });
  for (const auto& [month, tally] : months) found.months.push_back({month, tally});
  return found;
}

}  // namespace surveys
