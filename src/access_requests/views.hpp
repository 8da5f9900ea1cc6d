// What the pages of access requests show.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "web/form_errors.hpp"

namespace access_requests {

struct FormView {
  std::string name;
  std::string email;
  std::string company;
  std::string phone;
  std::string comment;
  std::string_view email_hint;
  std::string_view title_of_errors;  // what did not happen
  web::FormErrors errors;
};

struct FormDoneView {};

struct TabView {
  std::string_view state;  // as in the address
  std::string_view label;
  std::string count;
  bool current = false;
};

struct RequestView {
  std::int64_t id = 0;
  std::string name;
  std::string email;
  std::string phone;
  std::string phone_uri;
  std::string company;  // as typed
  std::string account;  // that was found; empty: to be chosen
  std::string comment;
  std::string when;
  std::string when_iso;
  std::string decided;  // «Мария Орлова, 20 нояб., 14:04»; empty while it waits
  std::string typed_account;
  std::string error;  // of the organisation
  bool may_choose = false;
};

struct ListView {
  std::string_view state;
  std::vector<TabView> tabs;
  std::vector<RequestView> requests;
  std::string_view empty;
  std::string next;    // address; empty on the last page
  bool later = false;  // not the first page
  std::string_view title_of_errors;
  web::FormErrors errors;
};

}  // namespace access_requests
