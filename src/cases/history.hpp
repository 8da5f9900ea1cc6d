// Writing what happened to a case, and the counts that follow from it. For the acts of this module.
#pragma once

#include <string>

#include "cases/case.hpp"
#include "people/viewer.hpp"
#include "storage/transaction.hpp"

namespace cases {

struct Change {
  EventKind kind = EventKind::changed;
  std::string field;
  std::string before;
  std::string after;
  Visibility visibility = Visibility::everyone;
};

void record(storage::Transaction& tx, const people::Viewer& actor, const Case& report, const Change& change,
            base::Instant at);

// The kept counts: of its account and contact by status, and of the agents' queues.
void count_opened(storage::Transaction& tx, const Case& report);
void count_moved(storage::Transaction& tx, const Case& before, const Case& after);

// The number of the week (Monday 00:00 UTC) since 1970-01-05.
[[nodiscard]] std::int64_t week_of(base::Instant at);

}  // namespace cases
