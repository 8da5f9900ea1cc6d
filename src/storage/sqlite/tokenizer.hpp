// The full-text tokenizer «otklik»: the words of storage/words.hpp as tokens of FTS5.
//
// While indexing, each word is stored by its stem; where it needs to be found by its own letters too, also as
// it stands, in the same place. A query term is stemmed; a prefix query is not: who looks for a word being
// typed asks for both. A term or a prefix with a scope before it finds only what was stored under the scope,
// and costs only what that does.
#pragma once

#include <sqlite3.h>

namespace storage::sqlite {

// Throws std::runtime_error when the library lacks FTS5.
void register_tokenizer(sqlite3* database);

}  // namespace storage::sqlite
