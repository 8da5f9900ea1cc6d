// The message as it goes over the wire (RFC 5322, MIME), and reading one back.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/messages.hpp"
#include "base/time.hpp"

namespace mail {

// Everything is UTF-8. Nothing in it can begin a header of its own: GMime encodes and folds each value (RFC
// 2047).
struct Message {
  std::string from_name;
  std::string from_address;
  std::string reply_to;  // empty: none
  std::string to_name;
  std::string to_address;
  std::string subject;
  std::string message_id;   // without < >
  std::string in_reply_to;  // likewise; empty: begins a thread
  base::Instant date;
  base::Locale locale = base::Locale::ru;
  std::string text;
  std::string html;
};

// Pure ASCII with CR LF and lines of at most 76 characters in the bodies: multipart/alternative, text before
// HTML, declared as automatic (RFC 3834).
[[nodiscard]] std::string write_message(const Message& message);

// A message taken apart for showing: headers decoded, the first text and HTML parts.
struct ParsedMessage {
  std::vector<std::pair<std::string, std::string>> headers;
  std::string text;
  std::string html;

  // The first of that name, without regard to case; empty when there is none.
  [[nodiscard]] std::string header(std::string_view name) const;
};

// What cannot be read is left empty.
[[nodiscard]] ParsedMessage read_message(std::string_view raw);

}  // namespace mail
