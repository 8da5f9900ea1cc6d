#include "demo/moments.hpp"

#include "demo/calendar.hpp"

namespace demo {

base::Instant moment_near(base::Instant day, base::Instant now, Dice& dice) {
  base::Instant start = midnight(day);
  const bool at_weekend = !is_working(start + base::hours(12));
  if (at_weekend && dice.chance(0.85)) start = midnight(working_before(start));
  const bool late = dice.chance(0.06);
  const std::int64_t minute =
      late ? dice.between(7 * 60, 22 * 60) : 9 * 60 + (dice.between(0, 300) + dice.between(0, 300));
  const base::Instant at = start + base::minutes(minute) + base::milliseconds(dice.between(0, 59'999));
  return at < now ? at
                  : working_before(now - base::minutes(dice.between(20, 600))) -
                        base::milliseconds(dice.between(1, 50'000));
}

}  // namespace demo
