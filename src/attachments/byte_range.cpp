#include "attachments/byte_range.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

namespace attachments {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Digits alone; a number beyond all files stands for the end of every file.
std::optional<std::uint64_t> parse_position(std::string_view text) {
  if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() ? number : UINT64_MAX;
}

bool is_bytes(std::string_view unit) {
  return std::ranges::equal(unit, std::string_view("bytes"), {},
                            [](char c) { return static_cast<char>(c | 0x20); });
}

}  // namespace

ByteRange choose_range(std::string_view header, std::uint64_t size) {
  const ByteRange whole{.kind = ByteRange::Kind::whole, .offset = 0, .length = size};
  const ByteRange unsatisfiable{.kind = ByteRange::Kind::unsatisfiable, .offset = 0, .length = 0};
  const auto equals = header.find('=');
  if (equals == std::string_view::npos || !is_bytes(trimmed(header.substr(0, equals)))) return whole;
  const auto set = trimmed(header.substr(equals + 1));
  const auto dash = set.find('-');
  if (dash == std::string_view::npos) return whole;
  const auto first_text = trimmed(set.substr(0, dash));
  const auto last_text = trimmed(set.substr(dash + 1));
  const auto last = parse_position(last_text);

  if (first_text.empty()) {  // the last so many bytes
    if (!last) return whole;
    const std::uint64_t length = std::min(*last, size);
    if (length == 0) return unsatisfiable;
    return {.kind = ByteRange::Kind::part, .offset = size - length, .length = length};
  }
  const auto first = parse_position(first_text);
  if (!first || (!last && !last_text.empty()) || (last && *last < *first)) return whole;
  if (*first >= size) return unsatisfiable;
  const std::uint64_t end = last ? std::min(*last, size - 1) : size - 1;
  return {.kind = ByteRange::Kind::part, .offset = *first, .length = end - *first + 1};
}

bool names_etag(std::string_view header, std::string_view etag) {
  while (!header.empty()) {
    const auto comma = header.find(',');
    auto name = trimmed(header.substr(0, comma));
    if (name.starts_with("W/")) name.remove_prefix(2);
    if (name == "*" || name == etag) return true;
    if (comma == std::string_view::npos) return false;
    header.remove_prefix(comma + 1);
  }
  return false;
}

}  // namespace attachments
