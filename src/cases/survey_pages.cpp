#include "cases/survey_pages.hpp"

#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "surveys/views_present.hpp"

namespace cases::views {
namespace {

std::string state_of(const web::Context& ctx, const surveys::Survey& survey) {
  const auto time = [&](base::Instant at) { return base::short_date_time(ctx.locale, at, ctx.time_zone()); };
  if (survey.score == 0) {
    if (survey.expires_at <= base::now()) return std::string(ctx.t(msg::survey_missed));
    return ctx.t(msg::survey_waiting, base::date(ctx.locale, survey.expires_at, ctx.time_zone()));
  }
  if (survey.changed_at) return ctx.t(msg::survey_changed, time(survey.answered_at), time(survey.changed_at));
  return ctx.t(msg::survey_answered, time(survey.answered_at));
}

}  // namespace

SurveyView survey_view(const web::Context& ctx, const surveys::Survey& survey, const std::string& person) {
  SurveyView view;
  view.invited = ctx.t(msg::survey_invited, person,
                       base::short_date_time(ctx.locale, survey.created_at, ctx.time_zone()));
  view.state = state_of(ctx, survey);
  if (survey.score == 0) return view;
  const surveys::views::ScoreView score = surveys::views::score_view(ctx, survey.score);
  view.score = survey.score;
  view.icon = score.icon;
  view.word = score.word;
  view.color = score.color;
  view.comment = survey.comment;
  return view;
}

}  // namespace cases::views
