#include <fmt/format.h>

#include "app/routes.hpp"

namespace app {
namespace {

// In the order of web::Access.
constexpr std::string_view access_names[] = {"everyone",      "signed_in", "approver", "staff",
                                             "administrator", "demo",      "machine",  "owner"};

// Takes the next segment off a path that begins with '/'.
std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  const auto end = path.find('/');
  const std::string_view segment = path.substr(0, end);
  path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
  return segment;
}

bool matches(std::string_view pattern, std::string_view path,
             std::vector<std::pair<std::string, std::string>>& parameters) {
  parameters.clear();
  while (!pattern.empty() && !path.empty()) {
    const std::string_view expected = take_segment(pattern);
    const std::string_view segment = take_segment(path);
    if (expected.starts_with('{')) {
      if (segment.empty()) return false;
      parameters.emplace_back(expected.substr(1, expected.size() - 2), segment);
    } else if (expected != segment) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

}  // namespace

Found find_route(web::Method method, std::string_view path) {
  const web::Method wanted = method == web::Method::head ? web::Method::get : method;
  Found found;
  std::vector<std::pair<std::string, std::string>> parameters;
  for (const web::Route& route : routes()) {
    if (!matches(route.pattern, path, parameters)) continue;
    if (route.method == method || route.method == wanted) {
      found.route = &route;
      found.parameters = std::move(parameters);
      return found;
    }
    found.others.push_back(route.method);
  }
  return found;
}

std::string_view name_of(web::Method method) {
  static constexpr std::string_view names[] = {"GET",   "HEAD",   "POST",    "PUT",
                                               "PATCH", "DELETE", "OPTIONS", ""};
  return names[static_cast<std::size_t>(method)];
}

std::string list_routes() {
  std::string lines;
  for (const web::Route& route : routes()) {
    lines += fmt::format("{:<7} {:<36} {}\n", name_of(route.method), route.pattern,
                         access_names[static_cast<std::size_t>(route.access)]);
  }
  return lines;
}

}  // namespace app
