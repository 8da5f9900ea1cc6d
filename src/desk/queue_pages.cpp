#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "cases/timeline_pages.hpp"
#include "cases/views_present.hpp"
#include "desk/pages.hpp"
#include "desk/queue.hpp"
#include "desk/undo.hpp"
#include "desk/views.gen.hpp"
#include "drafts/drafts.hpp"
#include "people/people.hpp"
#include "web/problem.hpp"
#include "web/url.hpp"

namespace desk::pages {
namespace {

constexpr std::size_t words_shown = 3;  // of the talk beside the list

struct NamedQueue {
  Queue queue;
  base::Message title;
  std::string_view icon;
};

constexpr std::array queues{
    NamedQueue{Queue::mine, msg::desk_queue_mine, "inbox"},
    NamedQueue{Queue::unassigned, msg::desk_queue_unassigned, "user-x"},
    NamedQueue{Queue::waiting, msg::desk_queue_waiting, "message-circle-question-mark"},
    NamedQueue{Queue::all, msg::desk_queue_all, "layers"}};

std::string address_of(Queue queue) {
  return "/desk?queue=" + std::string(name_of(queue));
}

// «1-108019262502731845»: the priority and the id of a row.
std::string write_key(const QueueKey& key) {
  return std::to_string(static_cast<int>(key.priority)) + "-" + base::to_string(key.id);
}

std::optional<QueueKey> read_key(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto priority = base::parse_id_or_none(text.substr(0, dash));
  const auto id = base::parse_id(text.substr(dash + 1));
  if (!priority || *priority >= cases::priority_count || !id) return std::nullopt;
  return QueueKey{.priority = static_cast<cases::Priority>(*priority), .id = {*id}};
}

struct Asked {
  QueueQuery query;
  std::string position;  // as it stands in the address
};

Asked read_query(const web::Context& ctx) {
  Asked asked;
  asked.query.queue = queue_named(ctx.query.get("queue")).value_or(Queue::mine);
  for (const std::string_view side : {"after", "before"}) {
    const auto key = read_key(ctx.query.get(side));
    if (!key) continue;
    asked.query.after = key;
    asked.query.backwards = side == "before";
    asked.position = "&" + std::string(side) + "=" + write_key(*key);
    break;
  }
  return asked;
}

views::LineView line_view(const web::Context& ctx, const QueueLine& line, const std::string& address) {
  return {.number = cases::format_number(line.number),
          .address = cases::views::case_address(line.number),
          .preview = address + "&case=" + cases::format_number(line.number),
          .subject = line.subject,
          .customer = line.account,
          .status = cases::views::status_view(ctx, line.status),
          .priority = cases::views::priority_view(ctx, line.priority),
          .assignee = line.assignee,
          .initials = base::initials(line.assignee),
          .updated = cases::views::relative_time(ctx, line.updated_at)};
}

views::PreviewView preview_view(const web::Context& ctx, const cases::CaseData& data) {
  views::PreviewView view{.shown = true,
                          .number = cases::format_number(data.report.number),
                          .address = cases::views::case_address(data.report.number),
                          .subject = data.report.subject,
                          .status = cases::views::status_view(ctx, data.report.status),
                          .priority = cases::views::priority_view(ctx, data.report.priority),
                          .product = data.product,
                          .customer = data.contact.name + ", " + data.account,
                          .opened = cases::views::full_time(ctx, data.report.opened_at),
                          .version = data.report.version,
                          .closed = data.report.status == cases::Status::closed};
  if (const auto assignee = data.people.find(data.report.assignee_id); assignee != data.people.end())
    view.assignee = assignee->second.name;
  view.talk = cases::timeline(ctx, data);
  std::erase_if(view.talk, [](const cases::views::EventView& event) { return !event.comment; });
  if (view.talk.size() > words_shown)
    view.talk.erase(view.talk.begin(), view.talk.end() - static_cast<std::ptrdiff_t>(words_shown));
  return view;
}

void fill_draft(storage::Transaction& tx, const web::Context& ctx, const cases::CaseData& data,
                views::PreviewView& view) {
  const auto draft = drafts::latest(tx, ctx.person().id, drafts::Kind::comment, data.report.id.value);
  view.draft = draft ? std::to_string(draft->id.value) : std::to_string(base::next_id());
}

}  // namespace

web::Response queue(web::Context& ctx) {
  const auto [query, position] = read_query(ctx);
  const std::int64_t shown = cases::parse_number(ctx.query.get("case"));
  const std::string address = address_of(query.queue) + position;

  views::DeskView view;
  QueuePage page;
  QueueCounts counted;
  ctx.read([&](storage::Transaction& tx) {
    page = desk::page(tx, ctx.viewer(), query);
    counted = counts(tx, ctx.viewer());
    view.agents.push_back({.value = "0", .text = std::string(ctx.t(msg::desk_nobody))});
    for (const people::Person& agent : people::agents(tx)) {
      view.agents.push_back(
          {.value = base::to_string(agent.id), .text = agent.name, .selected = agent.id == ctx.person().id});
    }
    if (shown == 0) return;
    const auto data = cases::read_case(tx, ctx.viewer(), shown);
    if (!data) return;
    view.preview = preview_view(ctx, *data);
    fill_draft(tx, ctx, *data, view.preview);
  });

  for (const NamedQueue& named : queues) {
    const bool current = named.queue == query.queue;
    view.queues.push_back({.icon = named.icon,
                           .text = ctx.t(named.title),
                           .address = address_of(named.queue),
                           .count = counted.of(named.queue),
                           .current = current});
    if (current) view.title = ctx.t(named.title);
  }
  view.queue = name_of(query.queue);
  view.total = counted.of(query.queue);
  view.priorities = cases::views::priority_choices(ctx, cases::Priority::normal);
  for (const QueueLine& line : page.lines) {
    view.lines.push_back(line_view(ctx, line, address));
    view.lines.back().current = view.lines.back().number == view.preview.number;
  }
  view.address = address;
  if (page.previous) view.previous = address_of(query.queue) + "&before=" + write_key(*page.previous);
  if (page.next) view.next = address_of(query.queue) + "&after=" + write_key(*page.next);
  if (const auto before = read_undo(ctx.query.get("undo")); !before.empty()) {
    view.undo = ctx.query.get("undo");
    view.undone = static_cast<std::int64_t>(before.size());
  }
  view.refreshed = {.iso = base::iso_time(base::now()), .text = std::string(ctx.t(msg::case_list_just_now))};
  return ctx.render(views::queue, ctx.page(view.title, web::Section::desk), view);
}

web::Response events(web::Context& ctx) {
  web::Response response;
  response.with("Content-Type", "text/event-stream").with("Cache-Control", "no-store");
  response.with("X-Accel-Buffering", "no");  // a proxy passes each word on at once
  response.body = web::EventsBody{ctx.environment.hub->listen()};
  return response;
}

}  // namespace desk::pages
