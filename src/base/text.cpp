#include "base/text.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

namespace base {
namespace {

using Point = std::int32_t;

// Calls `take(point)` for each code point; invalid bytes come as U+FFFD.
template <class Take>
void for_each_point(std::string_view text, Take take) {
  const auto size = static_cast<std::int32_t>(text.size());
  std::int32_t at = 0;
  while (at < size) {
    Point point = 0;
    U8_NEXT_OR_FFFD(text.data(), at, size, point);
    take(point);
  }
}

void append(std::string& out, Point point) {
  char buffer[U8_MAX_LENGTH];
  std::int32_t length = 0;
  UBool failed = false;
  U8_APPEND(buffer, length, U8_MAX_LENGTH, point, failed);
  if (!failed) out.append(buffer, static_cast<std::size_t>(length));
}

Point fold_point(Point point) {
  if (point < 0x80) return point >= 'A' && point <= 'Z' ? point + 32 : point;
  if (point >= 0x410 && point <= 0x42F) return point + 32;  // А to Я
  if (point == 0x401 || point == 0x451) return 0x435;       // Ё, ё
  return u_tolower(point);
}

bool is_space(Point point) {
  return u_isUWhiteSpace(point) || point == 0x200B || point == 0xFEFF;
}

// Characters that change how a line reads without being seen: bidirectional overrides and isolates.
bool is_hidden(Point point) {
  return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

bool is_control(Point point) {
  return u_charType(point) == U_CONTROL_CHAR || is_hidden(point);
}

}  // namespace

bool valid_utf8(std::string_view text) {
  const auto size = static_cast<std::int32_t>(text.size());
  std::int32_t at = 0;
  while (at < size) {
    // Long runs of ASCII are the common case.
    if (static_cast<unsigned char>(text[static_cast<std::size_t>(at)]) < 0x80) {
      ++at;
      continue;
    }
    Point point = 0;
    U8_NEXT(text.data(), at, size, point);
    if (point < 0) return false;
  }
  return true;
}

std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view prefix(std::string_view text, std::size_t points) {
  std::size_t at = 0;
  while (at < text.size() && points > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    --points;
  }
  return text.substr(0, at);
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n\f\v";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string single_line(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  bool gap = false;
  for_each_point(text, [&](Point point) {
    // A no-break space is chosen on purpose («№ 5»), so it stays itself.
    if (point == 0xA0 || !(is_space(point) || is_control(point))) {
      if (gap && !line.empty()) line += ' ';
      gap = false;
      append(line, point);
    } else {
      gap = true;
    }
  });
  return line;
}

std::string plain_lines(std::string_view text) {
  std::string lines;
  lines.reserve(text.size());
  Point before = 0;
  for_each_point(text, [&](Point point) {
    if (point == '\r' || (point == '\n' && before == '\r')) {
      if (point == '\r') lines += '\n';
    } else if (point == '\n' || point == '\t' || !is_control(point)) {
      append(lines, point);
    }
    before = point;
  });
  const auto last = lines.find_last_not_of(" \t\n");
  lines.resize(last == std::string::npos ? 0 : last + 1);
  return lines;
}

std::string fold(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for_each_point(text, [&](Point point) { append(folded, fold_point(point)); });
  return folded;
}

std::string sort_key(std::string_view text) {
  return fold(prefix(text, 60));
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> found;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) found.push_back(std::move(word));
    word.clear();
  };
  for_each_point(text, [&](Point point) {
    if (u_isalnum(point)) {
      append(word, fold_point(point));
    } else {
      end_word();
    }
  });
  end_word();
  return found;
}

std::string mail_key(std::string_view address) {
  address = trim(address);
  const auto at = address.rfind('@');
  const bool shaped =
      at != std::string_view::npos && at > 0 && at + 1 < address.size() && address.size() <= 254 &&
      address.find_first_of(" \t\r\n<>,;\"()[]\\") == std::string_view::npos && address.find('@') == at &&
      valid_utf8(address) &&
      std::ranges::none_of(address, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return shaped ? fold(address) : std::string{};
}

std::string initials(std::string_view name) {
  std::string letters;
  int taken = 0;
  bool at_start = true;
  for_each_point(name, [&](Point point) {
    if (!u_isalnum(point)) {
      at_start = point == ' ' || point == '-' || at_start;
    } else if (at_start && taken < 2) {
      append(letters, u_toupper(point));
      ++taken;
      at_start = false;
    } else {
      at_start = false;
    }
  });
  return letters;
}

}  // namespace base
