// A closed case stays closed: a customer's comment on it opens a new one, linked to it.
#pragma once

#include <cstdint>
#include <vector>

#include "cases/cases.hpp"

namespace cases {

// The comment becomes the description of «Продолжение обращения № …», about the same product. Sent twice it
// opens one case. Fails on `body` and `upload`; `conflict` unless the case is closed, `forbidden` for staff.
base::Result<Opened> continue_closed(storage::Transaction& tx, const people::Viewer& viewer,
                                     const Case& closed, const NewComment& form);

// The numbers of what the case continues (0: nothing) and of what continues it, oldest first.
struct Continuations {
  std::int64_t of = 0;
  std::vector<std::int64_t> by;
};
[[nodiscard]] Continuations continuations(storage::Transaction& tx, const Case& report);

}  // namespace cases
