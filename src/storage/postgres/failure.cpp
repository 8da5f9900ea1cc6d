#include "storage/postgres/failure.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "base/text.hpp"

namespace storage::postgres {

std::exception_ptr failure(std::string_view state, const std::string& message) {
  const std::string_view kind = state.substr(0, 2);
  if (state == "40001" || state == "40P01") return std::make_exception_ptr(Conflict(message));
  // 22 are values that no column can hold, such as a text with a zero byte.
  if (kind == "23" || kind == "22") return std::make_exception_ptr(ConstraintViolated(message));
  // 57P01 to 57P04: the server ends sessions. 25006: it has become a read-only copy of another server.
  if (state.empty() || kind == "08" || state.starts_with("57P") || state == "25006")
    return std::make_exception_ptr(Lost(message));
  if (kind == "42") return std::make_exception_ptr(std::logic_error(message));
  return std::make_exception_ptr(Unavailable(message));
}

std::exception_ptr failure(PGconn* connection, const PGresult* result, std::string_view what) {
  const char* const state = result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  const char* const primary =
      result != nullptr ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
  const std::string words = base::single_line(primary != nullptr ? primary : PQerrorMessage(connection));
  return failure(state != nullptr ? state : "",
                 fmt::format("{} ({}): {}", words, state != nullptr ? state : "-", what));
}

}  // namespace storage::postgres
