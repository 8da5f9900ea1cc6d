// What the pages of mail show, ready to be written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"

namespace mail {

struct OutboxTab {
  std::string_view state;  // as in the address
  std::string_view label;
  std::string count;  // «12», «больше 10 000»
  bool current = false;
};

struct OutboxRow {
  std::int64_t id = 0;
  std::string subject;
  std::string recipient;  // name and address
  std::string_view pill;  // a colour class
  std::string_view icon;
  std::string_view state;
  std::string attempts;  // «попытка 2, следующая в 12:20»; empty when there is nothing to say
  std::string answer;    // the server's words
  std::string time;
  std::string iso_time;
  bool can_resend = false;
};

struct OutboxView {
  std::vector<OutboxTab> tabs;
  std::vector<OutboxRow> rows;
  bool has_failed_ones = false;  // on the page of failed mails, all can be sent again
  std::string next;              // key of the next page; empty on the last one
  std::string_view state;
  std::string_view empty;  // what to say when there is nothing
};

struct MailboxLine {
  std::int64_t id = 0;
  std::string subject;
  std::string about;  // to whom and when
  bool current = false;
};

// A mail of the demo taken apart. Without an id: there is none to show.
struct MailboxView {
  std::vector<MailboxLine> lines;
  std::int64_t older = 0;  // the list goes on before this one; 0: it does not
  std::int64_t id = 0;
  std::string subject;
  std::string from;
  std::string to;
  std::string time;
  std::string message_id;
  std::string text;
};

}  // namespace mail
