#include "cases/show_pages.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "cases/closing.hpp"
#include "cases/life.hpp"
#include "cases/pages.hpp"
#include "cases/survey_pages.hpp"
#include "cases/timeline_pages.hpp"
#include "cases/views.gen.hpp"
#include "cases/views_present.hpp"
#include "cases/work.hpp"
#include "drafts/drafts.hpp"
#include "notifications/notifications.hpp"
#include "people/people.hpp"
#include "products/products.hpp"
#include "web/markdown.hpp"

namespace cases::pages {
namespace {

// A timeline longer than `unfolded` shows its latest `kept_unfolded` entries.
constexpr std::size_t unfolded = 30;
constexpr std::size_t kept_unfolded = 20;
constexpr std::size_t files_unfolded = 10;

enum class Extent : std::uint8_t { folded, all };

std::string impact_text(const web::Context& ctx, Impact impact) {
  static constexpr std::array texts{msg::case_impact_stopped, msg::case_impact_hindered,
                                    msg::case_impact_question};
  return std::string(ctx.t(texts.at(static_cast<std::size_t>(impact))));
}

std::string origin_text(const web::Context& ctx, Origin origin) {
  static constexpr std::array texts{msg::case_origin_web, msg::case_origin_email, msg::case_origin_phone};
  return std::string(ctx.t(texts.at(static_cast<std::size_t>(origin))));
}

std::vector<views::StepView> steps(const web::Context& ctx, Status status) {
  static constexpr std::array names{msg::case_status_open, msg::case_status_in_progress,
                                    msg::case_step_clarification, msg::case_status_solved,
                                    msg::case_status_closed};
  // A reopened case is at work again; one that is closed has been through everything.
  static constexpr std::array<std::size_t, status_count> reached{0, 1, 2, 3, 4, 1};
  const std::size_t current = reached.at(static_cast<std::size_t>(status));
  std::vector<views::StepView> path;
  for (std::size_t i = 0; i < names.size(); ++i) {
    path.push_back({.text = ctx.t(names.at(i)), .done = i < current, .current = i == current});
  }
  return path;
}

// What the viewer may say of a solution, and until when.
void fill_solution(const web::Context& ctx, const Case& report, views::CaseView& view) {
  view.may_answer = !view.staff && view.solved && may_move(ctx.viewer(), report, Status::closed);
  if (view.may_answer) view.answer_draft = std::to_string(base::next_id());
  if (const auto closes = closes_at(report)) {
    view.closes = ctx.t(msg::case_solution_closes, base::date(ctx.locale, *closes, ctx.time_zone()));
  }
}

views::LinkedCaseView linked_case(std::int64_t number) {
  return {.number = format_number(number), .address = views::case_address(number)};
}

views::CaseView case_view(const web::Context& ctx, const CaseData& data) {
  const Case& report = data.report;
  views::CaseView view;
  view.number = format_number(report.number);
  view.address = views::case_address(report.number);
  view.subject = report.subject;
  view.status = views::status_view(ctx, report.status);
  view.account = data.account;
  view.account_phone = data.account_phone;
  view.contact = data.contact.name;
  view.contact_phone = data.contact.phone;
  view.country = base::country_name(ctx.locale, report.country);
  view.product = data.product;
  view.origin = origin_text(ctx, report.origin);
  view.impact = impact_text(ctx, report.impact);
  if (const auto assignee = data.people.find(report.assignee_id); assignee != data.people.end()) {
    view.assignee = assignee->second.name;
    view.assignee_initials = base::initials(view.assignee);
  }
  view.description = web::markdown(report.description);
  view.solution = web::markdown(report.solution);
  view.solved = report.status == Status::solved;
  view.closed = report.status == Status::closed;
  view.staff = ctx.viewer().staff();
  fill_solution(ctx, report, view);
  for (const surveys::Survey& survey : data.surveys) {
    const auto person = data.people.find(survey.person_id);
    view.surveys.push_back(
        views::survey_view(ctx, survey, person == data.people.end() ? std::string{} : person->second.name));
  }
  if (data.continuations.of > 0) view.continues.push_back(linked_case(data.continuations.of));
  for (const std::int64_t number : data.continuations.by) view.continued_by.push_back(linked_case(number));
  view.following = data.following;
  view.opened = views::full_time(ctx, report.opened_at);
  view.updated = views::full_time(ctx, report.updated_at);
  view.steps = steps(ctx, report.status);
  view.events = timeline(ctx, data);
  view.comments = static_cast<std::int64_t>(data.comments.size());
  for (const attachments::Attachment& file : data.files) {
    const auto author = data.people.find(file.author_id);
    view.files.push_back(
        views::file_view(ctx, file, author == data.people.end() ? std::string{} : author->second.name));
  }
  view.file_count = static_cast<std::int64_t>(view.files.size());
  view.largest_file = ctx.environment.settings.largest_file;
  view.most_files = most_files;
  view.printed = views::full_time(ctx, base::now());
  view.printed_by = ctx.person().name;
  return view;
}

void fold(views::CaseView& view) {
  if (view.events.size() > unfolded) {
    view.events.erase(view.events.begin(), view.events.end() - static_cast<std::ptrdiff_t>(kept_unfolded));
    view.folded = true;
  }
  if (view.files.size() > files_unfolded) view.files.resize(files_unfolded);
}

// What the reader typed here before and did not send.
void fill_draft(web::Context& ctx, const Case& report, views::CaseView& view) {
  const auto draft = ctx.read([&](storage::Transaction& tx) {
    auto latest = drafts::latest(tx, ctx.person().id, drafts::Kind::comment, report.id.value);
    if (!latest) return latest;
    for (const auto& upload : attachments::of_draft(tx, ctx.person().id, latest->id))
      view.uploads.push_back(views::upload_view(ctx, upload));
    return latest;
  });
  if (draft) {
    view.draft = std::to_string(draft->id.value);
    view.draft_version = draft->version;
    view.comment = drafts::parse(*draft)["body"];
  } else {
    view.draft = std::to_string(base::next_id());
  }
}

base::Result<CaseData> load(web::Context& ctx) {
  return ctx.read([&](storage::Transaction& tx) {
    return read_case(tx, ctx.viewer(), parse_number(ctx.path("number")));
  });
}

// Looking at a case is remembered and reads what was told of it.
void note_visit(web::Context& ctx, const CaseData& data) {
  const bool unread = ctx.person().unread_notifications > 0;
  if (data.viewed_lately && !unread) return;
  try {
    ctx.write([&](storage::Transaction& tx) {
      remember_view(tx, ctx.viewer(), data.report.id);
      if (unread) notifications::mark_read(tx, ctx.person().id, data.report.id);
    });
  } catch (const storage::Unavailable&) {
    // A full disk keeps nobody from reading.
  }
}

// For an agent: what the case can become and whose it can be.
void fill_manage(storage::Transaction& tx, const web::Context& ctx, const Case& report,
                 views::CaseView& view) {
  view.manage.version = report.version;
  view.manage.agents.push_back(
      {.value = "0", .text = std::string(ctx.t(msg::desk_nobody)), .selected = !report.assignee_id});
  for (const people::Person& agent : people::agents(tx)) {
    view.manage.agents.push_back(
        {.value = base::to_string(agent.id), .text = agent.name, .selected = agent.id == report.assignee_id});
  }
  view.manage.priorities = views::priority_choices(ctx, report.priority);
  for (const products::Product& product : *products::catalogue(ctx.environment.database)) {
    view.manage.products.push_back({.value = base::to_string(product.id),
                                    .text = product.name,
                                    .selected = product.id == report.product_id});
  }
  for (int i = 0; i < status_count; ++i) {
    const auto status = static_cast<Status>(i);
    // A solution needs its words, so it is proposed by an answer.
    const bool step = may_move(report.status, status) && status != Status::solved;
    if (!step && status != report.status) continue;
    view.manage.statuses.push_back({.value = std::to_string(i),
                                    .text = std::string(views::status_view(ctx, status).text),
                                    .selected = status == report.status});
  }
}

base::Message conflict_text(const CaseData& data, const Refused& refused) {
  if (refused.error.detail == stale) return msg::case_show_stale;
  if (data.report.status == Status::closed) return msg::case_show_comment_closed;
  return msg::case_show_wrong_step;
}

base::Instant last_entry(const CaseData& data) {
  base::Instant last = data.report.opened_at;
  for (const Comment& comment : data.comments) last = std::max(last, comment.created_at);
  for (const Event& event : data.events) last = std::max(last, event.created_at);
  return last;
}

std::vector<views::EventView> entries_since(const web::Context& ctx, const CaseData& data,
                                            base::Instant since) {
  CaseData news = data;
  std::erase_if(news.comments, [&](const Comment& comment) { return comment.created_at <= since; });
  std::erase_if(news.events, [&](const Event& event) { return event.created_at <= since; });
  auto entries = timeline(ctx, news);
  // An anchor stands on a page once.
  for (views::EventView& entry : entries) entry.anchor.clear();
  return entries;
}

web::Response show_page(web::Context& ctx, Extent extent, const Refused* refused) {
  const auto data = load(ctx);
  if (!data) return web::problem(ctx, data.error());
  note_visit(ctx, *data);

  views::CaseView view = case_view(ctx, *data);
  if (extent == Extent::folded) fold(view);
  view.newest_first = ctx.query.get("order") == "desc";
  if (view.newest_first) std::ranges::reverse(view.events);
  fill_draft(ctx, data->report, view);
  if (view.staff) {
    view.priority = views::priority_view(ctx, data->report.priority);
    view.seen = last_entry(*data).microseconds;
    ctx.read([&](storage::Transaction& tx) { fill_manage(tx, ctx, data->report, view); });
  }
  std::string title = view.subject + ", № " + view.number;
  int status = 200;
  if (refused != nullptr) {
    const base::Error* error = &refused->error;
    if (!refused->comment.empty()) view.comment = refused->comment;
    auto& kept = refused->of_case ? view.case_uploads : view.uploads;
    kept.clear();
    ctx.read([&](storage::Transaction& tx) {
      for (const auto& upload : attachments::finished(tx, ctx.person().id, refused->uploads))
        kept.push_back(views::upload_view(ctx, upload));
    });
    for (const base::FieldError& wrong : error->fields) {
      const std::string control = wrong.field != "upload" ? "comment"
                                  : refused->of_case      ? "upload-input"
                                                          : "comment-files";
      view.errors.push_back({.field = control, .message = web::error_of(ctx, *error, wrong.field)});
    }
    const bool files = !error->fields.empty() && error->fields.front().field == "upload";
    view.error_title = ctx.t(files ? msg::case_show_files_error : msg::case_show_comment_error);
    if (error->kind == base::ErrorKind::conflict) view.error_title = ctx.t(conflict_text(*data, *refused));
    view.internal = refused->internal;
    if (error->kind == base::ErrorKind::conflict && view.staff)
      view.new_since = entries_since(ctx, *data, refused->seen_at);
    title = ctx.t(msg::case_new_error_page, title);
    status = web::status_of(error->kind);
  }
  return ctx.render(views::show, ctx.page(title, view.staff ? web::Section::desk : web::Section::cases), view,
                    status);
}

}  // namespace

base::Result<Case> find_report(web::Context& ctx) {
  return ctx.read(
      [&](storage::Transaction& tx) { return find(tx, ctx.viewer(), parse_number(ctx.path("number"))); });
}

std::vector<std::string> posted_uploads(const web::Context& ctx) {
  std::vector<std::string> uploads;
  for (const auto& id : ctx.form.all("upload")) uploads.emplace_back(id);
  for (const auto& id : ctx.uploads) {
    if (std::ranges::find(uploads, id) == uploads.end()) uploads.push_back(id);
  }
  return uploads;
}

web::Response show_refused(web::Context& ctx, const Refused& refused) {
  return show_page(ctx, Extent::folded, &refused);
}

namespace {

// A customer's comment on a closed case.
web::Response open_continuation(web::Context& ctx, const Case& closed, const NewComment& form) {
  const auto opened = !ctx.upload_errors.empty() ? base::Result<Opened>(base::fail(ctx.upload_errors))
                                                 : ctx.write([&](storage::Transaction& tx) {
                                                     return continue_closed(tx, ctx.viewer(), closed, form);
                                                   });
  if (!opened) {
    return show_refused(ctx, {.error = opened.error(), .comment = form.body, .uploads = form.uploads});
  }
  auto response = web::redirect(views::case_address(opened->report.number));
  ctx.flash(response, msg::case_show_continuation_opened);
  return response;
}

}  // namespace

web::Response show(web::Context& ctx) {
  return show_page(ctx, Extent::folded, nullptr);
}
web::Response show_all(web::Context& ctx) {
  return show_page(ctx, Extent::all, nullptr);
}

web::Response print(web::Context& ctx) {
  const auto data = load(ctx);
  if (!data) return web::problem(ctx, data.error());
  const views::CaseView view = case_view(ctx, *data);
  return ctx.render(views::print, ctx.page(view.subject + ", № " + view.number), view);
}

web::Response add_comment(web::Context& ctx) {
  const auto report = find_report(ctx);
  if (!report) return web::problem(ctx, report.error());
  const NewComment form{
      .draft = {base::parse_id(ctx.form.get("draft")).value_or(0)},
      .body = std::string(ctx.form.get("body")),
      .visibility = ctx.form.get("visibility") == "internal" ? Visibility::internal : Visibility::everyone,
      .origin = Origin::web,
      .uploads = posted_uploads(ctx)};
  if (report->status == Status::closed && !ctx.viewer().staff()) return open_continuation(ctx, *report, form);
  const auto added =
      !ctx.upload_errors.empty()
          ? base::Result<Comment>(base::fail(ctx.upload_errors))
          : ctx.write([&](storage::Transaction& tx) { return comment(tx, ctx.viewer(), *report, form); });
  if (!added) {
    return show_refused(ctx, {.error = added.error(), .comment = form.body, .uploads = form.uploads});
  }
  auto response =
      web::redirect(views::case_address(report->number) + "#comment-" + std::to_string(added->id.value));
  const bool reopened = report->status == Status::solved && !ctx.viewer().staff();
  ctx.flash(response, reopened ? msg::case_show_reopened : msg::case_show_commented);
  return response;
}

web::Response add_files(web::Context& ctx) {
  const auto report = find_report(ctx);
  if (!report) return web::problem(ctx, report.error());
  const auto uploads = posted_uploads(ctx);
  const auto added =
      !ctx.upload_errors.empty()
          ? base::Result<void>(base::fail(ctx.upload_errors))
          : ctx.write([&](storage::Transaction& tx) { return attach(tx, ctx.viewer(), *report, uploads); });
  if (!added) {
    return show_refused(ctx, {.error = added.error(), .comment = {}, .uploads = uploads, .of_case = true});
  }
  auto response = web::redirect(views::case_address(report->number) + "#attachments");
  ctx.flash(response, msg::case_show_files_added);
  return response;
}

web::Response follow(web::Context& ctx) {
  const auto report = find_report(ctx);
  if (!report) return web::problem(ctx, report.error());
  const bool wanted = ctx.form.get("following") == "1";
  ctx.write([&](storage::Transaction& tx) {
    if (wanted) {
      cases::follow(tx, ctx.viewer(), *report);
    } else {
      cases::unfollow(tx, ctx.viewer(), *report);
    }
  });
  if (ctx.wants_fragment()) return show(ctx);
  auto response = web::redirect(views::case_address(report->number));
  ctx.flash(response, wanted ? msg::case_follow_started : msg::case_follow_ended);
  return response;
}

}  // namespace cases::pages
