// The page being written. Views, which the template compiler generates, call it; each function escapes for
// the place in the page that its name says.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/messages.hpp"
#include "base/safe_html.hpp"

namespace web {

template <class T>
concept Number =
    std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> && !std::same_as<T, char8_t> &&
    !std::same_as<T, wchar_t> && !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;

// Not shared between threads. One page needs one allocation as a rule.
class Html {
 public:
  Html() { out_.reserve(16 * 1024); }

  // Text of the template itself: written as it is.
  void raw(std::string_view html) { out_.append(html); }

  // Where text stands, inside or outside of elements. & < > " ' become references.
  void text(std::string_view value);
  void text(const base::SafeHtml& value) { out_.append(value.view()); }
  void text(Number auto value) { number(value); }
  template <std::same_as<bool> Bool>
  void text(Bool) = delete;  // a template says what true means

  // Inside a quoted attribute, <title> or <textarea>: like text, but takes no HTML.
  void attribute(std::string_view value) { text(value); }
  void attribute(Number auto value) { number(value); }
  template <std::same_as<bool> Bool>
  void attribute(Bool) = delete;

  // A whole address in href, src, action and the like. Allows http:, https:, mailto:, tel: and references
  // that begin with / ? or #; all else, also //host, /\host and anything with control characters, becomes
  // "#".
  void url(std::string_view value);

  // A segment of a path or a value of a query within an address: percent-encoded as encodeURIComponent does.
  void url_part(std::string_view value);
  void url_part(Number auto value) { number(value); }
  template <std::same_as<bool> Bool>
  void url_part(Bool) = delete;

  // A ready piece of a query ("sort=number&dir=desc") after ? or & within an address.
  void url_query(std::string_view value);

  // A message of the catalogue; text and arguments are escaped.
  template <class... Arguments>
  void message(base::Locale locale, base::Message message, const Arguments&... arguments) {
    const std::array<base::MessageArgument, sizeof...(Arguments)> list = {
        base::MessageArgument(arguments)...};
    message_list(locale, message, list);
  }

  // The reference to an icon of the sprite whose name is known only now; the sprite's own names are safe.
  void icon_name(std::string_view name) { text(name); }

  [[nodiscard]] std::string_view view() const { return out_; }
  [[nodiscard]] std::size_t size() const { return out_.size(); }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void number(Number auto value) {
    if constexpr (std::signed_integral<decltype(value)>)
      signed_number(value);
    else
      unsigned_number(value);
  }
  void signed_number(std::int64_t value);
  void unsigned_number(std::uint64_t value);
  void message_list(base::Locale locale, base::Message message,
                    std::span<const base::MessageArgument> arguments);

  std::string out_;
};

// Whether an address may stand in a page or a redirect; the rule of Html::url.
[[nodiscard]] bool is_safe_url(std::string_view url);

}  // namespace web
