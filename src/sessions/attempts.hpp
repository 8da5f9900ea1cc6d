// How often something was tried of late, so that guessing and flooding become slow.
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"
#include "storage/transaction.hpp"

namespace sessions {

struct Limit {
  int most = 0;
  base::Duration window;
};

// `subject` says what is counted and for whom: "reset|bykov@example.ru".
[[nodiscard]] bool is_reached(storage::Transaction& tx, std::string_view subject, const Limit& limit);

// Counts one attempt; the window begins with the first.
void count_attempt(storage::Transaction& tx, std::string_view subject, const Limit& limit);

void forget_attempts(storage::Transaction& tx, std::string_view subject);

}  // namespace sessions
