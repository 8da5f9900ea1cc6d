// Words as this engine indexes and finds them: tsvector and tsquery, without its own dictionaries, so that it
// finds what the embedded engine finds.
#pragma once

#include <string>
#include <string_view>

#include "storage/words.hpp"

namespace storage::postgres {

// The words of a text, written as a tsvector. Those under a scope stand behind it and a slash, which no word
// holds.
[[nodiscard]] std::string vector_of(WordCutter& cutter, std::string_view text);

// A tsquery of an expression of terms in double quotes, each perhaps with a scope and with an asterisk behind
// it for the beginning of a word, of AND, OR and parentheses. Throws std::logic_error for anything else.
[[nodiscard]] std::string query_of(WordCutter& cutter, std::string_view expression);

}  // namespace storage::postgres
