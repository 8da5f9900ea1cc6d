#include <limits>

#include "access_requests/access_requests.hpp"
#include "access_requests/queries.hpp"

namespace access_requests {

std::vector<Request> page(storage::Transaction& tx, const people::Viewer& viewer, State state,
                          base::AccessRequestId before, int limit) {
  const base::AccessRequestId end =
      before ? before : base::AccessRequestId{std::numeric_limits<std::int64_t>::max()};
  if (viewer.staff()) return tx.all<Request>(sql::requests_before, state, end, limit);
  return tx.all<Request>(sql::requests_of_account_before, viewer.account_id, state, end, limit);
}

std::int64_t count(storage::Transaction& tx, const people::Viewer& viewer, State state) {
  const auto counted = viewer.staff() ? tx.one<std::int64_t>(sql::count_requests, state, most_counted)
                                      : tx.one<std::int64_t>(sql::count_requests_of_account,
                                                             viewer.account_id, state, most_counted);
  return counted.value_or(0);
}

}  // namespace access_requests
