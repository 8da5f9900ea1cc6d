// A report of a customer, from the first word to the survey.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "storage/fields.hpp"

namespace cases {

// The numbers are stored; lists sort by them.
enum class Status : std::uint8_t {
  open = 0,
  in_progress = 1,
  waiting = 2,
  solved = 3,
  closed = 4,
  reopened = 5
};
inline constexpr int status_count = 6;

enum class Origin : std::uint8_t { web = 0, email = 1, phone = 2 };
enum class Impact : std::uint8_t { stopped = 0, hindered = 1, question = 2 };
enum class Visibility : std::uint8_t { internal = 0, everyone = 1 };
// How pressing it is for the agents; a customer says the impact, from which it begins.
enum class Priority : std::uint8_t { critical = 0, high = 1, normal = 2, low = 3 };
inline constexpr int priority_count = 4;

struct Case {
  base::CaseId id;
  base::AccountId account_id;
  std::int64_t number = 0;  // shown with 8 digits
  base::PersonId contact_id;
  base::PersonId author_id;
  base::PersonId assignee_id;  // 0: nobody yet
  base::ProductId product_id;
  std::string country;  // ISO 3166-1 alpha-2
  std::string subject;
  std::string subject_key;  // folded, what lists are sorted by
  std::string description;  // Markdown
  std::string solution;     // Markdown; empty until proposed
  Status status = Status::open;
  Origin origin = Origin::web;
  Impact impact = Impact::hindered;
  Priority priority = Priority::normal;
  base::Instant opened_at;
  base::Instant updated_at;  // of what customers may see; notes and priorities move the version alone
  base::Instant solved_at;
  base::Instant closed_at;
  base::Instant close_warned_at;  // that the proposed solution closes it; zero: not since it was proposed
  base::CaseId continues_id;      // the closed case that a comment opened this one from; 0: none
  std::int64_t version = 1;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Case::id),
                      field("account_id", &Case::account_id),
                      field("number", &Case::number),
                      field("contact_id", &Case::contact_id),
                      field("author_id", &Case::author_id),
                      field("assignee_id", &Case::assignee_id),
                      field("product_id", &Case::product_id),
                      field("country", &Case::country),
                      field("subject", &Case::subject),
                      field("subject_key", &Case::subject_key),
                      field("description", &Case::description),
                      field("solution", &Case::solution),
                      field("status", &Case::status),
                      field("origin", &Case::origin),
                      field("impact", &Case::impact),
                      field("priority", &Case::priority),
                      field("opened_at", &Case::opened_at),
                      field("updated_at", &Case::updated_at),
                      field("solved_at", &Case::solved_at),
                      field("closed_at", &Case::closed_at),
                      field("close_warned_at", &Case::close_warned_at),
                      field("continues_id", &Case::continues_id),
                      field("version", &Case::version)};
  }
};

// What stands in the timeline besides comments.
enum class EventKind : std::uint8_t {
  opened = 0,
  status = 1,
  assigned = 2,
  solved = 3,
  closed = 4,
  reopened = 5,
  changed = 6,   // a field: `field`, `before`, `after`
  attached = 7,  // `after` is the file's name
  // Of a closed case and the one that a comment on it opened; `after` is the other's number.
  continued = 20,
  continues = 21,
};

struct Event {
  base::EventId id;
  base::AccountId account_id;
  base::CaseId case_id;
  base::PersonId actor_id;
  EventKind kind = EventKind::opened;
  Visibility visibility = Visibility::everyone;
  std::string field;
  std::string before;
  std::string after;
  base::Instant created_at;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Event::id),           field("account_id", &Event::account_id),
                      field("case_id", &Event::case_id), field("actor_id", &Event::actor_id),
                      field("kind", &Event::kind),       field("visibility", &Event::visibility),
                      field("field", &Event::field),     field("before", &Event::before),
                      field("after", &Event::after),     field("created_at", &Event::created_at)};
  }
};

struct Comment {
  base::CommentId id;
  base::AccountId account_id;
  base::CaseId case_id;
  base::PersonId author_id;
  Visibility visibility = Visibility::everyone;
  Origin origin = Origin::web;
  std::string body;  // Markdown
  base::Instant created_at;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Comment::id),
                      field("account_id", &Comment::account_id),
                      field("case_id", &Comment::case_id),
                      field("author_id", &Comment::author_id),
                      field("visibility", &Comment::visibility),
                      field("origin", &Comment::origin),
                      field("body", &Comment::body),
                      field("created_at", &Comment::created_at)};
  }
};

// «06746620»
[[nodiscard]] std::string format_number(std::int64_t number);
// Accepts leading zeros, «№», «#» and spaces. 0 when it is none.
[[nodiscard]] std::int64_t parse_number(std::string_view text);

[[nodiscard]] constexpr Priority priority_of(Impact impact) {
  switch (impact) {
    case Impact::stopped:
      return Priority::high;
    case Impact::question:
      return Priority::low;
    case Impact::hindered:
      break;
  }
  return Priority::normal;
}

[[nodiscard]] constexpr bool is_open(Status status) {
  return status != Status::closed;
}

}  // namespace cases
