// Lists of cases: views, sorting, filters, search in the list, paging by key, true counts.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "cases/case.hpp"
#include "people/viewer.hpp"
#include "storage/transaction.hpp"

namespace cases {

// The list views of the portal; the numbers are stored as people's pinned view.
enum class View : std::uint8_t { mine = 0, company = 1, recent = 2, recent_cases = 3 };

// By what a list is sorted. `opened` is the order of ids, which are made when a case is opened.
enum class Sort : std::uint8_t { opened = 0, number = 1, subject = 2, status = 3, contact = 4, account = 5 };

inline constexpr int page_size = 25;

// A set of statuses, a bit each.
using StatusMask = std::uint32_t;
inline constexpr StatusMask every_status = (1U << status_count) - 1;
[[nodiscard]] constexpr StatusMask mask_of(Status status) {
  return 1U << static_cast<unsigned>(status);
}
inline constexpr StatusMask archived_statuses = mask_of(Status::closed);
inline constexpr StatusMask active_statuses = every_status & ~archived_statuses;

// Where a page begins: the last row of the page before.
struct Key {
  std::string text;         // subject or name, folded
  std::int64_t number = 0;  // number, status or contact
  std::int64_t id = 0;
};

struct ListQuery {
  View view = View::mine;
  Sort sort = Sort::opened;
  bool descending = true;
  StatusMask statuses = every_status;
  base::ProductId product;
  base::PersonId contact;
  base::Instant from;   // opened at or after
  base::Instant until;  // opened before
  std::string search;
  std::optional<Key> after;
  int limit = page_size;
  bool backwards = false;  // the page that ends before `after`

  [[nodiscard]] bool filtered() const {
    return statuses != every_status || product || contact || from || until || !search.empty();
  }
};

struct Line {
  base::CaseId id;
  std::int64_t number = 0;
  std::string subject;
  std::string subject_key;
  Status status = Status::open;
  base::Instant opened_at;
  base::Instant updated_at;
  base::AccountId account_id;
  base::PersonId contact_id;
  base::ProductId product_id;
  std::string account;  // names, looked up for the lines of the page
  std::string contact;
  std::string contact_key;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Line::id),
                      field("number", &Line::number),
                      field("subject", &Line::subject),
                      field("subject_key", &Line::subject_key),
                      field("status", &Line::status),
                      field("opened_at", &Line::opened_at),
                      field("updated_at", &Line::updated_at),
                      field("account_id", &Line::account_id),
                      field("contact_id", &Line::contact_id),
                      field("product_id", &Line::product_id)};
  }
};

struct List {
  std::vector<Line> lines;      // page_size at most
  std::int64_t total = 0;       // of the whole list as filtered
  std::optional<Key> next;      // of the page after this one
  std::optional<Key> previous;  // the first row, when there are rows before it
};

// Somebody who has opened cases; also for the filters of a list.
struct Choice {
  base::PersonId id;
  std::string name;
  std::string name_key;  // as lists sort it
};
// Those of the viewer's account, 500 at most, by name.
[[nodiscard]] std::vector<Choice> contacts(storage::Transaction& tx, const people::Viewer& viewer);

// What the viewer may see and nothing else: customers their company's cases, staff all. The recent views hold
// at most 200 cases, sorted and filtered like the others. Names that the caller has read already need not be
// looked up for each line.
[[nodiscard]] List list(storage::Transaction& tx, const people::Viewer& viewer, const ListQuery& query,
                        std::span<const Choice> known = {});

// Cases of each status: the viewer's own, or the whole company's.
using Counts = std::array<std::int64_t, status_count>;
[[nodiscard]] Counts counts(storage::Transaction& tx, const people::Viewer& viewer, View view);

// The viewer's own cases that wait for their answer, newest first.
[[nodiscard]] std::vector<Case> waiting(storage::Transaction& tx, const people::Viewer& viewer, int limit);

// Opened and solved a week over the last `weeks` weeks, oldest first, without gaps.
struct Week {
  base::Instant begins;
  std::int64_t opened = 0;
  std::int64_t solved = 0;
};
[[nodiscard]] std::vector<Week> weeks(storage::Transaction& tx, const people::Viewer& viewer, int weeks);

}  // namespace cases
