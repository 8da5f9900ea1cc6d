#include "surveys/answers.hpp"

#include <limits>

#include "surveys/counts.hpp"
#include "surveys/queries.hpp"

namespace surveys {

std::vector<AnswerLine> answers(storage::Transaction& tx, const AnswerQuery& query) {
  constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
  const bool one_month = query.month >= 0;
  const base::Instant from = one_month ? month_begins(query.month) : base::Instant{};
  AnswerKey before{.at = {last}, .id = {last}};
  if (one_month) before = {.at = month_begins(query.month + 1), .id = {}};
  if (query.after.at) before = query.after;

  if (query.product_id) {
    return tx.all<AnswerLine>(sql::answers_of_product, query.product_id, query.score, from, before.at,
                              before.id, query.limit);
  }
  if (query.score > 0)
    return tx.all<AnswerLine>(sql::answers_of_score, query.score, from, before.at, before.id, query.limit);
  return tx.all<AnswerLine>(sql::answers, from, before.at, before.id, query.limit);
}

}  // namespace surveys
