// What a mail says, before it becomes text and HTML: the same parts in the same order for every kind.
//
// To add a mail: a Kind, its subject line in mail.cpp, a function in letter.cpp that fills the parts, the
// messages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "mail/mail.hpp"

namespace mail {

struct Detail {
  std::string label;
  std::string value;
};

// One of several answers: each is a link, and the first the most wanted.
struct Choice {
  std::string label;
  std::string url;
  std::string mark;  // a large sign above the label, such as a score; empty: a button
};

// Empty parts are left out.
struct Letter {
  base::Locale locale = base::Locale::ru;
  std::string subject;
  std::string preview;  // what a list of mails shows behind the subject
  std::string brand;
  std::string greeting;
  std::vector<std::string> paragraphs;
  std::string code;  // to be typed in or copied, on a line of its own
  std::string quote_title;
  std::vector<std::string> quote;  // lines that a person wrote
  std::string details_title;
  std::vector<Detail> details;
  std::string choices_title;
  std::vector<Choice> choices;
  std::string action;  // the button's words; a plain link beside choices
  std::string action_url;
  bool action_matters = false;  // the address is also written out, for readers that show no buttons
  std::vector<std::string> notes;
  std::vector<std::string> signature;
  std::vector<std::string> footer;
  std::string reference;  // so that a reply finds the case
};

// Fails with `expired` when its secret is of no use any more, with `forbidden` when the person has lost
// access, with `not_found` when what it is about is gone, with `invalid` when its fields cannot be unsealed.
[[nodiscard]] base::Result<Letter> compose(storage::Transaction& tx, const Mail& mail);

// The plain text. Lines end in LF and are as long as their paragraphs.
[[nodiscard]] std::string text_of(const Letter& letter);

}  // namespace mail
