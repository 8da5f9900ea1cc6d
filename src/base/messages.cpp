#include "base/messages.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace base {

// Defined by the generated message_data.cpp.
extern const MessageText* const message_texts[2];
extern const std::size_t message_count;

namespace {

const MessageText& entry(Locale locale, Message message) {
  assert(message.index < message_count);
  return message_texts[static_cast<std::size_t>(locale)][message.index];
}

std::uint64_t magnitude(std::int64_t number) {
  return number < 0 ? ~static_cast<std::uint64_t>(number) + 1 : static_cast<std::uint64_t>(number);
}

bool equal_ignoring_case(char a, char b) {
  return (a | 0x20) == (b | 0x20);
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Weight of a language range in thousandths; 1000 when none is given, 0 when it cannot be read.
int weight(std::string_view parameters) {
  parameters = trim(parameters);
  if (parameters.empty()) return 1000;
  if (!parameters.starts_with("q=")) return 0;
  parameters.remove_prefix(2);
  if (parameters.empty() || (parameters[0] != '0' && parameters[0] != '1')) return 0;
  int value = (parameters[0] - '0') * 1000;
  int unit = 100;
  for (std::size_t i = 2; i < parameters.size() && i < 5; ++i, unit /= 10) {
    if (parameters[i] < '0' || parameters[i] > '9') return 0;
    value += (parameters[i] - '0') * unit;
  }
  return std::min(value, 1000);
}

}  // namespace

std::string_view locale_code(Locale locale) {
  return locale == Locale::ru ? "ru" : "en";
}

std::optional<Locale> parse_locale(std::string_view code) {
  if (code.size() < 2 || (code.size() > 2 && code[2] != '-' && code[2] != '_')) return std::nullopt;
  for (const Locale locale : {Locale::ru, Locale::en})
    if (std::ranges::equal(code.substr(0, 2), locale_code(locale), equal_ignoring_case)) return locale;
  return std::nullopt;
}

std::optional<Locale> accepted_locale(std::string_view header) {
  std::optional<Locale> best;
  int best_weight = 0;
  while (!header.empty()) {
    const std::size_t comma = header.find(',');
    const std::string_view item = header.substr(0, comma);
    header.remove_prefix(comma == std::string_view::npos ? header.size() : comma + 1);
    const std::size_t semicolon = item.find(';');
    const auto locale = parse_locale(trim(item.substr(0, semicolon)));
    if (!locale) continue;
    const int found = semicolon == std::string_view::npos ? 1000 : weight(item.substr(semicolon + 1));
    if (found > best_weight) {
      best = locale;
      best_weight = found;
    }
  }
  return best;
}

// CLDR 42, supplemental/plurals.xml, the rules for v = 0 (no fraction).
Plural plural(Locale locale, std::uint64_t number) {
  if (locale == Locale::en) return number == 1 ? Plural::one : Plural::few;
  const std::uint64_t last = number % 10;
  const std::uint64_t last_two = number % 100;
  if (last == 1 && last_two != 11) return Plural::one;
  if (last >= 2 && last <= 4 && (last_two < 12 || last_two > 14)) return Plural::few;
  return Plural::many;
}

std::string grouped(Locale locale, std::int64_t number) {
  const std::string digits = std::to_string(magnitude(number));
  const std::string_view separator = locale == Locale::ru ? "\u00a0" : ",";
  std::string out;
  if (number < 0) out += "\u2212";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && (digits.size() - i) % 3 == 0) out += separator;
    out += digits[i];
  }
  return out;
}

std::string_view text(Locale locale, Message message) {
  return entry(locale, message).forms[0];
}

std::string_view pattern(Locale locale, Message message, std::span<const MessageArgument> arguments) {
  const MessageText& found = entry(locale, message);
  if (!found.is_plural || arguments.empty() || !arguments[0].is_number()) return found.forms[0];
  return found.forms[static_cast<std::size_t>(plural(locale, magnitude(arguments[0].number())))];
}

std::string format_arguments(Locale locale, Message message, std::span<const MessageArgument> arguments) {
  std::string out;
  walk(
      pattern(locale, message, arguments), arguments, [&](std::string_view literal) { out += literal; },
      [&](const MessageArgument& argument) {
        if (argument.is_number())
          out += grouped(locale, argument.number());
        else
          out += argument.text();
      });
  return out;
}

}  // namespace base
