// What the page of notifications shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace notifications {

struct LineView {
  std::string_view icon;
  std::string text;     // «Мария Орлова отвечает: «Не формируется отчёт»»
  std::string address;  // of the case, or of what waits
  std::string number;   // 8 digits; empty: about no case
  std::string when;     // «3 часа назад»
  std::string when_iso;
  bool unread = false;
};

struct ListView {
  std::vector<LineView> lines;
  std::string next;  // address of the next page; empty on the last
  bool has_unread = false;
};

}  // namespace notifications
