// The steps from status to status, in one place.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "cases/case.hpp"
#include "people/viewer.hpp"
#include "storage/transaction.hpp"

namespace cases {

// Whether the life of a case has this step at all, and whether this person may take it.
[[nodiscard]] bool may_move(Status from, Status to);
[[nodiscard]] bool may_move(const people::Viewer& viewer, const Case& report, Status to);

struct Move {
  Status to = Status::in_progress;
  EventKind kind = EventKind::status;
  std::optional<std::string> solution = std::nullopt;
};

// `conflict` when the life of a case has no such step, or when the case was changed since it was read;
// `forbidden` when the step is not this person's to take.
base::Result<Case> move(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                        const Move& step);

// Writes the changed row over the version that was read.
base::Result<Case> save(storage::Transaction& tx, const Case& changed);

}  // namespace cases
