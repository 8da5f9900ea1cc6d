// What agents do to a case. Each act is refused with `conflict` when the case has changed since the agent saw
// it (`seen.version`), so that nobody overwrites anybody.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "cases/cases.hpp"

namespace cases {

inline constexpr std::string_view stale = "the case was changed in between";

struct Answer {
  NewComment comment;
  std::optional<Status> then;  // what the case becomes with it
};

// A comment and the status in one act. With `solved` the public answer is the solution. A public answer to a
// case that is nobody's takes it. Fails on `body`, `upload`; `conflict` where the life of a case has no such
// step.
base::Result<Comment> answer(storage::Transaction& tx, const people::Viewer& viewer, const Case& seen,
                             const Answer& form);

// What is absent stays.
struct Changes {
  std::optional<base::PersonId> assignee;  // 0: nobody
  std::optional<Priority> priority;
  std::optional<base::ProductId> product;
  std::optional<Status> status;  // not `solved`: that needs the words of an answer
};

// Fails on `assignee`, `product`, `status`.
base::Result<Case> change(storage::Transaction& tx, const people::Viewer& viewer, const Case& seen,
                          const Changes& wanted);

}  // namespace cases
