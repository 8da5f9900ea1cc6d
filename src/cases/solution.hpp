// The customer's word on a proposed solution: on the page of the case, or by the link in the mail.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "cases/case.hpp"
#include "people/person.hpp"
#include "people/viewer.hpp"
#include "storage/transaction.hpp"

namespace cases {

enum class Verdict : std::uint8_t { helped, remains };

struct SolutionAnswer {
  base::DraftId draft;
  Verdict verdict = Verdict::helped;
  std::string comment;  // may be empty
};

// Closes the case, or reopens it, with the comment before that. Sent twice it is done once. `conflict` when
// the case waits for no such answer; fails on `body`.
base::Result<Case> answer_solution(storage::Transaction& tx, const people::Viewer& viewer, const Case& seen,
                                   const SolutionAnswer& answer);

// How long the link in a mail is good for.
inline constexpr base::Duration solution_link_period = base::days(30);

struct LinkedCase {
  Case report;
  people::Person person;  // whom the link was sent to
};

// `expired` for a link that is none, is too old, belongs to an earlier solution, or whose person may not
// answer any more: they are never told apart.
[[nodiscard]] base::Result<LinkedCase> find_by_solution_link(storage::Transaction& tx,
                                                             std::string_view token);

}  // namespace cases
