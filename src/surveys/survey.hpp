// What a customer thinks of the work on a closed case: the invitation, and the answer once there is one.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "storage/fields.hpp"

namespace surveys {

inline constexpr int lowest_score = 1;
inline constexpr int highest_score = 5;
inline constexpr int satisfied_from = 4;  // this score and above count as satisfied

// How long an invitation may be answered, and its answer changed.
inline constexpr base::Duration answer_period = base::days(14);

struct Survey {
  base::SurveyId id;
  base::AccountId account_id;
  base::CaseId case_id;
  base::PersonId person_id;    // who is asked
  base::PersonId assignee_id;  // whose work it was; 0: nobody's
  base::ProductId product_id;
  std::string digest;  // of the secret in the link
  int score = 0;       // 0: no answer yet
  std::string comment;
  base::Instant created_at;
  base::Instant expires_at;
  base::Instant answered_at;  // for the first time
  base::Instant changed_at;   // zero: not since
  std::int64_t version = 1;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Survey::id),
                      field("account_id", &Survey::account_id),
                      field("case_id", &Survey::case_id),
                      field("person_id", &Survey::person_id),
                      field("assignee_id", &Survey::assignee_id),
                      field("product_id", &Survey::product_id),
                      field("digest", &Survey::digest),
                      field("score", &Survey::score),
                      field("comment", &Survey::comment),
                      field("created_at", &Survey::created_at),
                      field("expires_at", &Survey::expires_at),
                      field("answered_at", &Survey::answered_at),
                      field("changed_at", &Survey::changed_at),
                      field("version", &Survey::version)};
  }
};

}  // namespace surveys
