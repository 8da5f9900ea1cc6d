// The life of a case. Each act is one function, runs inside the caller's unit of work, and writes everything
// that belongs to it there: the row, its history, its counts, its words, the mails and notifications it
// causes.
//
// A customer sees the cases of their own account alone; to anybody else a case does not exist.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cases/case.hpp"
#include "people/viewer.hpp"
#include "storage/transaction.hpp"

namespace cases {

inline constexpr std::size_t longest_subject = 255;     // characters
inline constexpr std::size_t longest_text = 64 * 1024;  // characters of a description, comment or solution
inline constexpr std::size_t most_files = 100;          // at one form

struct NewCase {
  base::DraftId draft;  // sent once: a second sending gives the case of the first
  std::string subject;
  std::string description;
  base::ProductId product_id;
  std::string product;  // as typed; resolved when product_id is empty
  std::string country;
  Impact impact = Impact::hindered;
  Origin origin = Origin::web;
  base::PersonId contact_id;         // empty: the viewer
  std::vector<std::string> uploads;  // ids of finished uploads of the viewer
};

struct Opened {
  Case report;
  bool again = false;  // the form had been sent before
};

// Fails on `subject`, `description`, `product`, `country`, `upload`.
base::Result<Opened> open(storage::Transaction& tx, const people::Viewer& viewer, const NewCase& form);

// not_found for a case of another company, exactly as for a number nobody has.
[[nodiscard]] base::Result<Case> find(storage::Transaction& tx, const people::Viewer& viewer,
                                      std::int64_t number);

struct NewComment {
  base::DraftId draft;
  std::string body;
  Visibility visibility = Visibility::everyone;  // customers write to everyone
  Origin origin = Origin::web;
  std::vector<std::string> uploads;
};

// A customer's comment on a solved case reopens it; on one that waits it goes back to work. Fails on `body`,
// `upload`; `conflict` on a closed case.
base::Result<Comment> comment(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                              const NewComment& form);

// Files put to the case without words.
base::Result<void> attach(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                          const std::vector<std::string>& uploads);

// Acts of agents, and of customers where life.cpp says so. `forbidden` for others; `conflict` where the
// status does not allow them. Closing invites the contact to a survey.
base::Result<Case> assign(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                          base::PersonId assignee);
base::Result<Case> ask(storage::Transaction& tx, const people::Viewer& viewer,
                       const Case& report);  // waits for the customer
base::Result<Case> solve(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                         const std::string& solution);
base::Result<Case> close(storage::Transaction& tx, const people::Viewer& viewer, const Case& report);
base::Result<Case> reopen(storage::Transaction& tx, const people::Viewer& viewer, const Case& report);

void follow(storage::Transaction& tx, const people::Viewer& viewer, const Case& report);
void unfollow(storage::Transaction& tx, const people::Viewer& viewer, const Case& report);
[[nodiscard]] bool follows(storage::Transaction& tx, const people::Viewer& viewer, base::CaseId id);

// Remembers that the viewer has looked at it.
void remember_view(storage::Transaction& tx, const people::Viewer& viewer, base::CaseId id);
[[nodiscard]] bool viewed_since(storage::Transaction& tx, const people::Viewer& viewer, base::CaseId id,
                                base::Instant since);

// What the viewer may see of the case, oldest first.
[[nodiscard]] std::vector<Comment> comments(storage::Transaction& tx, const people::Viewer& viewer,
                                            base::AccountId account, base::CaseId id);
[[nodiscard]] std::vector<Event> events(storage::Transaction& tx, const people::Viewer& viewer,
                                        base::AccountId account, base::CaseId id);

}  // namespace cases
