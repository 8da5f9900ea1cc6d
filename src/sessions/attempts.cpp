#include "sessions/attempts.hpp"

#include <tuple>

#include "sessions/queries.hpp"

namespace sessions {

bool is_reached(storage::Transaction& tx, std::string_view subject, const Limit& limit) {
  const auto row = tx.one<std::tuple<std::int64_t, base::Instant>>(sql::failures_of_subject, subject);
  return row && std::get<0>(*row) >= limit.most && std::get<1>(*row) > base::now() - limit.window;
}

void count_attempt(storage::Transaction& tx, std::string_view subject, const Limit& limit) {
  const base::Instant now = base::now();
  tx.run(sql::add_failure, subject, now, now - limit.window);
}

void forget_attempts(storage::Transaction& tx, std::string_view subject) {
  tx.run(sql::clear_failures, subject);
}

}  // namespace sessions
