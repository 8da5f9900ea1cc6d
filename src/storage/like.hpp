// Patterns of LIKE, for look-ups that no index of words serves.
#pragma once

#include <string>
#include <string_view>

namespace storage {

// Matches what holds `text`. The query says ESCAPE '!'. An empty text matches everything.
[[nodiscard]] inline std::string containing(std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  return text.empty() ? pattern : pattern + '%';
}

}  // namespace storage
