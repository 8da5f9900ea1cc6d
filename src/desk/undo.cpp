#include "desk/undo.hpp"

#include "base/id.hpp"
#include "base/text.hpp"

namespace desk {

std::string write_undo(const std::vector<Before>& before) {
  std::string text;
  for (const Before& entry : before) {
    if (!text.empty()) text += ',';
    text += std::to_string(entry.number) + '.' + static_cast<char>(entry.what) + '.' +
            std::to_string(entry.value);
  }
  return text;
}

std::vector<Before> read_undo(std::string_view text) {
  std::vector<Before> before;
  while (!text.empty() && before.size() < most_chosen) {
    const std::string_view entry = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), entry.size() + 1));
    const std::size_t first = entry.find('.');
    if (first == std::string_view::npos || entry.size() < first + 4 || entry[first + 2] != '.') return {};
    const auto number = base::parse_id(entry.substr(0, first));
    const auto value = base::parse_id_or_none(entry.substr(first + 3));
    const char what = entry[first + 1];
    if (!number || !value || (what != 'a' && what != 'p')) return {};
    before.push_back({.number = *number, .what = static_cast<Chosen>(what), .value = *value});
  }
  return before;
}

}  // namespace desk
