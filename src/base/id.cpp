#include "base/id.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>

namespace base {
namespace {

constexpr std::int64_t epoch_ms = 1'704'067'200'000;  // 2024-01-01T00:00:00Z
constexpr int sequence_bits = 12;
constexpr int node_bits = 10;

std::atomic<std::int64_t> last_tick{0};  // milliseconds << sequence_bits | sequence
std::atomic<std::uint16_t> this_node{0};

std::int64_t now_ms() {
  return now().microseconds / 1'000 - epoch_ms;
}

}  // namespace

void set_node(std::uint16_t node) {
  this_node = std::min(node, last_node);
}

std::int64_t next_id() {
  // A full sequence or a clock that steps back simply runs ahead of the clock: ids still only grow.
  const std::int64_t wall = now_ms() << sequence_bits;
  std::int64_t previous = last_tick.load(std::memory_order_relaxed);
  std::int64_t tick = 0;
  do {
    tick = wall > previous ? wall : previous + 1;
  } while (!last_tick.compare_exchange_weak(previous, tick, std::memory_order_relaxed));

  const std::int64_t ms = tick >> sequence_bits;
  const std::int64_t sequence = tick & ((1 << sequence_bits) - 1);
  return (ms << (node_bits + sequence_bits)) | (std::int64_t{this_node.load()} << sequence_bits) | sequence;
}

std::int64_t id_at(Instant at) {
  const std::int64_t ms = at.microseconds / 1'000 - epoch_ms;
  return ms <= 0 ? 0 : ms << (node_bits + sequence_bits);
}

std::optional<std::int64_t> parse_id_or_none(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

std::optional<std::int64_t> parse_id(std::string_view text) {
  const auto value = parse_id_or_none(text);
  return value == 0 ? std::nullopt : value;
}

}  // namespace base
