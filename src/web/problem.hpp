// The page that says what went wrong. `web::problem` of context.hpp makes it.
#pragma once

#include <string>
#include <string_view>

namespace web {

struct ProblemView {
  std::string_view icon;
  std::string_view title;
  std::string_view text;       // what to do about it
  bool names_request = false;  // the reader may be asked for the request's id
};

}  // namespace web
