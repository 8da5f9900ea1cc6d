// The ledger of outgoing mail. A mail is a row written in the unit of the act that causes it; a job sends it
// later, retries for days, and notes the server's words. What it says is rendered when it is sent.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "base/ids.hpp"
#include "base/messages.hpp"
#include "base/time.hpp"
#include "people/person.hpp"
#include "storage/fields.hpp"
#include "storage/transaction.hpp"

namespace mail {

enum class Kind : std::uint8_t {
  case_opened = 0,        // M14
  comment_added = 1,      // a public comment of somebody else: field "comment", its id
  solution_proposed = 2,  // M21
  case_closed = 3,
  welcome = 4,             // M2: fields "secret"
  temporary_password = 5,  // M4: fields "password"
  access_known = 10,       // M3: somebody who asked for access has it
  access_refused = 11,     // M3: to somebody who may be nobody's person
  closing_soon = 20,       // field "closes", the instant in microseconds
  survey = 21,             // M23: fields "secret", and "expires", the instant in microseconds
  case_reopened = 22,      // the solution did not help, said without a comment
};

enum class State : std::uint8_t { waiting = 0, sending = 1, sent = 2, failed = 3 };

// Values a mail is filled from besides its case and person, such as a secret. Secrets are sealed in the
// ledger and wiped once sent.
using Fields = std::map<std::string, std::string>;

struct Mail {
  base::MailId id;
  base::AccountId account_id;
  base::CaseId case_id;      // 0: about no case
  base::PersonId person_id;  // to whom
  Kind kind = Kind::case_opened;
  base::Locale locale = base::Locale::ru;
  std::string to_name;
  std::string to_address;
  std::string subject;
  std::string fields_json;
  std::string message_id;  // without < >; stable over retries, carries a proof that it is ours
  State state = State::waiting;
  std::int64_t attempts = 0;
  base::Instant due_at;
  std::string answer;  // the server's last words
  base::Instant created_at;
  base::Instant sent_at;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Mail::id),
                      field("account_id", &Mail::account_id),
                      field("case_id", &Mail::case_id),
                      field("person_id", &Mail::person_id),
                      field("kind", &Mail::kind),
                      field("locale", &Mail::locale),
                      field("to_name", &Mail::to_name),
                      field("to_address", &Mail::to_address),
                      field("subject", &Mail::subject),
                      field("fields", &Mail::fields_json),
                      field("message_id", &Mail::message_id),
                      field("state", &Mail::state),
                      field("attempts", &Mail::attempts),
                      field("due_at", &Mail::due_at),
                      field("answer", &Mail::answer),
                      field("created_at", &Mail::created_at),
                      field("sent_at", &Mail::sent_at)};
  }
};

// What a mail is about. `number` and `subject` make the subject line of mails about a case.
struct About {
  base::AccountId account_id;
  base::CaseId case_id;
  std::int64_t number = 0;
  std::string subject;
};

// The subject line of a mail of that kind, in that language.
[[nodiscard]] std::string subject_line(Kind kind, base::Locale locale, const About& about);

// Mail is for people with access; the welcome gives it to a contact, and a refusal goes to whoever asked.
[[nodiscard]] bool may_get(Kind kind, const people::Person& person);

// Writes the mail's row and wakes the sender after the commit. A person who may not get it, or has no
// address, gets none. Costs one INSERT: it stands in the unit that opens a case.
void enqueue(storage::Transaction& tx, Kind kind, const people::Person& to, const About& about,
             const Fields& fields = {});

}  // namespace mail
