// How scores and shares look.
#pragma once

#include <cstdint>
#include <string>

#include "surveys/survey.hpp"
#include "surveys/views.hpp"
#include "web/context.hpp"

namespace surveys::views {

[[nodiscard]] ScoreView score_view(const web::Context& ctx, int score);

// «4,3», "4.3"
[[nodiscard]] std::string decimal(base::Locale locale, double value);
// «86 %», "86%"; a dash of none
[[nodiscard]] std::string percent(base::Locale locale, std::int64_t part, std::int64_t whole);
// «нояб. 2026»
[[nodiscard]] std::string month_name(base::Locale locale, std::int64_t month);

}  // namespace surveys::views
