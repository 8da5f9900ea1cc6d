// Words that fit any case: greetings, news, what is said around the texts of a scenario.
#pragma once

#include <vector>

#include "demo/phrase.hpp"

namespace demo {

struct Talk {
  std::vector<Phrase> greetings;        // before the agent's first words
  std::vector<Phrase> letter_openings;  // of a case that came by mail
  std::vector<Phrase> phone_openings;   // of a case that an agent wrote down
  std::vector<Phrase> remarks;          // at the end of a description
  std::vector<Phrase> fault_news;       // the same of what does not work
  std::vector<Phrase> news;             // the agent's, in public
  std::vector<Phrase> notes;            // among agents
  std::vector<Phrase> asks;             // and what the customer answers, in pairs
  std::vector<Phrase> answers;
  std::vector<Phrase> reminders;    // the customer asks how it goes
  std::vector<Phrase> failures;     // the solution did not help
  std::vector<Phrase> taken_again;  // the agent's answer to that
  std::vector<Phrase> second_solutions;
  std::vector<Phrase> before_closing;  // the agent, some days after the solution
  std::vector<Phrase> unanswered;      // the agent closes since no answer came
};

[[nodiscard]] const Talk& talk();

}  // namespace demo
