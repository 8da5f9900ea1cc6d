// Case 06746620, the one that guides and pictures show.
#pragma once

#include <vector>

#include "demo/story.hpp"

namespace demo {

// When it was opened: three working days before now, at 14:04.
[[nodiscard]] base::Instant shown_case_opened(base::Instant now);

[[nodiscard]] std::vector<FileHint> shown_case_files();

// The outline gives the cast, the number and the times; the rest of it is not looked at.
[[nodiscard]] Story tell_shown_case(const Outline& outline, Dice& dice);

}  // namespace demo
