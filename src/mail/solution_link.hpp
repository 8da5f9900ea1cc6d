// The link by which a person answers a proposed solution without signing in. It holds a proof that only this
// installation can make, and is good for one person, one case and the solution that stood when it was made.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace mail {

struct SolutionLink {
  base::CaseId case_id;
  base::PersonId person_id;
  base::Instant made_at;
};

// The part of the address after `/solution/`.
[[nodiscard]] std::string make_solution_token(const SolutionLink& link);
// Empty unless the proof is right. Whether the link is still of use is for its reader to say.
[[nodiscard]] std::optional<SolutionLink> read_solution_token(std::string_view token);

}  // namespace mail
