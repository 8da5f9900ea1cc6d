#include "tools/include_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "tools/files.hpp"

namespace tools {
namespace {

constexpr std::array<std::string_view, 7> layers = {"base", "storage", "web", "net", "blobs", "jobs", "app"};

struct Include {
  std::size_t line = 0;
  std::string_view path;
};

std::vector<Include> includes_of(std::string_view source) {
  std::vector<Include> list;
  std::size_t line = 0;
  for (const std::string_view text : split(source, '\n')) {
    ++line;
    std::string_view rest = trim(text);
    if (!rest.starts_with('#')) continue;
    rest = trim(rest.substr(1));
    if (!rest.starts_with("include")) continue;
    rest = trim(rest.substr(7));
    const std::size_t end = rest.starts_with('"') ? rest.find('"', 1) : std::string_view::npos;
    if (end != std::string_view::npos) list.push_back({.line = line, .path = rest.substr(1, end - 1)});
  }
  return list;
}

// The folder that a path belongs to: "storage/sqlite" for drivers, the first folder otherwise, "" for
// main.cpp.
std::string_view folder_of(std::string_view path) {
  for (const std::string_view driver : {"storage/sqlite", "storage/postgres"})
    if (path.starts_with(driver) && path.substr(driver.size()).starts_with('/')) return driver;
  const std::size_t slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool is_layer(std::string_view folder) {
  return std::ranges::find(layers, folder) != layers.end();
}
bool is_driver(std::string_view folder) {
  return folder.starts_with("storage/");
}
bool is_module(std::string_view folder) {
  return !folder.empty() && !is_layer(folder) && !is_driver(folder);
}

// Pages, API, views and commands stand above the domain of their module.
bool is_page(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::string_view stem = name.substr(0, name.find('.'));
  const auto begins = [&](std::string_view word) { return stem.starts_with(word); };
  return begins("pages") || begins("api") || begins("views") || begins("commands") ||
         stem.ends_with("_pages") || stem.ends_with("_api") || path.contains("/views/");
}

// What only tests include may know everything, as they do.
bool is_for_tests(std::string_view path) {
  return path.ends_with("_test.cpp") || path.ends_with("testing.hpp") || path.ends_with("for_tests.hpp");
}

// Why a file may not include another one; empty when it may.
std::string refusal(std::string_view path, std::string_view included) {
  const std::string_view from = folder_of(path);
  const std::string_view to = folder_of(included);
  if (from == to || to.empty() || from == "app" || from.empty()) return {};
  if (to == "app") return "only main.cpp may include app";
  if (is_driver(to)) return "only app may name a driver";
  if (to == "net") return "only app and main.cpp may include net";
  if (from == "base") return "base includes nothing but base";
  if (from == "storage" && to != "base") return "storage includes nothing but base";
  if (is_driver(from) && to != "base" && to != "storage")
    return "a driver includes nothing but storage and base";
  if (from == "blobs" && to != "base") return "blobs includes nothing but base";
  if (from == "jobs" && (is_module(to) || to == "web")) return "jobs knows neither modules nor web";
  if (from == "net" && (is_module(to) || to == "storage")) return "net knows neither modules nor storage";
  if (is_module(from) && !is_page(path) && to == "web") return "the domain does not know web";
  if (is_module(from) && !is_page(path) && is_page(included)) return "the domain does not know pages";
  return {};
}

// Modules whose domains include each other in a circle, such as "cases -> mail -> cases"; empty when there
// are none.
std::string circle(const std::map<std::string_view, std::set<std::string_view>>& uses) {
  std::vector<std::string_view> way;
  std::set<std::string_view> done;
  std::string found;
  const std::function<void(std::string_view)> visit = [&](std::string_view module) {
    if (!found.empty() || done.contains(module)) return;
    const auto begin = std::ranges::find(way, module);
    if (begin != way.end()) {
      for (auto step = begin; step != way.end(); ++step) found += fmt::format("{} -> ", *step);
      found += module;
      return;
    }
    way.push_back(module);
    if (const auto next = uses.find(module); next != uses.end())
      for (const std::string_view other : next->second) visit(other);
    way.pop_back();
    done.insert(module);
  };
  for (const auto& [module, others] : uses) visit(module);
  return found;
}

}  // namespace

std::vector<Breach> check_includes(const std::map<std::string, std::string>& sources) {
  std::vector<Breach> breaches;
  std::map<std::string_view, std::set<std::string_view>> uses;
  for (const auto& [path, source] : sources) {
    if (is_for_tests(path)) continue;
    for (const Include& include : includes_of(source)) {
      if (std::string why = refusal(path, include.path); !why.empty())
        breaches.push_back(
            {.path = path, .line = include.line, .why = fmt::format("includes {}: {}", include.path, why)});
      const std::string_view from = folder_of(path);
      const std::string_view to = folder_of(include.path);
      if (from != to && is_module(from) && is_module(to) && !is_page(path)) uses[from].insert(to);
    }
  }
  if (const std::string modules = circle(uses); !modules.empty())
    breaches.push_back({.path = modules.substr(0, modules.find(' ')),
                        .line = 1,
                        .why = fmt::format("modules include each other in a circle: {}", modules)});
  return breaches;
}

}  // namespace tools
