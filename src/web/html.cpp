#include "web/html.hpp"

#include <algorithm>
#include <charconv>

namespace web {
namespace {

// The reference for each byte that needs one; empty for all others.
constexpr std::array<std::string_view, 256> references = [] {
  std::array<std::string_view, 256> table{};
  table['&'] = "&amp;";
  table['<'] = "&lt;";
  table['>'] = "&gt;";
  table['"'] = "&quot;";
  table['\''] = "&#39;";
  return table;
}();

constexpr std::array<bool, 256> needs_reference = [] {
  std::array<bool, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = !references[i].empty();
  return table;
}();

// RFC 3986, section 2.3.
constexpr std::array<bool, 256> unreserved = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"))
    table[static_cast<unsigned char>(c)] = true;
  return table;
}();

// What a ready query may hold unencoded: RFC 3986, section 3.4, without the quote, and the sign of an encoded
// byte.
constexpr std::array<bool, 256> query_character = [] {
  std::array<bool, 256> table = unreserved;
  for (const char c : std::string_view("!$&()*+,;=:@/?%")) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

void append_percent_encoded(std::string& out, unsigned char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const char encoded[] = {'%', digits[byte >> 4], digits[byte & 15]};
  out.append(encoded, sizeof encoded);
}

bool has_scheme(std::string_view url, std::string_view scheme) {
  return url.size() > scheme.size() && url[scheme.size()] == ':' &&
         std::ranges::equal(url.substr(0, scheme.size()), scheme,
                            [](char a, char b) { return (a | 0x20) == b; });
}

}  // namespace

void Html::text(std::string_view value) {
  const char* run = value.data();
  const char* const end = run + value.size();
  for (const char* p = run; p != end; ++p) {
    const auto byte = static_cast<unsigned char>(*p);
    if (!needs_reference[byte]) [[likely]]
      continue;
    out_.append(run, p);
    out_.append(references[byte]);
    run = p + 1;
  }
  out_.append(run, end);
}

void Html::url(std::string_view value) {
  if (is_safe_url(value))
    text(value);
  else
    out_ += '#';
}

void Html::url_part(std::string_view value) {
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (unreserved[byte])
      out_ += c;
    else
      append_percent_encoded(out_, byte);
  }
}

void Html::url_query(std::string_view value) {
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&')
      out_ += "&amp;";
    else if (query_character[byte])
      out_ += c;
    else
      append_percent_encoded(out_, byte);
  }
}

void Html::signed_number(std::int64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out_.append(digits, end);
}

void Html::unsigned_number(std::uint64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out_.append(digits, end);
}

void Html::message_list(base::Locale locale, base::Message message,
                        std::span<const base::MessageArgument> arguments) {
  base::walk(
      base::pattern(locale, message, arguments), arguments, [&](std::string_view literal) { text(literal); },
      [&](const base::MessageArgument& argument) {
        if (argument.is_number())
          text(base::grouped(locale, argument.number()));
        else
          text(argument.text());
      });
}

bool is_safe_url(std::string_view url) {
  if (url.empty()) return true;
  if (std::ranges::any_of(url, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
    return false;
  if (url[0] == '?' || url[0] == '#') return true;
  if (url[0] == '/') return url.size() == 1 || (url[1] != '/' && url[1] != '\\');
  return has_scheme(url, "https") || has_scheme(url, "http") || has_scheme(url, "mailto") ||
         has_scheme(url, "tel");
}

}  // namespace web
