// Surveys about closed cases, as the module `surveys` would have asked and their contacts answered.
#pragma once

#include <map>

#include "demo/story.hpp"

namespace demo {

// Stories must come about in the order of time: nobody is asked twice within a month.
class Asking {
 public:
  explicit Asking(std::uint64_t seed) : dice_(seed) {}

  // Gives a closed case its survey, mostly with an answer.
  void ask(const Outline& outline, Story& story);

 private:
  [[nodiscard]] bool is_due(const Outline& outline, const cases::Case& report) const;
  void answer(surveys::Survey& survey, base::Instant now);

  Dice dice_;
  std::map<base::PersonId, base::Instant> asked_;
};

}  // namespace demo
