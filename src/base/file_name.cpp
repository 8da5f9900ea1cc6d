#include "base/file_name.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

namespace base {
namespace {

constexpr std::size_t longest_extension = 20;  // bytes, with its dot
constexpr UChar32 replacement = 0xFFFD;

void append_code_point(std::string& out, UChar32 point) {
  char bytes[U8_MAX_LENGTH];
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, point);
  out.append(bytes, static_cast<std::size_t>(length));
}

// What nobody can see but what changes how the rest is read.
bool is_hidden(UChar32 point) {
  switch (u_charType(point)) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:  // joins, directions, byte order marks, tags
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_SURROGATE:
    case U_PRIVATE_USE_CHAR:
    case U_UNASSIGNED:
      return true;
    default:
      return u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
  }
}

std::string visible(std::string_view name) {
  std::string out;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(name.data());
  const std::size_t size = name.size();
  for (std::size_t at = 0; at < size;) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, size, point);
    if (point < 0) {
      append_code_point(out, replacement);
    } else if (u_isUWhiteSpace(point)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (!is_hidden(point)) {
      append_code_point(out, point);
    }
  }
  return out;
}

std::string_view last_part(std::string_view path) {
  const auto slash = path.find_last_of("/\\");
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// At most `bytes`, never ending inside a character.
std::string_view shortened(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

std::string_view without_end(std::string_view name) {
  return name.substr(0, name.find_last_not_of(" .") + 1);
}

}  // namespace

std::string clean_file_name(std::string_view name) {
  // Cut before the walk, which would otherwise be as long as the sender likes.
  std::string clean =
      visible(last_part(name.substr(name.size() - std::min(name.size(), std::size_t{16 * 1024}))));
  clean.resize(without_end(clean).size());
  if (clean.empty()) return "file";
  if (clean.size() <= longest_file_name) return clean;
  const auto dot = clean.rfind('.');
  const std::string extension =
      dot == std::string::npos || dot == 0 || clean.size() - dot > longest_extension ? "" : clean.substr(dot);
  const auto stem = without_end(shortened(clean, longest_file_name - extension.size()));
  return std::string(stem) + extension;
}

}  // namespace base
