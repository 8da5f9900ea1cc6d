// What an act on several cases changed, as a word for an address: «6746620.a.108…» for each case. It grants
// nothing: putting back is an act like any other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace desk {

inline constexpr std::size_t most_chosen = 100;

enum class Chosen : char { assignee = 'a', priority = 'p' };

struct Before {
  std::int64_t number = 0;  // of the case
  Chosen what = Chosen::assignee;
  std::int64_t value = 0;
};

[[nodiscard]] std::string write_undo(const std::vector<Before>& before);
// Empty when a part of it is not such a word.
[[nodiscard]] std::vector<Before> read_undo(std::string_view text);

}  // namespace desk
