// The files that come with cases: pictures of windows, scanned papers, tables and logs.
#pragma once

#include <string>

#include "base/time.hpp"
#include "demo/scenarios.hpp"

namespace demo {

struct MadeFile {
  std::string name;  // with its ending
  std::string bytes;
};

// The same for the same hint and day. Throws std::invalid_argument for an unknown kind.
[[nodiscard]] MadeFile make_file(const FileHint& hint, base::Instant day);

}  // namespace demo
