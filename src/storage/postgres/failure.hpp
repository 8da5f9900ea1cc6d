// What the server refuses, as the exceptions of storage/database.hpp; two more are kept within the driver.
#pragma once

#include <libpq-fe.h>

#include <exception>
#include <string>
#include <string_view>

#include "storage/database.hpp"

namespace storage::postgres {

// Two units crossed (40001), or waited for each other (40P01): the same unit may succeed when it is run
// again.
class Conflict : public Unavailable {
 public:
  using Unavailable::Unavailable;
};

// The connection is gone; another one may work.
class Lost : public Unavailable {
 public:
  using Unavailable::Unavailable;
};

// Of an error with its SQLSTATE (PostgreSQL documentation, appendix A), or none where libpq itself failed.
[[nodiscard]] std::exception_ptr failure(std::string_view state, const std::string& message);

// Of a result, or of the connection where there is none.
[[nodiscard]] std::exception_ptr failure(PGconn* connection, const PGresult* result, std::string_view what);

}  // namespace storage::postgres
