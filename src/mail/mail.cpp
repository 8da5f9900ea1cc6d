#include "mail/mail.hpp"

#include <fmt/format.h>

#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "mail/fields.hpp"
#include "mail/identity.hpp"
#include "mail/queries.hpp"

namespace mail {

std::string subject_line(Kind kind, base::Locale locale, const About& about) {
  const std::string number = fmt::format("{:08}", about.number);
  switch (kind) {
    case Kind::case_opened:
      return base::single_line(base::format(locale, msg::mail_subject_case_opened, number, about.subject));
    case Kind::comment_added:
      return base::single_line(base::format(locale, msg::mail_subject_comment_added, number, about.subject));
    case Kind::solution_proposed:
      return base::format(locale, msg::mail_subject_solution_proposed, number);
    case Kind::case_closed:
      return base::single_line(base::format(locale, msg::mail_subject_case_closed, number, about.subject));
    case Kind::welcome:
      return base::format(locale, msg::mail_subject_welcome);
    case Kind::temporary_password:
      return base::format(locale, msg::mail_subject_temporary_password);
    case Kind::access_known:
      return base::format(locale, msg::mail_subject_access_known);
    case Kind::access_refused:
      return base::format(locale, msg::mail_subject_access_refused);
    case Kind::closing_soon:
      return base::single_line(base::format(locale, msg::mail_subject_closing_soon, number, about.subject));
    case Kind::survey:
      return base::single_line(base::format(locale, msg::mail_subject_survey, number, about.subject));
    case Kind::case_reopened:
      return base::single_line(base::format(locale, msg::mail_subject_case_reopened, number, about.subject));
  }
  return {};
}

bool may_get(Kind kind, const people::Person& person) {
  if (kind == Kind::access_refused) return true;
  return person.state == people::State::active ||
         (kind == Kind::welcome && person.state == people::State::contact);
}

void enqueue(storage::Transaction& tx, Kind kind, const people::Person& to, const About& about,
             const Fields& fields) {
  if (!may_get(kind, to) || base::mail_key(to.email).empty()) return;
  Mail mail;
  mail.id = base::make_id<base::MailId>();
  mail.account_id = about.account_id;
  mail.case_id = about.case_id;
  mail.person_id = to.id;
  mail.kind = kind;
  mail.locale = to.locale;
  mail.to_name = base::single_line(to.name);
  mail.to_address = std::string(base::trim(to.email));
  mail.subject = subject_line(kind, to.locale, about);
  mail.fields_json = encode_fields(fields);
  mail.message_id = make_message_id({.case_id = mail.case_id, .mail_id = mail.id});
  mail.created_at = base::now();
  mail.due_at = mail.created_at;
  tx.insert(sql::insert_mail, mail);
  tx.signal(storage::Signal::mail);
}

}  // namespace mail
