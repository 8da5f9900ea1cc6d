// What the pages of signing in show.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/form_errors.hpp"

namespace sessions {

// Somebody to try the demo as.
struct DemoPersonView {
  std::string email;
  std::string role;
  bool chosen = false;
};

struct SignInView {
  std::string name;
  std::string password;  // filled in by the demo alone
  std::string next;      // where to go on, a path of the portal
  std::string title_of_errors;
  web::FormErrors errors;
  bool expired = false;
  std::vector<DemoPersonView> demo_people;
  std::string demo_password;
};

}  // namespace sessions
