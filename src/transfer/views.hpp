// What the page of import and export shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/form_errors.hpp"

namespace transfer {

struct LineView {
  std::size_t number = 0;
  std::string_view pill;
  std::string_view icon;
  std::string_view outcome;
  std::string title;
  std::vector<std::string> details;  // what is wrong, or what changes
};

struct CountView {
  std::string_view label;
  std::string count;
};

struct ChooseView {
  std::string people_columns;
  std::string accounts_columns;
  bool accounts = false;  // chosen
  bool invite = false;
  std::string_view title_of_errors;
  web::FormErrors errors;
};

struct ReportView {
  std::string_view what;  // as in the form
  std::string upload;
  bool invite = false;
  bool can_apply = false;
  std::vector<CountView> counts;
  std::vector<LineView> lines;
  std::string shown;  // «Показаны первые …»; empty: all of them are
};

}  // namespace transfer
