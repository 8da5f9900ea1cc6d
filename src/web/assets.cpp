#include "web/assets.hpp"

#include <span>
#include <unordered_map>

namespace web {

// Defined by the generated asset_data.cpp.
std::span<const EmbeddedAsset> embedded_assets();

namespace {

struct Index {
  std::unordered_map<std::string_view, const Asset*> by_path;
  std::unordered_map<std::string_view, std::string_view> paths;
};

const Index& index() {
  static const Index built = [] {
    Index made;
    for (const EmbeddedAsset& entry : embedded_assets()) {
      made.by_path.emplace(entry.path, &entry.asset);
      made.paths.emplace(entry.name, entry.path);
    }
    return made;
  }();
  return built;
}

}  // namespace

const Asset* find_asset(std::string_view path) {
  const auto found = index().by_path.find(path);
  return found == index().by_path.end() ? nullptr : found->second;
}

std::string_view asset_url(std::string_view name) {
  const auto found = index().paths.find(name);
  return found == index().paths.end() ? std::string_view() : found->second;
}

}  // namespace web
