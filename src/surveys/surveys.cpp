#include "surveys/surveys.hpp"

#include <spdlog/spdlog.h>

#include <tuple>

#include "base/message_keys.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "mail/mail.hpp"
#include "notifications/notifications.hpp"
#include "people/people.hpp"
#include "storage/database.hpp"
#include "surveys/counts.hpp"
#include "surveys/queries.hpp"

namespace surveys {
namespace {

Settings& current_settings() {
  static Settings settings;
  return settings;
}

bool may_be_asked(storage::Transaction& tx, const people::Person& person) {
  if (!mail::may_get(mail::Kind::survey, person) || base::mail_key(person.email).empty()) return false;
  const base::Instant since = base::now() - current_settings().pause;
  return !tx.one<std::int64_t>(sql::asked_since, person.id, since);
}

void invite(storage::Transaction& tx, const Occasion& occasion, const people::Person& person) {
  const std::string secret = base::random_token();
  Survey survey{.id = base::make_id<base::SurveyId>(),
                .account_id = occasion.account_id,
                .case_id = occasion.case_id,
                .person_id = person.id,
                .assignee_id = occasion.assignee_id,
                .product_id = occasion.product_id,
                .digest = base::digest(secret),
                .created_at = base::now()};
  survey.expires_at = survey.created_at + answer_period;
  tx.insert(sql::insert_survey, survey);
  mail::enqueue(tx, mail::Kind::survey, person,
                {.account_id = occasion.account_id,
                 .case_id = occasion.case_id,
                 .number = occasion.number,
                 .subject = occasion.subject},
                {{"secret", secret}, {"expires", std::to_string(survey.expires_at.microseconds)}});
}

std::vector<base::FieldError> check(int score, const std::string& comment) {
  std::vector<base::FieldError> errors;
  if (score < lowest_score || score > highest_score) errors.push_back({"score", msg::survey_error_score, {}});
  if (base::length(comment) > longest_comment)
    errors.push_back({"comment", msg::survey_error_comment_long, {std::to_string(longest_comment)}});
  return errors;
}

void tell_assignee(storage::Transaction& tx, const Survey& survey) {
  if (!survey.assignee_id) return;
  notifications::tell(tx, {survey.assignee_id},
                      {.id = {},
                       .person_id = {},
                       .account_id = survey.account_id,
                       .case_id = survey.case_id,
                       .actor_id = survey.person_id,
                       .kind = notifications::Kind::survey_answered,
                       .detail = std::to_string(survey.score),
                       .read_at = {},
                       .created_at = base::now()});
}

}  // namespace

void configure(Settings settings) {
  current_settings() = settings;
}

bool invite_if_possible(storage::Transaction& tx, const Occasion& occasion) {
  bool invited = false;
  try {
    tx.attempt([&] {
      const auto person = people::find(tx, occasion.contact_id);
      if (!person || !may_be_asked(tx, *person)) return;
      invite(tx, occasion, *person);
      invited = true;
    });
  } catch (const storage::Unavailable&) {
    throw;  // nothing can be written: the closing fails by itself, and is tried again
  } catch (const std::exception& error) {
    spdlog::error("no survey about case {}: {}", occasion.number, error.what());
    return false;
  }
  return invited;
}

base::Result<Survey> find(storage::Transaction& tx, std::string_view secret) {
  auto survey = tx.one<Survey>(sql::survey_by_digest, base::digest(secret), base::now());
  if (!survey) return base::fail(base::ErrorKind::expired);
  return *std::move(survey);
}

base::Result<Survey> answer(storage::Transaction& tx, std::string_view secret, const Answer& given) {
  const auto before = find(tx, secret);
  if (!before) return before;
  const std::string comment = base::plain_lines(given.comment);
  if (auto errors = check(given.score, comment); !errors.empty()) return base::fail(std::move(errors));
  if (before->score == given.score && before->comment == comment) return before;  // sent twice

  Survey after = *before;
  after.score = given.score;
  after.comment = comment;
  const base::Instant now = base::now();
  if (before->score == 0) {
    after.answered_at = now;
  } else {
    after.changed_at = now;
  }
  const auto rows = tx.run(sql::save_answer, after.id, after.version, after.score, after.comment,
                           after.answered_at, after.changed_at);
  if (rows == 0) return base::fail(base::ErrorKind::conflict, "answered in between");
  ++after.version;
  if (before->score != 0) count(tx, *before, -1);
  count(tx, after, 1);
  if (before->score != after.score) tell_assignee(tx, after);
  return after;
}

std::vector<Survey> of_case(storage::Transaction& tx, base::AccountId account, base::CaseId id) {
  return tx.all<Survey>(sql::surveys_of_case, account, id);
}

Subject subject_of(storage::Transaction& tx, const Survey& survey) {
  using Row = std::tuple<std::int64_t, std::string>;
  const auto row = tx.one<Row>(sql::subject_of_survey, survey.case_id, survey.account_id);
  if (!row) return {};
  return {.number = std::get<0>(*row), .subject = std::get<1>(*row)};
}

}  // namespace surveys
