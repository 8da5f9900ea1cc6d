// Asking customers about closed cases, and taking their answers.
//
// The link in the mail holds a random secret of which the database keeps the digest: whoever has it may
// answer, without signing in, until the invitation expires. Opening the link changes nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "storage/transaction.hpp"
#include "surveys/survey.hpp"

namespace surveys {

struct Settings {
  base::Duration pause = base::days(30);  // nobody is asked twice within it
};

// Told once at start. Not safe while another thread invites.
void configure(Settings settings);

// A case that has just been closed.
struct Occasion {
  base::AccountId account_id;
  base::CaseId case_id;
  std::int64_t number = 0;
  std::string subject;
  base::PersonId contact_id;
  base::PersonId assignee_id;
  base::ProductId product_id;
};

// Writes the invitation and its mail in the caller's unit, and says whether it did. A contact without access
// or address, or asked within the pause, is not asked. A failure is logged and leaves the unit as it was: a
// survey keeps no case from closing.
bool invite_if_possible(storage::Transaction& tx, const Occasion& occasion);

inline constexpr std::size_t longest_comment = 4'000;  // characters

struct Answer {
  int score = 0;
  std::string comment;
};

// `expired` for a secret that nobody has, or not any more: the two are never told apart.
[[nodiscard]] base::Result<Survey> find(storage::Transaction& tx, std::string_view secret);

// Keeps the answer, in place of an earlier one, and tells whose work it was. Fails on `score` and `comment`.
base::Result<Survey> answer(storage::Transaction& tx, std::string_view secret, const Answer& answer);

// Of one case, oldest first.
[[nodiscard]] std::vector<Survey> of_case(storage::Transaction& tx, base::AccountId account, base::CaseId id);

// What the page of an invitation says of its case.
struct Subject {
  std::int64_t number = 0;
  std::string subject;
};
[[nodiscard]] Subject subject_of(storage::Transaction& tx, const Survey& survey);

}  // namespace surveys
