// What the page of an answer to a solution shows.
#pragma once

#include <string>
#include <string_view>

#include "base/safe_html.hpp"
#include "web/form_errors.hpp"

namespace cases::views {

struct SolutionView {
  std::string title;
  std::string number;
  std::string subject;
  base::SafeHtml solution;
  std::string action;  // where the form goes
  std::string draft;
  std::string answer;  // "helped", "remains", or empty
  std::string comment;
  bool waiting = false;  // for the answer; otherwise `outcome` says what became of the case
  std::string_view outcome;
  std::string case_address;
  std::string error_title;
  web::FormErrors errors;
};

}  // namespace cases::views
