// People and their access, from the command line.
#pragma once

#include <ostream>
#include <string>

#include "storage/database.hpp"

namespace people::commands {

struct Invite {
  std::string email;
  std::string name;
  std::string account;  // its name
  bool create_account = false;
  std::string role = "customer";  // customer, manager, agent, administrator
  std::string phone;
  std::string language = "ru";  // or "en"
};

// Each writes what it did to `out` and gives the exit code: 0, or 1 with a line that says what to do instead.

// Adds a person, or lets one in who is known as a contact alone, and mails the link for the first password.
int invite(storage::Database& database, const Invite& invitation, std::ostream& out);

// One line for each person: address, role, state, organisation, name; separated by tabs.
int list(storage::Database& database, std::ostream& out);

// Mails a new link for a first password; the password of before works until the link is used.
int reset(storage::Database& database, const std::string& email, std::ostream& out);

}  // namespace people::commands
