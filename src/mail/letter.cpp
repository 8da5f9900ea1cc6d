#include "mail/letter.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <tuple>

#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "mail/fields.hpp"
#include "mail/identity.hpp"
#include "mail/ledger.hpp"
#include "mail/queries.hpp"
#include "mail/settings.hpp"
#include "mail/solution_link.hpp"
#include "people/people.hpp"
#include "settings/settings.hpp"

namespace mail {
namespace {

// Beyond this a mail shows the beginning; some readers cut mails off at 100 KB anyway.
constexpr std::size_t longest_quote = 8'000;  // characters

// What mails say of a case.
struct Facts {
  std::string number;
  std::string subject;
  std::string description;
  std::string solution;
  std::string product;
  base::PersonId contact_id;
  base::PersonId author_id;
};

std::optional<Facts> facts_of(storage::Transaction& tx, const Mail& mail) {
  using Row = std::tuple<std::int64_t, std::string, std::string, std::string, std::string, base::PersonId,
                         base::PersonId>;
  const auto row = tx.one<Row>(sql::facts_of_case, mail.case_id, mail.account_id);
  if (!row) return std::nullopt;
  const auto& [number, subject, description, solution, product, contact, author] = *row;
  return Facts{.number = fmt::format("{:08}", number),
               .subject = subject,
               .description = description,
               .solution = solution,
               .product = product,
               .contact_id = contact,
               .author_id = author};
}

std::string text(const Letter& letter, base::Message message) {
  return std::string(base::text(letter.locale, message));
}

void quote(Letter& letter, std::string title, std::string_view words) {
  letter.quote_title = std::move(title);
  const std::string_view shown = base::prefix(words, longest_quote);
  std::string_view rest = shown;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    letter.quote.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  if (shown.size() < words.size()) letter.quote.emplace_back("…");
}

void sign(Letter& letter) {
  letter.signature = {text(letter, msg::mail_signature_regards), text(letter, msg::mail_signature_team)};
}

void link_to_case(Letter& letter, const Facts& facts) {
  letter.action = text(letter, msg::mail_action_case);
  letter.action_url = settings().public_url + "/cases/" + facts.number;
}

void invite_to_answer(Letter& letter) {
  letter.notes.push_back(
      text(letter, settings().takes_replies ? msg::mail_note_reply : msg::mail_note_answer_in_portal));
}

void case_opened(Letter& letter, const Facts& facts) {
  letter.preview = base::format(letter.locale, msg::mail_case_opened_preview, facts.number);
  letter.paragraphs = {base::format(letter.locale, msg::mail_case_opened_lead, facts.number),
                       text(letter, msg::mail_case_opened_phone)};
  letter.details = {{text(letter, msg::mail_detail_number), facts.number},
                    {text(letter, msg::mail_detail_subject), facts.subject},
                    {text(letter, msg::mail_detail_product), facts.product}};
  quote(letter, text(letter, msg::mail_detail_description), facts.description);
  link_to_case(letter, facts);
  invite_to_answer(letter);
}

void comment_added(Letter& letter, const Facts& facts, const std::string& author, const std::string& body) {
  letter.preview = base::single_line(base::prefix(body, 120));
  letter.paragraphs = {
      base::format(letter.locale, msg::mail_comment_added_lead, facts.number, facts.subject)};
  quote(letter, author, body);
  link_to_case(letter, facts);
  invite_to_answer(letter);
}

// Whoever the case belongs to may answer without signing in; others have the page of the case.
void ask_whether_it_helped(Letter& letter, const Facts& facts, const Mail& mail) {
  if (mail.person_id != facts.contact_id && mail.person_id != facts.author_id) return;
  const std::string address =
      settings().public_url + "/solution/" +
      make_solution_token({.case_id = mail.case_id, .person_id = mail.person_id, .made_at = mail.created_at});
  letter.choices_title = text(letter, msg::case_solution_question);
  letter.choices = {
      {.label = text(letter, msg::case_solution_helped), .url = address + "?answer=helped", .mark = {}},
      {.label = text(letter, msg::case_show_not_solved), .url = address + "?answer=remains", .mark = {}}};
  letter.notes.push_back(text(letter, msg::mail_solution_confirm));
}

void solution_proposed(Letter& letter, const Facts& facts, const Mail& mail) {
  letter.preview = base::single_line(base::prefix(facts.solution, 120));
  letter.paragraphs = {base::format(letter.locale, msg::mail_solution_lead, facts.number, facts.product)};
  quote(letter, text(letter, msg::mail_solution_title), facts.solution);
  letter.details_title = text(letter, msg::mail_solution_details);
  letter.details = {{text(letter, msg::mail_solution_number), facts.number},
                    {text(letter, msg::mail_solution_summary), facts.subject}};
  ask_whether_it_helped(letter, facts, mail);
  link_to_case(letter, facts);
  letter.notes.push_back(
      text(letter, settings().takes_replies ? msg::mail_solution_again_reply : msg::mail_solution_again));
}

base::Instant instant_of(const Fields& fields, const std::string& name) {
  const auto named = fields.find(name);
  return {named == fields.end() ? 0 : base::parse_id(named->second).value_or(0)};
}

void closing_soon(Letter& letter, const Facts& facts, const Mail& mail, const std::string& closes) {
  letter.paragraphs = {
      base::format(letter.locale, msg::mail_closing_soon_lead, facts.number, facts.subject, closes)};
  letter.preview = letter.paragraphs.front();
  quote(letter, text(letter, msg::mail_solution_title), facts.solution);
  ask_whether_it_helped(letter, facts, mail);
  link_to_case(letter, facts);
}

void case_reopened(Letter& letter, const Facts& facts) {
  letter.preview = base::format(letter.locale, msg::mail_case_reopened_lead, facts.number);
  letter.paragraphs = {letter.preview};
  letter.details = {{text(letter, msg::mail_detail_subject), facts.subject},
                    {text(letter, msg::mail_detail_product), facts.product}};
  link_to_case(letter, facts);
}

void survey(Letter& letter, const Facts& facts, const std::string& secret, const std::string& until) {
  static constexpr std::array words{msg::survey_score_1, msg::survey_score_2, msg::survey_score_3,
                                    msg::survey_score_4, msg::survey_score_5};
  letter.preview = text(letter, msg::mail_survey_ask);
  letter.paragraphs = {base::format(letter.locale, msg::mail_survey_lead, facts.number, facts.subject),
                       letter.preview};
  letter.choices_title = text(letter, msg::survey_question);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string score = std::to_string(i + 1);
    letter.choices.push_back({.label = text(letter, words.at(i)),
                              .url = settings().public_url + "/survey/" + secret + "?score=" + score,
                              .mark = score});
  }
  letter.notes = {text(letter, msg::mail_survey_confirm),
                  base::format(letter.locale, msg::mail_survey_valid, until)};
  link_to_case(letter, facts);
}

void case_closed(Letter& letter, const Facts& facts) {
  letter.preview = base::format(letter.locale, msg::mail_case_closed_lead, facts.number);
  letter.paragraphs = {letter.preview, text(letter, msg::mail_case_closed_next)};
  letter.details = {{text(letter, msg::mail_detail_subject), facts.subject},
                    {text(letter, msg::mail_detail_product), facts.product}};
  link_to_case(letter, facts);
}

void welcome(Letter& letter, const people::Person& person, const std::string& secret) {
  letter.preview = text(letter, msg::mail_welcome_lead);
  letter.paragraphs = {letter.preview, text(letter, msg::mail_welcome_password)};
  letter.details = {{text(letter, msg::mail_detail_user_name), person.email}};
  letter.action = text(letter, msg::mail_welcome_action);
  letter.action_url = settings().public_url + "/password/set/" + secret;
  letter.action_matters = true;
  letter.notes = {text(letter, msg::mail_welcome_valid), text(letter, msg::mail_note_secret)};
}

void temporary_password(Letter& letter, const people::Person& person, const std::string& password) {
  letter.preview = text(letter, msg::mail_password_preview);
  letter.paragraphs = {text(letter, msg::mail_password_lead)};
  letter.code = password;
  letter.details = {{text(letter, msg::mail_detail_user_name), person.email}};
  letter.action = text(letter, msg::mail_password_action);
  letter.action_url = settings().public_url + "/sign-in";
  letter.notes = {text(letter, msg::mail_password_valid), text(letter, msg::mail_password_ignore)};
}

void access_known(Letter& letter, const people::Person& person) {
  letter.preview = text(letter, msg::mail_access_known_lead);
  letter.paragraphs = {letter.preview, text(letter, msg::mail_access_known_reset)};
  letter.details = {{text(letter, msg::mail_detail_user_name), person.email}};
  letter.action = text(letter, msg::mail_password_action);
  letter.action_url = settings().public_url + "/sign-in";
  letter.notes = {text(letter, msg::mail_access_known_ignore)};
}

void access_refused(Letter& letter) {
  letter.preview = text(letter, msg::mail_access_refused_lead);
  letter.paragraphs = {letter.preview, text(letter, msg::mail_access_refused_next)};
}

const std::string& chosen(const std::string& set, const std::string& configured) {
  return set.empty() ? configured : set;
}

Letter begin(storage::Transaction& tx, const Mail& mail) {
  const Settings& installation = settings();
  const ::settings::Portal portal = ::settings::read(tx);
  const bool russian = mail.locale == base::Locale::ru;
  Letter letter;
  letter.locale = mail.locale;
  letter.subject = mail.subject;
  letter.brand = chosen(russian ? portal.brand_ru : portal.brand_en, installation.brand(mail.locale));
  letter.greeting = mail.to_name.empty() ? text(letter, msg::mail_greeting_nameless)
                                         : base::format(mail.locale, msg::mail_greeting, mail.to_name);
  sign(letter);
  const std::string& phone = chosen(portal.support_phone, installation.support_phone);
  if (!phone.empty()) {
    const std::string& hours = chosen(russian ? portal.support_hours_ru : portal.support_hours_en,
                                      installation.support_hours(mail.locale));
    letter.footer.push_back(base::format(mail.locale, msg::mail_footer_phone, phone) +
                            (hours.empty() ? "" : " · " + hours));
  }
  letter.footer.push_back(text(letter, msg::mail_footer_automatic));
  return letter;
}

base::Result<Letter> compose_about_case(storage::Transaction& tx, const Mail& mail,
                                        const people::Person& person, const Fields& fields) {
  const auto facts = facts_of(tx, mail);
  if (!facts) return base::fail(base::ErrorKind::not_found);
  // Somebody who works elsewhere by now hears no more of it.
  if (!people::is_staff(person.role) && person.account_id != mail.account_id)
    return base::fail(base::ErrorKind::forbidden);
  Letter letter = begin(tx, mail);
  letter.reference = make_reference(base::parse_id(facts->number).value_or(0));
  switch (mail.kind) {
    case Kind::case_opened:
      case_opened(letter, *facts);
      break;
    case Kind::comment_added: {
      const auto named = fields.find("comment");
      const std::int64_t id = named == fields.end() ? 0 : base::parse_id(named->second).value_or(0);
      const int least_visibility = people::is_staff(person.role) ? 0 : 1;
      const auto comment = tx.one<std::tuple<std::string, std::string>>(sql::comment, mail.account_id,
                                                                        mail.case_id, id, least_visibility);
      if (!comment) return base::fail(base::ErrorKind::not_found);
      comment_added(letter, *facts, std::get<1>(*comment), std::get<0>(*comment));
      break;
    }
    case Kind::solution_proposed:
      solution_proposed(letter, *facts, mail);
      break;
    case Kind::closing_soon:
      closing_soon(letter, *facts, mail,
                   base::date(mail.locale, instant_of(fields, "closes"), person.time_zone));
      break;
    case Kind::case_reopened:
      case_reopened(letter, *facts);
      break;
    default:
      case_closed(letter, *facts);
  }
  return letter;
}

base::Result<Letter> compose_survey(storage::Transaction& tx, const Mail& mail, const people::Person& person,
                                    const Fields& fields) {
  const auto secret = fields.find("secret");
  if (secret == fields.end() || has_expired(mail, base::now())) return base::fail(base::ErrorKind::expired);
  const auto facts = facts_of(tx, mail);
  if (!facts) return base::fail(base::ErrorKind::not_found);
  Letter letter = begin(tx, mail);
  letter.reference = make_reference(base::parse_id(facts->number).value_or(0));
  survey(letter, *facts, secret->second,
         base::date(mail.locale, instant_of(fields, "expires"), person.time_zone));
  return letter;
}

base::Result<Letter> compose_with_secret(storage::Transaction& tx, const Mail& mail,
                                         const people::Person& person, const Fields& fields) {
  const auto secret = fields.find(mail.kind == Kind::welcome ? "secret" : "password");
  if (secret == fields.end() || has_expired(mail, base::now())) return base::fail(base::ErrorKind::expired);
  Letter letter = begin(tx, mail);
  if (mail.kind == Kind::welcome) {
    // A later link has ended this one, or it has been used.
    if (!people::find_by_welcome_secret(tx, secret->second)) return base::fail(base::ErrorKind::expired);
    welcome(letter, person, secret->second);
  } else {
    temporary_password(letter, person, secret->second);
  }
  return letter;
}

}  // namespace

base::Result<Letter> compose(storage::Transaction& tx, const Mail& mail) {
  if (mail.kind == Kind::access_refused) {
    Letter letter = begin(tx, mail);
    access_refused(letter);
    return letter;
  }
  const auto person = people::find(tx, mail.person_id);
  if (!person || !may_get(mail.kind, *person)) return base::fail(base::ErrorKind::forbidden);
  if (mail.kind == Kind::access_known) {
    Letter letter = begin(tx, mail);
    access_known(letter, *person);
    return letter;
  }
  const auto fields = decode_fields(mail.fields_json);
  if (!fields) return base::fail(base::ErrorKind::invalid);
  if (mail.kind == Kind::survey) return compose_survey(tx, mail, *person, *fields);
  return holds_secret(mail.kind) ? compose_with_secret(tx, mail, *person, *fields)
                                 : compose_about_case(tx, mail, *person, *fields);
}

std::string text_of(const Letter& letter) {
  std::string out = letter.greeting + "\n";
  for (const std::string& paragraph : letter.paragraphs) out += "\n" + paragraph + "\n";
  if (!letter.code.empty()) out += "\n    " + letter.code + "\n";

  if (!letter.quote.empty()) {
    out += "\n" + letter.quote_title + ":\n";
    for (const std::string& line : letter.quote) out += line + "\n";
  }
  if (!letter.details.empty()) {
    out += "\n";
    if (!letter.details_title.empty()) out += letter.details_title + "\n";
    for (const Detail& detail : letter.details) out += detail.label + ": " + detail.value + "\n";
  }
  if (!letter.choices.empty()) {
    out += "\n" + letter.choices_title + "\n";
    for (const Choice& choice : letter.choices) {
      out += "\n" + (choice.mark.empty() ? "" : choice.mark + " ") + choice.label + ":\n" + choice.url + "\n";
    }
  }
  if (!letter.action.empty()) out += "\n" + letter.action + ":\n" + letter.action_url + "\n";
  for (const std::string& note : letter.notes) out += "\n" + note + "\n";
  out += "\n";
  for (const std::string& line : letter.signature) out += line + "\n";
  out += "\n";
  for (const std::string& line : letter.footer) out += line + "\n";
  if (!letter.reference.empty()) out += "\n" + letter.reference + "\n";
  return out;
}

}  // namespace mail
