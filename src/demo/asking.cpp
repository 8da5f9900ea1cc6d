#include "demo/asking.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "demo/calendar.hpp"

namespace demo {
namespace {

constexpr base::Duration pause = base::days(30);
constexpr double answered_share = 0.62;
constexpr double commented_share = 0.4;
constexpr double changed_share = 0.05;

using Words = std::array<std::string_view, 4>;

constexpr Words pleased{
    "Быстро разобрались и понятно объяснили, спасибо.", "Всё решили за один день. Специалист был на связи.",
    "Спасибо, инструкция помогла, больше не повторяется.", "Отличная работа, так держать."};
constexpr Words content{"Помогли, хотя пришлось дважды присылать одни и те же данные.",
                        "Решение верное, но хотелось бы быстрее.", "В целом хорошо.",
                        "Ответ по делу. Добавьте это в базу знаний."};
constexpr Words displeased{"Долго ждали первого ответа.", "Проблему обошли, а не исправили.",
                           "Пришлось объяснять всё заново каждому специалисту.",
                           "Два дня не могли работать, так быть не должно."};

int roll_score(Dice& dice) {
  const double share = dice.share();
  if (share < 0.47) return 5;
  if (share < 0.75) return 4;
  if (share < 0.88) return 3;
  return share < 0.95 ? 2 : 1;
}

const Words& words_for(int score) {
  if (score == 5) return pleased;
  return score >= 3 ? content : displeased;
}

// What the contact was told of the closing is the survey's mail.
void turn_mail(Story& story) {
  for (mail::Mail& mail : story.mails) {
    if (mail.kind != mail::Kind::case_closed || mail.person_id != story.report.contact_id) continue;
    mail.kind = mail::Kind::survey;
    mail.subject =
        base::single_line(base::format(mail.locale, msg::mail_subject_survey,
                                       cases::format_number(story.report.number), story.report.subject));
  }
}

void tell_assignee(Story& story, const surveys::Survey& survey, base::Instant now) {
  const bool old = survey.answered_at + base::hours(20) < now;
  story.notifications.push_back({.id = make_id_at<base::NotificationId>(survey.answered_at),
                                 .person_id = survey.assignee_id,
                                 .account_id = survey.account_id,
                                 .case_id = survey.case_id,
                                 .actor_id = survey.person_id,
                                 .kind = notifications::Kind::survey_answered,
                                 .detail = std::to_string(survey.score),
                                 .read_at = old ? survey.answered_at + base::hours(3) : base::Instant{},
                                 .created_at = survey.answered_at});
}

}  // namespace

void Asking::ask(const Outline& outline, Story& story) {
  const cases::Case& report = story.report;
  if (report.status != cases::Status::closed || !is_due(outline, report)) return;
  asked_[report.contact_id] = report.closed_at;
  surveys::Survey survey{.id = make_id_at<base::SurveyId>(report.closed_at),
                         .account_id = report.account_id,
                         .case_id = report.id,
                         .person_id = report.contact_id,
                         .assignee_id = report.assignee_id,
                         .product_id = report.product_id,
                         .created_at = report.closed_at,
                         .expires_at = report.closed_at + surveys::answer_period};
  // A digest that is nobody's: links of the past lead nowhere.
  survey.digest =
      fmt::format("{:016x}{:016x}{:016x}{:016x}", dice_.next(), dice_.next(), dice_.next(), dice_.next());
  answer(survey, outline.now);
  turn_mail(story);
  if (outline.with_post && survey.score > 0 && survey.assignee_id) tell_assignee(story, survey, outline.now);
  story.survey = std::move(survey);
}

bool Asking::is_due(const Outline& outline, const cases::Case& report) const {
  if (!outline.cast.contact->active) return false;
  const auto before = asked_.find(report.contact_id);
  if (before == asked_.end()) return true;
  const base::Duration since = report.closed_at - before->second;
  return since >= pause || base::Duration{-since.microseconds} >= pause;
}

void Asking::answer(surveys::Survey& survey, base::Instant now) {
  const base::Instant found = working_after(survey.created_at + base::minutes(dice_.skewed(3, 9 * 24 * 60)));
  const base::Instant at = found + base::seconds(dice_.between(60, 5'400));
  if (!dice_.chance(answered_share) || at >= now) return;
  survey.score = roll_score(dice_);
  survey.answered_at = at;
  if (dice_.chance(commented_share)) survey.comment = dice_.of(words_for(survey.score));
  const base::Instant changed = at + base::hours(5);
  if (dice_.chance(changed_share) && changed < now) {
    survey.changed_at = changed;
    ++survey.version;
  }
  ++survey.version;
}

}  // namespace demo
