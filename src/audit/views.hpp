// What the page of the log shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace audit {

struct EntryView {
  std::string when;
  std::string when_iso;
  std::string actor;
  std::string client;
  std::string_view act;
  std::string object;
  std::vector<std::string> changes;  // «Телефон: «…» → «…»»
};

struct ListView {
  std::string actor;
  std::string object;
  std::string from;   // YYYY-MM-DD
  std::string until;  // likewise
  std::string query;  // the search as a piece of an address
  bool narrowed = false;
  std::vector<EntryView> entries;
  std::string next;  // address; empty on the last page
};

}  // namespace audit
