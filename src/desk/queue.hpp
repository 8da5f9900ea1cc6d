// The queues that agents work from: cases that are not closed, the most pressing first, and among equals the
// one that has waited longest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/ids.hpp"
#include "cases/case.hpp"
#include "people/viewer.hpp"
#include "storage/fields.hpp"
#include "storage/transaction.hpp"

namespace desk {

enum class Queue : std::uint8_t { mine, unassigned, waiting, all };
inline constexpr int queue_count = 4;

// In addresses: "mine", "unassigned", "waiting", "all".
[[nodiscard]] std::string_view name_of(Queue queue);
[[nodiscard]] std::optional<Queue> queue_named(std::string_view name);

struct QueueLine {
  base::CaseId id;
  std::int64_t number = 0;
  std::string subject;
  cases::Status status = cases::Status::open;
  cases::Priority priority = cases::Priority::normal;
  base::PersonId assignee_id;
  base::Instant opened_at;
  base::Instant updated_at;
  std::string account;
  std::string contact;
  std::string assignee;  // empty: nobody

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &QueueLine::id),
                      field("number", &QueueLine::number),
                      field("subject", &QueueLine::subject),
                      field("status", &QueueLine::status),
                      field("priority", &QueueLine::priority),
                      field("assignee_id", &QueueLine::assignee_id),
                      field("opened_at", &QueueLine::opened_at),
                      field("updated_at", &QueueLine::updated_at),
                      field("account", &QueueLine::account),
                      field("contact", &QueueLine::contact),
                      field("assignee", &QueueLine::assignee)};
  }
};

// The place of a row in a queue.
struct QueueKey {
  cases::Priority priority = cases::Priority::critical;
  base::CaseId id;
};

inline constexpr int lines_of_a_page = 50;

struct QueueQuery {
  Queue queue = Queue::mine;
  std::optional<QueueKey> after;
  bool backwards = false;  // the page that ends before `after`
};

struct QueuePage {
  std::vector<QueueLine> lines;
  std::optional<QueueKey> next;
  std::optional<QueueKey> previous;
};

// For staff alone: empty for everybody else.
[[nodiscard]] QueuePage page(storage::Transaction& tx, const people::Viewer& viewer, const QueueQuery& query);

// How many cases each queue of the viewer holds; kept, not counted.
struct QueueCounts {
  std::int64_t mine = 0;
  std::int64_t unassigned = 0;
  std::int64_t waiting = 0;
  std::int64_t all = 0;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("mine", &QueueCounts::mine), field("unassigned", &QueueCounts::unassigned),
                      field("waiting", &QueueCounts::waiting), field("all_of_them", &QueueCounts::all)};
  }
  [[nodiscard]] std::int64_t of(Queue queue) const;
};
[[nodiscard]] QueueCounts counts(storage::Transaction& tx, const people::Viewer& viewer);

}  // namespace desk
