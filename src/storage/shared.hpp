// Sets of rows that are read with every request and change seldom, so that programs keep what they read.
#pragma once

#include <cstdint>
#include <string_view>

namespace storage {

enum class Shared : std::uint8_t {
  identity = 0,  // people, sessions, accounts
  products = 1,
  settings = 2,
};
inline constexpr int shared_count = 3;

// A bit for each set that the statement changes, read off its text.
[[nodiscard]] unsigned shared_changed_by(std::string_view sql);

}  // namespace storage
