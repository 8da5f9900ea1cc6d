// Who may include whom in src/. The rules are listed in check_includes.cpp.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

struct Breach {
  std::string path;  // relative to src/
  std::size_t line = 0;
  std::string why;
};

// `sources` maps paths relative to src/ to what the files hold. Breaches come in the order of the paths.
[[nodiscard]] std::vector<Breach> check_includes(const std::map<std::string, std::string>& sources);

}  // namespace tools
