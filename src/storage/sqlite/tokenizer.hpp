// The full-text tokenizer «otklik»: Unicode words, lower case, ё as е, Russian and English endings cut off.
//
// While indexing, each word is stored by its stem. Where a beginning of the word would be found neither as a
// beginning of the stem nor by its own stem, the word is also stored as it stands (in the same place), so
// that a prefix being typed finds it too. A query term is stemmed; a prefix query is not: who looks for a
// word being typed asks for both.
//
// A text that begins with a scope, a few bytes between two bytes 1, has each word stored once more with the
// scope before it. A term or a prefix with the scope before it finds only those, and costs only what they do.
// A scope with nothing behind it is a word itself.
#pragma once

#include <sqlite3.h>

namespace storage::sqlite {

// Throws std::runtime_error when the library lacks FTS5.
void register_tokenizer(sqlite3* database);

}  // namespace storage::sqlite
