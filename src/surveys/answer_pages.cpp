#include <fmt/format.h>

#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "people/people.hpp"
#include "surveys/pages.hpp"
#include "surveys/surveys.hpp"
#include "surveys/views.gen.hpp"
#include "surveys/views_present.hpp"

namespace surveys::pages {
namespace {

struct Found {
  Survey survey;
  Subject subject;
  people::Person person;
};

base::Result<Found> find_invited(web::Context& ctx) {
  auto found = ctx.read([&](storage::Transaction& tx) -> base::Result<Found> {
    auto survey = find(tx, ctx.path("secret"));
    if (!survey) return std::unexpected(survey.error());
    Found read{.survey = *std::move(survey)};
    read.subject = subject_of(tx, read.survey);
    read.person = people::find(tx, read.survey.person_id).value_or(people::Person{});
    return read;
  });
  // Until a language has been chosen, that of who was invited.
  if (found && !ctx.request.cookie("language")) ctx.locale = found->person.locale;
  return found;
}

int score_of(std::string_view text) {
  return text.size() == 1 && text[0] >= '1' && text[0] <= '5' ? text[0] - '0' : 0;
}

views::AnswerView answer_view(const web::Context& ctx, const Found& found, int chosen) {
  const Survey& survey = found.survey;
  views::AnswerView view;
  view.secret = ctx.path("secret");
  view.number = fmt::format("{:08}", found.subject.number);
  view.subject = found.subject.subject;
  for (int score = lowest_score; score <= highest_score; ++score) {
    view.scores.push_back(views::score_view(ctx, score));
    view.scores.back().chosen = score == chosen;
  }
  view.chosen = chosen > 0 && chosen != survey.score;
  view.answered = survey.score > 0;
  view.comment = survey.comment;
  view.until = base::date(ctx.locale, survey.expires_at, found.person.time_zone);
  return view;
}

web::Response show_refused(web::Context& ctx, const Found& found, const base::Error& error) {
  views::AnswerView view = answer_view(ctx, found, score_of(ctx.form.get("score")));
  view.comment = ctx.form.get("comment");
  view.error_title = ctx.t(msg::survey_error);
  for (const base::FieldError& wrong : error.fields) {
    const std::string control = wrong.field == "score" ? "score-1" : "comment";
    view.errors.push_back({.field = control, .message = web::error_of(ctx, error, wrong.field)});
  }
  return ctx.render(views::answer, ctx.page(web::error_title(ctx, msg::survey_title)), view, 422);
}

}  // namespace

web::Response answer_form(web::Context& ctx) {
  const auto found = find_invited(ctx);
  if (!found) return web::problem(ctx, found.error());
  const int clicked = score_of(ctx.query.get("score"));
  const views::AnswerView view = answer_view(ctx, *found, clicked > 0 ? clicked : found->survey.score);
  return ctx.render(views::answer, ctx.page(ctx.t(msg::survey_title)), view);
}

web::Response save_answer(web::Context& ctx) {
  const auto found = find_invited(ctx);
  if (!found) return web::problem(ctx, found.error());
  const Answer given{.score = score_of(ctx.form.get("score")),
                     .comment = std::string(ctx.form.get("comment"))};
  const auto save = [&](storage::Transaction& tx) { return answer(tx, ctx.path("secret"), given); };
  auto saved = ctx.write(save);
  // The form was sent twice at once: the later one changes what the quicker one has kept.
  if (!saved && saved.error().kind == base::ErrorKind::conflict) saved = ctx.write(save);
  if (!saved && saved.error().kind == base::ErrorKind::invalid)
    return show_refused(ctx, *found, saved.error());
  if (!saved) return web::problem(ctx, saved.error());
  auto response = web::redirect(ctx.request.path);
  ctx.flash(response, msg::survey_thanks);
  return response;
}

}  // namespace surveys::pages
