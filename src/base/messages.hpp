// The words that people see, in Russian and English.
//
//   base::format(locale, msg::count_cases, 5)      "5 обращений"
//   base::text(locale, msg::layout_home)           "Главная"
//
// The texts live in locale/*.po; `msg::` names come from the generated "base/message_keys.hpp".
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace base {

enum class Locale : std::uint8_t { ru, en };

// "ru" or "en", as in <html lang>, the cookie and the person's record.
[[nodiscard]] std::string_view locale_code(Locale locale);

// Reads "ru", "en", "en-GB", "RU_ru"; nothing for other languages.
[[nodiscard]] std::optional<Locale> parse_locale(std::string_view code);

// The first of our languages in an Accept-Language header (RFC 9110, section 12.5.4), by weight.
[[nodiscard]] std::optional<Locale> accepted_locale(std::string_view header);

// Plural categories of CLDR for whole numbers; the values index the forms of a message.
enum class Plural : std::uint8_t { one, few, many };
[[nodiscard]] Plural plural(Locale locale, std::uint64_t number);

// A whole number with the digits grouped as the language does: 12 345 with no-break spaces, 12,345.
[[nodiscard]] std::string grouped(Locale locale, std::int64_t number);

// Names one text of the catalogue. Only the generated constants make them.
struct Message {
  std::uint16_t index = 0;

  friend constexpr bool operator==(Message, Message) = default;
};

// One value for a placeholder: a text, or a quantity, which is written with its digits grouped. Give things
// that look like numbers but count nothing (a case number, a year) as text. Refers to the text; lives as long
// as the call.
class MessageArgument {
 public:
  template <class T>
    requires std::convertible_to<const T&, std::string_view>
  MessageArgument(const T& text) : text_(text) {}  // NOLINT(google-explicit-constructor)

  template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>)
  MessageArgument(T number) : number_(static_cast<std::int64_t>(number)), is_number_(true) {}  // NOLINT

  [[nodiscard]] bool is_number() const { return is_number_; }
  [[nodiscard]] std::int64_t number() const { return number_; }
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  std::string_view text_;
  std::int64_t number_ = 0;
  bool is_number_ = false;
};

// The text without its arguments put in. For messages that have none, and lives as long as the program.
[[nodiscard]] std::string_view text(Locale locale, Message message);

// The form that the arguments choose (the first, of a plural message), placeholders still in it.
[[nodiscard]] std::string_view pattern(Locale locale, Message message,
                                       std::span<const MessageArgument> arguments);

// Walks a pattern: `literal(std::string_view)` for what stands between placeholders, `argument(const
// MessageArgument&)` for each placeholder in turn. Placeholders without an argument are left out.
template <class Literal, class Argument>
void walk(std::string_view pattern, std::span<const MessageArgument> arguments, Literal literal,
          Argument argument) {
  for (;;) {
    const std::size_t brace = pattern.find('{');
    literal(pattern.substr(0, brace));
    if (brace == std::string_view::npos || brace + 2 >= pattern.size()) return;
    const std::size_t index = static_cast<std::size_t>(pattern[brace + 1] - '0');
    if (index < arguments.size()) argument(arguments[index]);
    pattern.remove_prefix(brace + 3);
  }
}

[[nodiscard]] std::string format_arguments(Locale locale, Message message,
                                           std::span<const MessageArgument> arguments);

// The text with its arguments, unescaped: for mails, headers and JSON. Pages write messages through their
// views.
template <class... Arguments>
[[nodiscard]] std::string format(Locale locale, Message message, const Arguments&... arguments) {
  const std::array<MessageArgument, sizeof...(Arguments)> list = {MessageArgument(arguments)...};
  return format_arguments(locale, message, list);
}

// How many messages there are; their indices are below it.
extern const std::size_t message_count;

// What the generated catalogue consists of.
struct MessageText {
  std::string_view forms[3];  // by Plural; a plain message has the same text three times
  bool is_plural;
};

}  // namespace base
