#include "surveys/views_present.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "surveys/counts.hpp"

namespace surveys::views {

ScoreView score_view(const web::Context& ctx, int score) {
  struct Look {
    std::string_view icon;
    base::Message word;
    std::string_view color;
  };
  static constexpr std::array<Look, highest_score> looks{{{"angry", msg::survey_score_1, "red"},
                                                          {"frown", msg::survey_score_2, "red"},
                                                          {"meh", msg::survey_score_3, "amber"},
                                                          {"smile", msg::survey_score_4, "green"},
                                                          {"laugh", msg::survey_score_5, "green"}}};
  const Look& look = looks.at(static_cast<std::size_t>(std::clamp(score, lowest_score, highest_score) - 1));
  return {.score = score, .icon = look.icon, .word = ctx.t(look.word), .color = look.color};
}

std::string decimal(base::Locale locale, double value) {
  std::string text = fmt::format("{:.1f}", value);
  if (locale == base::Locale::ru) std::ranges::replace(text, '.', ',');
  return text;
}

std::string percent(base::Locale locale, std::int64_t part, std::int64_t whole) {
  if (whole == 0) return "—";
  const std::int64_t share = (part * 200 + whole) / (whole * 2);
  return fmt::format("{}{}%", share, locale == base::Locale::ru ? "\u00A0" : "");
}

std::string month_name(base::Locale locale, std::int64_t month) {
  const std::string day = base::date(locale, month_begins(month), "UTC");  // «1 нояб. 2026»
  std::string name = day.substr(std::min(day.size(), day.find_first_not_of("1 \u00A0")));
  // Dates say the month in the genitive, which only May shows when it is shortened.
  if (name.starts_with("мая")) name.replace(0, std::string_view("мая").size(), "май");
  return name;
}

}  // namespace surveys::views
