// What the texts of a case speak of: claims, automobiles, sums, dates.
#pragma once

#include "demo/story.hpp"

namespace demo {

[[nodiscard]] Facts make_facts(const Outline& outline, Dice& dice);

}  // namespace demo
