// The list of answers, latest first.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "storage/transaction.hpp"
#include "surveys/survey.hpp"

namespace surveys {

// One answer with what its case and its writer are called.
struct AnswerLine {
  base::SurveyId id;
  int score = 0;
  std::string comment;
  base::Instant answered_at;
  base::ProductId product_id;
  std::int64_t number = 0;  // of the case
  std::string subject;
  std::string person;
  std::string account;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &AnswerLine::id),
                      field("score", &AnswerLine::score),
                      field("comment", &AnswerLine::comment),
                      field("answered_at", &AnswerLine::answered_at),
                      field("product_id", &AnswerLine::product_id),
                      field("number", &AnswerLine::number),
                      field("subject", &AnswerLine::subject),
                      field("person", &AnswerLine::person),
                      field("account", &AnswerLine::account)};
  }
};

// Where a page ends, and the next begins.
struct AnswerKey {
  base::Instant at;
  base::SurveyId id;
};

// What is empty does not narrow.
struct AnswerQuery {
  int score = 0;
  base::ProductId product_id;
  std::int64_t month = -1;  // as month_of() counts
  AnswerKey after;          // zero: from the latest
  int limit = 25;
};

// Of every account: for staff.
[[nodiscard]] std::vector<AnswerLine> answers(storage::Transaction& tx, const AnswerQuery& query);

}  // namespace surveys
