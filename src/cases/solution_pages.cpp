#include "base/message_keys.hpp"
#include "cases/cases.hpp"
#include "cases/pages.hpp"
#include "cases/solution.hpp"
#include "cases/views.gen.hpp"
#include "cases/views_present.hpp"
#include "cases/views_solution.hpp"
#include "web/markdown.hpp"

namespace cases::pages {
namespace {

std::optional<Verdict> verdict_of(std::string_view answer) {
  if (answer == "helped") return Verdict::helped;
  if (answer == "remains") return Verdict::remains;
  return std::nullopt;
}

// The form as it was sent.
SolutionAnswer posted_answer(const web::Context& ctx, Verdict verdict) {
  return {.draft = {base::parse_id(ctx.form.get("draft")).value_or(0)},
          .verdict = verdict,
          .comment = std::string(ctx.form.get("body"))};
}

views::SolutionView solution_view(const web::Context& ctx, const Case& report) {
  views::SolutionView view;
  view.number = format_number(report.number);
  view.subject = report.subject;
  view.solution = web::markdown(report.solution);
  view.action = ctx.request.path;
  view.draft = std::to_string(base::next_id());
  view.case_address = views::case_address(report.number);
  view.waiting = report.status == Status::solved;
  const bool closed = report.status == Status::closed;
  view.outcome = ctx.t(closed ? msg::solution_closed_text : msg::solution_reopened_text);
  view.title = ctx.t(view.waiting ? msg::solution_title
                     : closed     ? msg::solution_closed_title
                                  : msg::solution_reopened_title);
  return view;
}

web::Response show_form(web::Context& ctx, const Case& report) {
  views::SolutionView view = solution_view(ctx, report);
  view.answer = ctx.query.get("answer");
  return ctx.render(views::solution, ctx.page(view.title, web::Section::cases), view);
}

web::Response show_refused(web::Context& ctx, const Case& report, const base::Error& error) {
  views::SolutionView view = solution_view(ctx, report);
  view.answer = ctx.form.get("answer");
  view.comment = ctx.form.get("body");
  if (const std::string_view draft = ctx.form.get("draft"); base::parse_id(draft)) view.draft = draft;
  view.error_title = ctx.t(msg::case_solution_error);
  for (const base::FieldError& wrong : error.fields) {
    const std::string control = wrong.field == "body" ? "answer-comment" : "answer-helped";
    view.errors.push_back({.field = control, .message = web::error_of(ctx, error, wrong.field)});
  }
  return ctx.render(views::solution,
                    ctx.page(ctx.t(msg::case_new_error_page, view.title), web::Section::cases), view,
                    web::status_of(error.kind));
}

// Checks the form, gives the answer for `viewer`, and leads on to `next`.
web::Response take_answer(web::Context& ctx, const people::Viewer& viewer, const Case& report,
                          const std::string& next) {
  const auto verdict = verdict_of(ctx.form.get("answer"));
  if (!verdict)
    return show_refused(ctx, report, {.fields = {{"answer", msg::solution_error_answer, {}}}, .detail = {}});
  const SolutionAnswer answer = posted_answer(ctx, *verdict);
  const auto answered =
      ctx.write([&](storage::Transaction& tx) { return answer_solution(tx, viewer, report, answer); });
  auto response = web::redirect(next);
  if (answered) {
    ctx.flash(response,
              *verdict == Verdict::helped ? msg::case_solution_accepted : msg::case_solution_declined);
  } else if (answered.error().kind == base::ErrorKind::conflict) {
    ctx.flash(response, msg::case_solution_over, web::FlashKind::warning);
  } else if (answered.error().kind == base::ErrorKind::invalid) {
    return show_refused(ctx, report, answered.error());
  } else {
    return web::problem(ctx, answered.error());
  }
  return response;
}

base::Result<Case> find_report(web::Context& ctx) {
  return ctx.read(
      [&](storage::Transaction& tx) { return find(tx, ctx.viewer(), parse_number(ctx.path("number"))); });
}

base::Result<LinkedCase> find_linked(web::Context& ctx) {
  auto linked =
      ctx.read([&](storage::Transaction& tx) { return find_by_solution_link(tx, ctx.path("token")); });
  // Until a language has been chosen, that of whom the link was sent to.
  if (linked && !ctx.request.cookie("language")) ctx.locale = linked->person.locale;
  return linked;
}

}  // namespace

web::Response solution_form(web::Context& ctx) {
  const auto report = find_report(ctx);
  if (!report) return web::problem(ctx, report.error());
  return show_form(ctx, *report);
}

web::Response answer_solution(web::Context& ctx) {
  const auto report = find_report(ctx);
  if (!report) return web::problem(ctx, report.error());
  return take_answer(ctx, ctx.viewer(), *report, views::case_address(report->number));
}

web::Response linked_solution_form(web::Context& ctx) {
  const auto linked = find_linked(ctx);
  if (!linked) return web::problem(ctx, linked.error());
  return show_form(ctx, linked->report);
}

web::Response answer_linked_solution(web::Context& ctx) {
  const auto linked = find_linked(ctx);
  if (!linked) return web::problem(ctx, linked.error());
  return take_answer(ctx, people::as_viewer(linked->person), linked->report, ctx.request.path);
}

}  // namespace cases::pages
