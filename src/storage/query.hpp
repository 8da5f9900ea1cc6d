// A named query of a module's queries.sql.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

struct Query;

// Every query that the program contains, in the order of their `index`. Complete once main() has begun; the
// driver prepares them all at start, so that a query the schema does not know ends the start and not a
// request.
[[nodiscard]] const std::vector<const Query*>& all_queries();

// Defined once, at namespace scope, by the generated <module>/queries.cpp; the address stays valid to the end
// of the program. Queries say $1, $2, … for both engines; `sqlite` has ?1, ?2, … for them, so that parameters
// can be bound by position in both.
struct Query {
  Query(std::string_view query_name, std::string sqlite_text, std::string postgres_text);
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  std::string_view name;  // "cases.open_cases_of_account"
  std::string sqlite;     // empty when the query is of the other engine alone
  std::string postgres;
  unsigned shared =
      0;  // the sets of rows that it changes and that programs keep in memory; see storage/shared.hpp
  std::size_t index;  // place in all_queries(): a driver keeps its statements in a vector
};

}  // namespace storage
