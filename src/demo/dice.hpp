// Chance that comes out the same for the same seed on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace demo {

// SplitMix64 (Steele, Lea, Flood 2014): small, fast and good enough to vary texts.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }

  // 0 up to, but not including, `end`; 0 for 0.
  std::size_t below(std::size_t end) { return end == 0 ? 0 : static_cast<std::size_t>(next() % end); }

  // Both ends included.
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::size_t>(high - low + 1)));
  }

  // From 0 up to 1.
  double share() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

  bool chance(double probability) { return share() < probability; }

  // Mostly near `low`, seldom near `high`, as waiting times are.
  std::int64_t skewed(std::int64_t low, std::int64_t high) {
    const double part = share();
    return low + static_cast<std::int64_t>(part * part * part * static_cast<double>(high - low));
  }

  template <class List>
  const auto& of(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::uint64_t state_;
};

}  // namespace demo
