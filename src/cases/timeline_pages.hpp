// The timeline of a case: comments and what happened, in one order.
#pragma once

#include <map>
#include <vector>

#include "attachments/attachments.hpp"
#include "cases/cases.hpp"
#include "cases/continuation.hpp"
#include "cases/views.hpp"
#include "people/person.hpp"
#include "surveys/survey.hpp"
#include "web/context.hpp"

namespace cases {

// Everything of a case that its page shows, read in one unit.
struct CaseData {
  Case report;
  people::Person contact;
  std::string account;
  std::string account_phone;
  std::string product;
  std::vector<Comment> comments;
  std::vector<Event> events;
  std::vector<attachments::Attachment> files;
  std::vector<surveys::Survey> surveys;
  Continuations continuations;
  std::map<base::PersonId, people::Person> people;  // whoever wrote or did something
  bool following = false;
  bool viewed_lately = false;
};

[[nodiscard]] base::Result<CaseData> read_case(storage::Transaction& tx, const people::Viewer& viewer,
                                               std::int64_t number);

// Oldest first.
[[nodiscard]] std::vector<views::EventView> timeline(const web::Context& ctx, const CaseData& data);

}  // namespace cases
