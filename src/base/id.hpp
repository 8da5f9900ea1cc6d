// Strong 64-bit identifiers, ordered by the time they were made.
//
// Bits from the top: 1 zero, 41 milliseconds since 2024-01-01 UTC (good until 2093), 10 node, 12 sequence.
// So a key that ends in an id is also ordered by time, and nodes make ids without asking each other.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace base {

template <class Tag>
struct Id {
  std::int64_t value = 0;

  [[nodiscard]] explicit operator bool() const { return value != 0; }
  auto operator<=>(const Id&) const = default;
};

// The next id of this node; unique and growing within the process, safe to call from any thread.
[[nodiscard]] std::int64_t next_id();

// The smallest id that could have been made at that instant: ranges of time are ranges of ids.
[[nodiscard]] std::int64_t id_at(Instant at);

// Set once at start, 0 to last_node; nodes of one database must differ. The upper half of what the bits can
// hold is for ids of the past: of demo data and of imports.
inline constexpr std::uint16_t last_node = 511;
void set_node(std::uint16_t node);

template <class IdType>
[[nodiscard]] IdType make_id() {
  return IdType{next_id()};
}

// A decimal id as it stands in addresses. Empty for anything but 1 to 19 digits within range.
[[nodiscard]] std::optional<std::int64_t> parse_id(std::string_view text);
// The same with 0, which is nobody's id.
[[nodiscard]] std::optional<std::int64_t> parse_id_or_none(std::string_view text);

template <class Tag>
[[nodiscard]] std::string to_string(Id<Tag> id) {
  return std::to_string(id.value);
}

}  // namespace base

template <class Tag>
struct std::hash<base::Id<Tag>> {
  std::size_t operator()(base::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
