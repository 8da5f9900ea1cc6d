// Percent-encoding (RFC 3986) and the parameters of queries and forms (WHATWG URL,
// application/x-www-form-urlencoded).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace web {

// A path, decoded once. Empty when an escape is broken, the result holds a NUL or is not UTF-8, or it does
// not begin with '/'. "%2F" becomes a slash like any other; '+' stays.
[[nodiscard]] std::optional<std::string> decode_path(std::string_view encoded);

// Everything but letters, digits, "-._~" is escaped: fit for a path segment, a query's name or value.
[[nodiscard]] std::string encode_component(std::string_view text);

// In the order in which they were sent; names may repeat.
class Parameters {
 public:
  Parameters() = default;
  explicit Parameters(std::vector<std::pair<std::string, std::string>> all) : all_(std::move(all)) {}

  // The first of that name; empty when there is none.
  [[nodiscard]] std::string_view get(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& pairs() const { return all_; }

 private:
  std::vector<std::pair<std::string, std::string>> all_;
};

struct ParameterLimits {
  std::size_t count = 1000;
  std::size_t name_bytes = 256;           // decoded
  std::size_t value_bytes = 1024 * 1024;  // decoded
};

// Parses a query or a urlencoded form. As browsers do, it takes a broken escape as it stands; what is not
// UTF-8, and NUL, becomes U+FFFD. So names and values are always valid text. Empty only when a limit is
// exceeded.
[[nodiscard]] std::optional<Parameters> parse_parameters(std::string_view encoded,
                                                         const ParameterLimits& limits = {});

}  // namespace web
