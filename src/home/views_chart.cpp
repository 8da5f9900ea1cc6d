#include "home/views_chart.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/format.hpp"

namespace home::views {
namespace {

constexpr double top = 12;
constexpr double bottom = 150;
constexpr double left = 30;
constexpr double right = 700;
constexpr double bar_width = 15;

// The smallest round number of which three steps reach the peak.
std::int64_t step_for(std::int64_t peak) {
  for (std::int64_t scale = 1;; scale *= 10) {
    for (const std::int64_t step : {1, 2, 5}) {
      if (step * scale * 3 >= peak) return step * scale;
    }
  }
}

std::string coordinate(double value) {
  const std::int64_t tenths = std::llround(value * 10);
  return std::to_string(tenths / 10) + '.' + std::to_string(std::abs(tenths % 10));
}

}  // namespace

ChartView chart_view(const web::Context& ctx, const std::vector<cases::Week>& weeks) {
  ChartView chart;
  std::int64_t highest = 1;
  for (const cases::Week& week : weeks) highest = std::max({highest, week.opened, week.solved});
  const std::int64_t step = step_for(highest);
  const double unit = (bottom - top) / static_cast<double>(step * 3);
  for (std::int64_t i = 0; i <= 3; ++i) {
    const double y = bottom - static_cast<double>(step * i) * unit;
    chart.grid.push_back({.y = coordinate(y), .text_y = coordinate(y + 4), .value = step * i});
  }
  const double slot = (right - left) / static_cast<double>(std::max<std::size_t>(weeks.size(), 1));
  for (std::size_t i = 0; i < weeks.size(); ++i) {
    const cases::Week& week = weeks[i];
    const double center = left + slot * (static_cast<double>(i) + 0.5);
    const double height1 = static_cast<double>(week.opened) * unit;
    const double height2 = static_cast<double>(week.solved) * unit;
    chart.bars.push_back({.week = base::day_month(ctx.locale, week.begins, "UTC"),
                          .opened = week.opened,
                          .solved = week.solved,
                          .x1 = coordinate(center - bar_width - 1.5),
                          .x2 = coordinate(center + 1.5),
                          .label_x = coordinate(center),
                          .y1 = coordinate(bottom - height1),
                          .height1 = coordinate(height1),
                          .y2 = coordinate(bottom - height2),
                          .height2 = coordinate(height2),
                          .labelled = i % 2 == 0});
    chart.opened += week.opened;
    chart.solved += week.solved;
    if (week.opened > chart.peak) {
      chart.peak = week.opened;
      chart.peak_week = chart.bars.back().week;
    }
  }
  return chart;
}

}  // namespace home::views
