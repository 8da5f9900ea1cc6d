#include "base/time.hpp"

#include <atomic>
#include <chrono>

namespace base {
namespace {
std::atomic<std::int64_t> clock_offset{0};
}

Instant now() {
  using namespace std::chrono;
  const auto wall = duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
  return {wall + clock_offset.load(std::memory_order_relaxed)};
}

void set_clock_offset(Duration offset) {
  clock_offset = offset.microseconds;
}

}  // namespace base
