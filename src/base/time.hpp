// Instants in UTC microseconds, as they stand in every table.
#pragma once

#include <compare>
#include <cstdint>

namespace base {

struct Duration {
  std::int64_t microseconds = 0;
  auto operator<=>(const Duration&) const = default;
};

constexpr Duration milliseconds(std::int64_t n) {
  return {n * 1'000};
}
constexpr Duration seconds(std::int64_t n) {
  return {n * 1'000'000};
}
constexpr Duration minutes(std::int64_t n) {
  return seconds(n * 60);
}
constexpr Duration hours(std::int64_t n) {
  return minutes(n * 60);
}
constexpr Duration days(std::int64_t n) {
  return hours(n * 24);
}

// Zero means "never" where a column may be empty of a time.
struct Instant {
  std::int64_t microseconds = 0;
  auto operator<=>(const Instant&) const = default;
  [[nodiscard]] explicit operator bool() const { return microseconds != 0; }
};

constexpr Instant operator+(Instant at, Duration d) {
  return {at.microseconds + d.microseconds};
}
constexpr Instant operator-(Instant at, Duration d) {
  return {at.microseconds - d.microseconds};
}
constexpr Duration operator-(Instant a, Instant b) {
  return {a.microseconds - b.microseconds};
}

// The wall clock, moved by `set_clock_offset`. Safe to call from any thread.
[[nodiscard]] Instant now();

// Tests and trials move time instead of waiting for it.
void set_clock_offset(Duration offset);

}  // namespace base
