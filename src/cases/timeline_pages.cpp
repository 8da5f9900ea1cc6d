#include "cases/timeline_pages.hpp"

#include <algorithm>

#include "accounts/accounts.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "cases/views_present.hpp"
#include "people/people.hpp"
#include "products/products.hpp"
#include "surveys/surveys.hpp"
#include "web/markdown.hpp"

namespace cases {
namespace {

void meet(storage::Transaction& tx, CaseData& data, base::PersonId id) {
  if (!id || data.people.contains(id)) return;
  if (auto person = people::find(tx, id)) data.people.emplace(id, *std::move(person));
}

const people::Person& person_of(const CaseData& data, base::PersonId id) {
  static const people::Person nobody;
  const auto found = data.people.find(id);
  return found == data.people.end() ? nobody : found->second;
}

views::EventView comment_view(const web::Context& ctx, const CaseData& data, const Comment& comment) {
  const people::Person& author = person_of(data, comment.author_id);
  const bool staff = people::is_staff(author.role);
  views::EventView view{.comment = true,
                        .own = comment.author_id == ctx.person().id,
                        .staff = staff,
                        .everyone = comment.visibility == Visibility::everyone,
                        .anchor = "comment-" + std::to_string(comment.id.value),
                        .author = author.name,
                        .initials = base::initials(author.name),
                        .color = staff ? "violet" : "blue",
                        .time = views::short_time(ctx, comment.created_at),
                        .body = web::markdown(comment.body)};
  for (const attachments::Attachment& file : data.files) {
    if (file.comment_id == comment.id) view.files.push_back(views::file_view(ctx, file, author.name));
  }
  return view;
}

// What the case was opened with stands first, as its author's words.
views::EventView description_view(const web::Context& ctx, const CaseData& data) {
  const people::Person& author = person_of(data, data.report.author_id);
  return {.comment = true,
          .own = author.id == ctx.person().id,
          .staff = people::is_staff(author.role),
          .everyone = true,
          .tagged = false,
          .anchor = "description",
          .author = author.name,
          .initials = base::initials(author.name),
          .color = people::is_staff(author.role) ? "violet" : "blue",
          .time = views::short_time(ctx, data.report.opened_at),
          .body = web::markdown(data.report.description)};
}

struct Words {
  std::string text;
  std::string_view icon;
};

std::string changed_words(const web::Context& ctx, const Event& event) {
  if (event.field == "product") return ctx.t(msg::case_event_changed_product, event.before, event.after);
  if (event.field != "priority") return ctx.t(msg::case_event_changed, event.field);
  const auto name = [&](std::string_view value) {
    const auto number = base::parse_id(value).value_or(0);
    return views::priority_view(ctx,
                                static_cast<Priority>(std::min<std::int64_t>(number, priority_count - 1)))
        .text;
  };
  return ctx.t(msg::case_event_changed_priority, name(event.before), name(event.after));
}

Words words_of(const web::Context& ctx, const CaseData& data, const Event& event) {
  switch (event.kind) {
    case EventKind::opened: {
      const auto origin = data.report.origin == Origin::email   ? msg::case_event_opened_email
                          : data.report.origin == Origin::phone ? msg::case_event_opened_phone
                                                                : msg::case_event_opened_web;
      return {std::string(ctx.t(origin)), "circle-dot"};
    }
    case EventKind::status:
      return {std::string(ctx.t(msg::case_event_status)), "activity"};
    case EventKind::assigned: {
      const base::PersonId assignee{base::parse_id(event.after).value_or(0)};
      if (!assignee) return {std::string(ctx.t(msg::case_event_unassigned)), "user-check"};
      return {ctx.t(msg::case_event_assigned, person_of(data, assignee).name), "user-check"};
    }
    case EventKind::solved:
      return {std::string(ctx.t(msg::case_event_solved)), "lightbulb"};
    case EventKind::closed:
      return {std::string(ctx.t(event.actor_id ? msg::case_event_closed : msg::case_event_closed_itself)),
              "archive"};
    case EventKind::reopened:
      return {std::string(ctx.t(msg::case_event_reopened)), "rotate-ccw"};
    case EventKind::changed:
      return {changed_words(ctx, event), "activity"};
    case EventKind::attached:
      return {ctx.t(msg::case_event_attached, event.after), "file"};
    case EventKind::continued:
      return {ctx.t(msg::case_event_continued, event.after), "link"};
    case EventKind::continues:
      return {ctx.t(msg::case_event_continues, event.after), "link"};
  }
  return {};
}

views::EventView event_view(const web::Context& ctx, const CaseData& data, const Event& event) {
  Words words = words_of(ctx, data, event);
  views::EventView view{
      .icon = words.icon, .text = std::move(words.text), .time = views::short_time(ctx, event.created_at)};
  if (event.kind == EventKind::status) {
    const auto status = base::parse_id(event.after).value_or(0);
    if (status < status_count) view.status = views::status_view(ctx, static_cast<Status>(status));
  }
  if (event.kind == EventKind::continued || event.kind == EventKind::continues) {
    view.address = views::case_address(parse_number(event.after));
  }
  return view;
}

}  // namespace

base::Result<CaseData> read_case(storage::Transaction& tx, const people::Viewer& viewer,
                                 std::int64_t number) {
  auto report = find(tx, viewer, number);
  if (!report) return std::unexpected(report.error());
  CaseData data{.report = *std::move(report)};
  const Case& found = data.report;
  data.contact = people::find(tx, found.contact_id).value_or(people::Person{});
  if (auto account = accounts::find(tx, found.account_id)) {
    data.account = account->name;
    data.account_phone = account->phone;
  }
  if (auto product = products::find(tx, found.product_id)) data.product = product->name;
  data.comments = comments(tx, viewer, found.account_id, found.id);
  data.events = events(tx, viewer, found.account_id, found.id);
  data.files = attachments::of_case(tx, viewer, found.account_id, found.id);
  data.surveys = surveys::of_case(tx, found.account_id, found.id);
  data.continuations = continuations(tx, found);
  data.people.emplace(data.contact.id, data.contact);
  for (const surveys::Survey& survey : data.surveys) meet(tx, data, survey.person_id);
  meet(tx, data, found.author_id);
  meet(tx, data, found.assignee_id);
  for (const Comment& comment : data.comments) meet(tx, data, comment.author_id);
  for (const attachments::Attachment& file : data.files) meet(tx, data, file.author_id);
  for (const Event& event : data.events) {
    if (event.kind == EventKind::assigned) meet(tx, data, {base::parse_id(event.after).value_or(0)});
  }
  data.following = follows(tx, viewer, found.id);
  data.viewed_lately = viewed_since(tx, viewer, found.id, base::now() - base::minutes(1));
  return data;
}

std::vector<views::EventView> timeline(const web::Context& ctx, const CaseData& data) {
  std::vector<views::EventView> entries;
  entries.reserve(data.comments.size() + data.events.size());
  auto comment = data.comments.begin();
  auto event = data.events.begin();
  while (comment != data.comments.end() || event != data.events.end()) {
    const bool comment_next = event == data.events.end() ||
                              (comment != data.comments.end() && comment->created_at < event->created_at);
    if (comment_next) {
      entries.push_back(comment_view(ctx, data, *comment++));
    } else {
      const bool opened = event->kind == EventKind::opened;
      entries.push_back(event_view(ctx, data, *event++));
      if (opened) entries.push_back(description_view(ctx, data));
    }
  }
  return entries;
}

}  // namespace cases
