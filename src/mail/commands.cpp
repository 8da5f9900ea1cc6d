#include "mail/commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <string_view>

#include "base/format.hpp"
#include "mail/demo_mailbox.hpp"
#include "mail/letter.hpp"
#include "mail/message.hpp"
#include "mail/sender.hpp"

namespace mail::commands {
namespace {

constexpr base::Locale locale = base::Locale::en;  // of the command line

std::string_view name_of(State state) {
  static constexpr std::string_view names[] = {"waiting", "sending", "sent", "failed"};
  return names[static_cast<std::size_t>(state)];
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::case_opened:
      return "case_opened";
    case Kind::comment_added:
      return "comment_added";
    case Kind::solution_proposed:
      return "solution_proposed";
    case Kind::case_closed:
      return "case_closed";
    case Kind::welcome:
      return "welcome";
    case Kind::temporary_password:
      return "temporary_password";
    case Kind::access_known:
      return "access_known";
    case Kind::access_refused:
      return "access_refused";
    case Kind::closing_soon:
      return "closing_soon";
    case Kind::survey:
      return "survey";
    case Kind::case_reopened:
      return "case_reopened";
  }
  return {};
}

std::vector<Mail> collect(storage::Transaction& tx, const List& options) {
  std::vector<Mail> mails;
  for (const Tab tab : {Tab::waiting, Tab::sent, Tab::failed}) {
    if (options.tab && *options.tab != tab) continue;
    std::ranges::move(page(tx, tab, std::nullopt, options.limit), std::back_inserter(mails));
  }
  std::ranges::sort(mails, {}, &Mail::id);
  return mails;
}

void write_json(storage::Transaction& tx, const Mail& mail, std::ostream& out) {
  boost::json::object line{{"id", mail.id.value},
                           {"kind", name_of(mail.kind)},
                           {"state", name_of(mail.state)},
                           {"to", mail.to_address},
                           {"subject", mail.subject},
                           {"message_id", mail.message_id},
                           {"attempts", mail.attempts},
                           {"answer", answer_of(locale, mail)},
                           {"created_at", base::iso_time(mail.created_at)}};
  const auto kept = find_demo_mail(tx, mail.id);
  const ParsedMessage parsed = kept ? read_message(kept->message) : ParsedMessage{};
  line["text"] = parsed.text;
  line["html"] = parsed.html;
  out << boost::json::serialize(line) << '\n';
}

void write_line(const Mail& mail, std::ostream& out) {
  out << fmt::format("{}  {:8} {:2}  {}  {}  {}\n", mail.id.value, name_of(mail.state), mail.attempts,
                     base::iso_time(mail.created_at), mail.to_address, mail.subject);
  if (!mail.answer.empty()) out << "    " << answer_of(locale, mail) << '\n';
}

}  // namespace

int list(storage::Database& database, const List& options, std::ostream& out) {
  database.read([&](storage::Transaction& tx) {
    for (const Mail& mail : collect(tx, options)) {
      if (options.json) {
        write_json(tx, mail, out);
      } else {
        write_line(mail, out);
      }
    }
    if (options.json) return;
    const Counts total = counts(tx);
    out << fmt::format("waiting {}, sent {}, failed {}\n", total.waiting, total.sent, total.failed);
  });
  return 0;
}

int resend(storage::Database& database, base::MailId id, std::ostream& out) {
  const auto done = database.write([&](storage::Transaction& tx) { return mail::resend(tx, id); });
  if (done) {
    out << "will be sent again\n";
    return 0;
  }
  out << (done.error().kind == base::ErrorKind::not_found
              ? "there is no mail with this id\n"
              : "cannot be sent again: it is being sent, or its secret has been wiped\n");
  return 1;
}

int resend_failed(storage::Database& database, std::ostream& out) {
  out << fmt::format("{} will be sent again\n", mail::resend_failed(database));
  return 0;
}

int show(storage::Database& database, base::MailId id, std::ostream& out) {
  return database.read([&](storage::Transaction& tx) {
    const auto mail = find(tx, id);
    if (!mail) {
      out << "there is no mail with this id\n";
      return 1;
    }
    out << fmt::format(
        "kind: {}\nstate: {}\nattempts: {}\ncreated: {}\nsent: {}\nto: {} <{}>\nmessage-id: {}\n",
        name_of(mail->kind), name_of(mail->state), mail->attempts, base::iso_time(mail->created_at),
        mail->sent_at ? base::iso_time(mail->sent_at) : "never", mail->to_name, mail->to_address,
        mail->message_id);
    if (mail->state == State::waiting) out << "next try: " << base::iso_time(mail->due_at) << '\n';
    if (!mail->answer.empty()) out << "answer: " << answer_of(locale, *mail) << '\n';
    out << "subject: " << mail->subject << "\n\n";
    if (holds_secret(mail->kind)) {
      out << "(the text holds a secret and is not shown)\n";
    } else if (const auto letter = compose(tx, *mail)) {
      out << text_of(*letter);
    } else {
      out << "(what it says is gone)\n";
    }
    return 0;
  });
}

}  // namespace mail::commands
