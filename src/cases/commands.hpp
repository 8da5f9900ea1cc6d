// Acts of agents from the command line, for scripts and trials.
#pragma once

#include <ostream>
#include <string>

#include "storage/database.hpp"

namespace cases::commands {

struct Act {
  std::string number;
  std::string agent;     // whose act it is: an address
  std::string solution;  // of `solve`
};

// Each writes what it did to `out` and gives the exit code: 0, or 1 with a line that says what to do instead.

int solve(storage::Database& database, const Act& act, std::ostream& out);
int close(storage::Database& database, const Act& act, std::ostream& out);

}  // namespace cases::commands
