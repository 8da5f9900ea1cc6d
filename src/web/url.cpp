#include "web/url.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "web/utf8.hpp"

namespace web {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The byte that the escape at `at` stands for; -1 when there is no whole escape.
int escaped_byte(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return -1;
  const int high = hex_digit(text[at + 1]);
  const int low = hex_digit(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::string decode_parameter(std::string_view encoded) {
  std::string out;
  out.reserve(encoded.size());
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (encoded[i] == '+') {
      out += ' ';
    } else if (const int byte = encoded[i] == '%' ? escaped_byte(encoded, i) : -1; byte >= 0) {
      out += static_cast<char>(byte);
      i += 2;
    } else {
      out += encoded[i];
    }
  }
  return valid_text(std::move(out));
}

}  // namespace

std::optional<std::string> decode_path(std::string_view encoded) {
  if (!encoded.starts_with('/')) return std::nullopt;
  std::string out;
  out.reserve(encoded.size());
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (encoded[i] != '%') {
      out += encoded[i];
      continue;
    }
    const int byte = escaped_byte(encoded, i);
    if (byte <= 0) return std::nullopt;
    out += static_cast<char>(byte);
    i += 2;
  }
  if (out.find('\0') != std::string::npos || !base::valid_utf8(out)) return std::nullopt;
  return out;
}

std::string encode_component(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view plain = "-._~";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (alphanumeric || plain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

std::string_view Parameters::get(std::string_view name) const {
  const auto found = std::ranges::find(all_, name, &std::pair<std::string, std::string>::first);
  return found == all_.end() ? std::string_view() : std::string_view(found->second);
}

bool Parameters::has(std::string_view name) const {
  return std::ranges::find(all_, name, &std::pair<std::string, std::string>::first) != all_.end();
}

std::vector<std::string_view> Parameters::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [key, value] : all_) {
    if (key == name) values.emplace_back(value);
  }
  return values;
}

std::optional<Parameters> parse_parameters(std::string_view encoded, const ParameterLimits& limits) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!encoded.empty()) {
    const auto piece = encoded.substr(0, encoded.find('&'));
    encoded.remove_prefix(std::min(piece.size() + 1, encoded.size()));
    if (piece.empty()) continue;
    if (pairs.size() >= limits.count) return std::nullopt;
    const auto equals = piece.find('=');
    std::string name = decode_parameter(piece.substr(0, equals));
    std::string value =
        equals == std::string_view::npos ? std::string() : decode_parameter(piece.substr(equals + 1));
    if (name.size() > limits.name_bytes || value.size() > limits.value_bytes) return std::nullopt;
    pairs.emplace_back(std::move(name), std::move(value));
  }
  return Parameters(std::move(pairs));
}

}  // namespace web
