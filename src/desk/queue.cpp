#include "desk/queue.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "desk/queries.hpp"

namespace desk {
namespace {

constexpr std::array<std::string_view, queue_count> names{"mine", "unassigned", "waiting", "all"};

QueueKey key_of(const QueueLine& line) {
  return {.priority = line.priority, .id = line.id};
}

std::vector<QueueLine> read_lines(storage::Transaction& tx, const people::Viewer& viewer,
                                  const QueueQuery& query, const QueueKey& after, int limit) {
  const bool back = query.backwards;
  switch (query.queue) {
    case Queue::mine:
    case Queue::unassigned: {
      const base::PersonId assignee = query.queue == Queue::mine ? viewer.id : base::PersonId{};
      return tx.all<QueueLine>(back ? sql::queue_of_agent_backwards : sql::queue_of_agent, assignee,
                               after.priority, after.id, limit);
    }
    case Queue::waiting:
      return tx.all<QueueLine>(back ? sql::queue_waiting_backwards : sql::queue_waiting, after.priority,
                               after.id, limit);
    case Queue::all:
      break;
  }
  return tx.all<QueueLine>(back ? sql::queue_of_all_backwards : sql::queue_of_all, after.priority, after.id,
                           limit);
}

}  // namespace

std::string_view name_of(Queue queue) {
  return names.at(static_cast<std::size_t>(queue));
}

std::optional<Queue> queue_named(std::string_view name) {
  const auto* const found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Queue>(found - names.begin());
}

QueuePage page(storage::Transaction& tx, const people::Viewer& viewer, const QueueQuery& query) {
  if (!viewer.staff()) return {};
  const QueueKey after = query.after.value_or(QueueKey{});
  QueuePage page;
  page.lines = read_lines(tx, viewer, query, after, lines_of_a_page + 1);
  const bool more = page.lines.size() > lines_of_a_page;
  if (more) page.lines.pop_back();
  if (query.backwards) std::ranges::reverse(page.lines);
  if (page.lines.empty()) return page;
  if (query.backwards || more) page.next = key_of(page.lines.back());
  if (query.backwards ? more : query.after.has_value()) page.previous = key_of(page.lines.front());
  return page;
}

std::int64_t QueueCounts::of(Queue queue) const {
  switch (queue) {
    case Queue::mine:
      return mine;
    case Queue::unassigned:
      return unassigned;
    case Queue::waiting:
      return waiting;
    case Queue::all:
      break;
  }
  return all;
}

QueueCounts counts(storage::Transaction& tx, const people::Viewer& viewer) {
  return tx.one<QueueCounts>(sql::counts, viewer.id).value_or(QueueCounts{});
}

}  // namespace desk
