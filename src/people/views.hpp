// What the pages about one's own account show.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "web/form_errors.hpp"

namespace people {

struct ForgotView {
  std::string name;
  web::FormErrors errors;
};

struct ForgotDoneView {};

// The link of a mail that has ended.
struct LinkEndedView {};

struct SetPasswordView {
  std::string email;
  std::string secret;  // of the link
  std::string hint;
  std::string_view title_of_errors;  // what did not happen
  web::FormErrors errors;
};

struct ChangePasswordView {
  std::string email;
  std::string next;
  std::string hint;
  bool forced = false;               // signed in with a temporary password: nothing else opens before this
  std::string_view title_of_errors;  // what did not happen
  web::FormErrors errors;
};

struct ProfileOption {
  std::string_view value;
  std::string_view label;
  bool selected = false;
};

struct SessionView {
  std::string browser;  // may be empty
  std::string client;
  std::string seen;
  std::string seen_iso;
  bool current = false;
};

struct ProfileView {
  std::string name;
  std::string email;
  std::string account;
  std::string phone;
  std::string theme;
  bool shortcuts = true;
  std::vector<ProfileOption> countries;
  std::vector<ProfileOption> languages;
  std::vector<ProfileOption> time_zones;
  std::vector<SessionView> sessions;  // this one first
  std::string password_hint;
  std::string_view title_of_errors;  // what did not happen
  web::FormErrors errors;
};

}  // namespace people
