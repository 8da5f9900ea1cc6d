// What libpq gives out, owned.
#pragma once

#include <libpq-fe.h>

#include <memory>

namespace storage::postgres {

struct ResultCloser {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ResultCloser>;

}  // namespace storage::postgres
