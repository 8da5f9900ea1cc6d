// When customers write: mostly on working days, mostly before noon and after lunch.
#pragma once

#include "base/time.hpp"
#include "demo/dice.hpp"

namespace demo {

// A moment on about that day, never after `now`.
[[nodiscard]] base::Instant moment_near(base::Instant day, base::Instant now, Dice& dice);

}  // namespace demo
