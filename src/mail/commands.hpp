// `otklik mail …`: the ledger on the command line. Each writes to `out` and gives the exit code.
#pragma once

#include <optional>
#include <ostream>

#include "mail/ledger.hpp"
#include "storage/database.hpp"

namespace mail::commands {

struct List {
  std::optional<Tab> tab;  // none: every state
  bool json = false;  // a JSON object on each line, oldest first, with the bodies of mails kept by the demo
  int limit = 1000;   // of each state
};

// A mail on each line: id, state, attempts, recipient, subject, and below it the server's words.
int list(storage::Database& database, const List& options, std::ostream& out);

// 1 when there is no such mail or it cannot be sent again.
int resend(storage::Database& database, base::MailId id, std::ostream& out);
int resend_failed(storage::Database& database, std::ostream& out);

// The row, and the text as it would be written today; secrets are left out.
int show(storage::Database& database, base::MailId id, std::ostream& out);

}  // namespace mail::commands
