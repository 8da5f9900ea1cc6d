// How many answers there are, kept beside the answers: by month, product and score.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "storage/transaction.hpp"
#include "surveys/survey.hpp"

namespace surveys {

// The number of the month (UTC) since January 1970, and its first instant.
[[nodiscard]] std::int64_t month_of(base::Instant at);
[[nodiscard]] base::Instant month_begins(std::int64_t month);

// Adds `by` to the count that the answer belongs to: the month is that of its first sending.
void count(storage::Transaction& tx, const Survey& answered, std::int64_t by);

// Answers of each score.
struct Tally {
  std::array<std::int64_t, highest_score> scores{};  // of 1 to 5

  [[nodiscard]] std::int64_t of(int score) const { return scores.at(static_cast<std::size_t>(score) - 1); }
  [[nodiscard]] std::int64_t total() const;
  [[nodiscard]] std::int64_t satisfied() const;
  [[nodiscard]] double average() const;  // 0 when there are none
  void add(int score, std::int64_t count);
};

struct ProductTally {
  base::ProductId product_id;
  Tally tally;
};

struct MonthTally {
  std::int64_t month = 0;
  Tally tally;
};

struct Results {
  Tally all;
  std::vector<ProductTally> products;  // most answers first
  std::vector<MonthTally> months;      // latest first
};

[[nodiscard]] Results results(storage::Transaction& tx);

}  // namespace surveys
