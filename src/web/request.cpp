#include "web/request.hpp"

#include <algorithm>

namespace web {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
  const auto found =
      std::ranges::find_if(headers, [&](const auto& field) { return same_name(field.first, name); });
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

// RFC 6265, 5.4; a client may also send several Cookie headers. Of cookies of one name the first counts: user
// agents put the one with the longer path first.
std::optional<std::string> Request::cookie(std::string_view name) const {
  for (const auto& [field, value] : headers) {
    if (!same_name(field, "cookie")) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto pair = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
      const auto equals = pair.find('=');
      if (equals == std::string_view::npos || trimmed(pair.substr(0, equals)) != name) continue;
      auto content = trimmed(pair.substr(equals + 1));
      if (content.size() >= 2 && content.front() == '"' && content.back() == '"') {
        content = content.substr(1, content.size() - 2);
      }
      return std::string(content);
    }
  }
  return std::nullopt;
}

}  // namespace web
