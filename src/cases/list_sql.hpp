// The queries behind lists: one for each scope, order and direction, prepared like all others.
#pragma once

#include <cstdint>

#include "cases/list.hpp"
#include "storage/query.hpp"

namespace cases {

// Which cases a list walks.
enum class Scope : std::uint8_t { contact = 0, account = 1, everything = 2, recent = 3 };

struct ListShape {
  Scope scope = Scope::contact;
  Sort sort = Sort::opened;
  bool descending = true;
  bool searched = false;
};

// Parameters: $1 account, $2 person, $3 statuses (bits), $4 product or 0, $5 contact or 0, $6 and $7 the
// range of ids, $8 the words to match, $9 whether staff asks, $10 to $12 the key before the page, $13 the
// number of rows.
[[nodiscard]] const storage::Query& list_query(const ListShape& shape);

// The first nine parameters of list_query.
[[nodiscard]] const storage::Query& count_query(Scope scope, bool searched);

// The ids of all cases with the words $1, oldest first: for searches that filter and sort by nothing else.
[[nodiscard]] const storage::Query& found_query();

}  // namespace cases
