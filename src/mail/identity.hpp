// What a reply brings back: signs that a mail is ours and which case it is about, which nobody else can make.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"

namespace mail {

// The parts of a Message-ID of ours: `<case>.<mail>.<proof>@<domain>`; the case is 0 for a mail about none.
struct Identity {
  base::CaseId case_id;
  base::MailId mail_id;
};

// Without < >.
[[nodiscard]] std::string make_message_id(const Identity& identity);
// Empty unless the proof is right. Takes the id with or without < > around it.
[[nodiscard]] std::optional<Identity> read_message_id(std::string_view text);

// The token at the end of a mail's body, `ref:06746620.<proof>:ref`.
[[nodiscard]] std::string make_reference(std::int64_t case_number);
// The case number of the first token in a text whose proof is right.
[[nodiscard]] std::optional<std::int64_t> find_reference(std::string_view text);

}  // namespace mail
