#include <charconv>

#include "cases/case.hpp"

namespace cases {

std::string format_number(std::int64_t number) {
  std::string text = std::to_string(number);
  if (text.size() < 8) text.insert(0, 8 - text.size(), '0');
  return text;
}

std::int64_t parse_number(std::string_view text) {
  constexpr std::string_view sign = "№";
  while (!text.empty()) {
    if (text.front() == ' ' || text.front() == '#') {
      text.remove_prefix(1);
    } else if (text.starts_with(sign)) {
      text.remove_prefix(sign.size());
    } else if (text.starts_with("\xC2\xA0")) {  // the no-break space after «№»
      text.remove_prefix(2);
    } else {
      break;
    }
  }
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole && text.size() <= 12 && number > 0 ? number : 0;
}

}  // namespace cases
