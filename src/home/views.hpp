// What the templates of the dashboard and of the search page are given.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cases/views.hpp"

namespace home::views {

// One week of the chart, in the coordinates of its drawing (704 x 176).
struct BarView {
  std::string week;  // «31.08»
  std::int64_t opened = 0;
  std::int64_t solved = 0;
  std::string x1;  // of the first bar, of the second, and of the label under them
  std::string x2;
  std::string label_x;
  std::string y1;
  std::string height1;
  std::string y2;
  std::string height2;
  bool labelled = false;
};

struct GridView {
  std::string y;
  std::string text_y;
  std::int64_t value = 0;
};

struct ChartView {
  std::vector<BarView> bars;
  std::vector<GridView> grid;
  std::int64_t opened = 0;
  std::int64_t solved = 0;
  std::int64_t peak = 0;
  std::string peak_week;
};

struct WaitingView {
  std::string subject;
  std::string address;
  std::string number;
  std::string since;
};

struct DashboardView {
  std::string first_name;
  std::vector<cases::views::LineView> recent;
  std::int64_t total = 0;
  std::int64_t open = 0;
  std::int64_t waiting_count = 0;
  std::vector<WaitingView> waiting;
  ChartView chart;
};

struct SearchView {
  std::string query;
  std::vector<cases::views::LineView> lines;
  std::int64_t total = 0;
  std::string list_address;
};

}  // namespace home::views
