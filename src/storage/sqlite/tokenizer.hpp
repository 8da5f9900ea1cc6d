// The full-text tokenizer «otklik»: Unicode words, lower case, ё as е, Russian and English endings cut off.
//
// While indexing, each word is stored by its stem and, where that differs, also as it stands (in the same
// place), so that a prefix being typed finds it too. A query term is stemmed; a prefix query is not.
#pragma once

#include <sqlite3.h>

namespace storage::sqlite {

// Throws std::runtime_error when the library lacks FTS5.
void register_tokenizer(sqlite3* database);

}  // namespace storage::sqlite
