// The words by which cases are found, and the queries made of what people type.
#pragma once

#include <string>
#include <string_view>

#include "cases/case.hpp"
#include "storage/transaction.hpp"

namespace cases {

// Puts a new case into the index, in the transaction of the unit that opens it.
void index_words(storage::Transaction& tx, const Case& report);

// Whose cases a search may walk. Zero ids do not narrow.
struct Owner {
  base::AccountId account;
  base::PersonId contact;
};

// All words must be found; each by any of its endings, the last one also as the beginning of a word.
// Empty when nothing searchable was typed.
[[nodiscard]] std::string match_expression(const Owner& owner, std::string_view typed);

}  // namespace cases
