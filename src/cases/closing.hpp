// Solved cases that nobody answers close by themselves, after a warning.
//
// Every run takes a bounded part, in units of a hundred cases: a killed one leaves no case half done, and the
// next goes on where it ended. A case is warned of once for each solution.
#pragma once

#include <cstdint>
#include <optional>

#include "cases/case.hpp"
#include "storage/database.hpp"

namespace cases {

struct ClosingRules {
  base::Duration after = base::days(7);    // of its solution; zero: never by itself
  base::Duration warning = base::days(2);  // so long before; zero: without
};

// Told once at start. Not safe while another thread closes.
void configure_closing(ClosingRules rules);

// When a case will close if nobody answers; nothing when it will not, or nobody has been warned.
[[nodiscard]] std::optional<base::Instant> closes_at(const Case& report);

struct ClosingRun {
  std::int64_t warned = 0;
  std::int64_t closed = 0;
};

// For the schedule.
ClosingRun close_unanswered(storage::Database& database);

}  // namespace cases
