// What the forms of the case page share.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "cases/cases.hpp"
#include "web/context.hpp"

namespace cases::pages {

// What was sent and refused; what can be kept of it stands on the page again.
struct Refused {
  const base::Error& error;
  std::string_view comment;
  std::vector<std::string> uploads;
  bool internal = false;       // it was a note
  bool of_case = false;        // files for the case itself, without a comment
  base::Instant seen_at = {};  // what came later is shown with a stale answer
};

[[nodiscard]] web::Response show_refused(web::Context& ctx, const Refused& refused);

// The case of the address.
[[nodiscard]] base::Result<Case> find_report(web::Context& ctx);

// Uploads named by the form and those that came in it.
[[nodiscard]] std::vector<std::string> posted_uploads(const web::Context& ctx);

}  // namespace cases::pages
