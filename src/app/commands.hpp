// The commands of the program that work on the data: users, mail, generated cases.
//
// Only one process writes the embedded database. A command looks for the server that holds it and is run by
// that server, through a socket in the data directory that only the owner of the data can open; without a
// server it opens the database itself.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "app/config.hpp"
#include "storage/database.hpp"

namespace app {

// `words` is the command line after the program's name. Gives the exit code.
int run_command(const std::vector<std::string>& words, storage::Database& database, std::ostream& out);

// Whether these words are one of those commands.
[[nodiscard]] bool is_command(const std::vector<std::string>& words);

// Runs them where the data is: in the server that holds it, or here.
int dispatch_command(const std::vector<std::string>& words, const Config& config);

[[nodiscard]] std::string socket_path(const Config& config);

}  // namespace app
