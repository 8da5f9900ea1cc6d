// The bar chart of a company's weeks, as coordinates.
#pragma once

#include <vector>

#include "cases/list.hpp"
#include "home/views.hpp"
#include "web/context.hpp"

namespace home::views {

[[nodiscard]] ChartView chart_view(const web::Context& ctx, const std::vector<cases::Week>& weeks);

}  // namespace home::views
