// Every address of the portal. What is not listed does not exist; what says nothing else needs a session.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/route.hpp"

namespace app {

[[nodiscard]] std::span<const web::Route> routes();

[[nodiscard]] std::string_view name_of(web::Method method);

// A line for each: method, pattern, who may ask. «GET /cases/{number} signed_in»
[[nodiscard]] std::string list_routes();

struct Found {
  const web::Route* route = nullptr;
  std::vector<std::pair<std::string, std::string>> parameters;
  std::vector<web::Method> others;  // methods that the path has, when not the one asked for
};

// HEAD finds what GET answers.
[[nodiscard]] Found find_route(web::Method method, std::string_view path);

}  // namespace app
