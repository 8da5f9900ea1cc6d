#include "storage/sqlite/tokenizer.hpp"

#include <libstemmer.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace storage::sqlite {
namespace {

using Point = std::int32_t;
constexpr std::size_t longest_word = 64;  // bytes kept of a word; longer ones are base64 and the like

struct StemmerCloser {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Stemmer = std::unique_ptr<sb_stemmer, StemmerCloser>;

class Tokenizer {
 public:
  using Take = int (*)(void*, int, const char*, int, int, int);

  int tokenize(void* context, int flags, std::string_view text, Take take) {
    const auto size = static_cast<std::int32_t>(text.size());
    std::int32_t at = 0;
    while (at < size) {
      const std::int32_t start = at;
      Point point = next(text, at, size);
      if (!u_isalnum(point)) continue;

      word_.clear();
      has_cyrillic_ = false;
      has_digit_ = false;
      std::int32_t end = at;
      while (true) {
        add(point);
        end = at;
        if (at >= size) break;
        point = next(text, at, size);
        if (!u_isalnum(point)) break;
      }
      if (const int code = emit(context, flags, start, end, take); code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
  }

 private:
  static Point next(std::string_view text, std::int32_t& at, std::int32_t size) {
    Point point = 0;
    U8_NEXT_OR_FFFD(text.data(), at, size, point);
    return point;
  }

  void add(Point point) {
    if (point >= '0' && point <= '9') has_digit_ = true;
    point = u_tolower(point);
    if (point == 0x451) point = 0x435;  // ё
    if (point >= 0x400 && point <= 0x4FF) has_cyrillic_ = true;
    if (word_.size() + U8_MAX_LENGTH > longest_word) return;
    char buffer[U8_MAX_LENGTH];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(buffer, length, point);
    word_.append(buffer, static_cast<std::size_t>(length));
  }

  int emit(void* context, int flags, std::int32_t start, std::int32_t end, Take take) {
    const bool prefix = (flags & FTS5_TOKENIZE_PREFIX) != 0;
    const bool indexing = (flags & FTS5_TOKENIZE_DOCUMENT) != 0;
    const std::string_view stem = prefix || has_digit_ ? std::string_view(word_) : stem_of(word_);
    int code = take(context, 0, stem.data(), static_cast<int>(stem.size()), start, end);
    if (code == SQLITE_OK && indexing && stem != word_) {
      code = take(context, FTS5_TOKEN_COLOCATED, word_.data(), static_cast<int>(word_.size()), start, end);
    }
    return code;
  }

  std::string_view stem_of(const std::string& word) {
    sb_stemmer* stemmer = has_cyrillic_ ? russian_.get() : english_.get();
    const sb_symbol* stem = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(word.data()),
                                            static_cast<int>(word.size()));
    if (stem == nullptr) return word;
    return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer))};
  }

  Stemmer russian_{sb_stemmer_new("russian", "UTF_8")};
  Stemmer english_{sb_stemmer_new("english", "UTF_8")};
  std::string word_;
  bool has_cyrillic_ = false;
  bool has_digit_ = false;
};

int create(void*, const char**, int, Fts5Tokenizer** out) {
  *out = reinterpret_cast<Fts5Tokenizer*>(new Tokenizer);
  return SQLITE_OK;
}

void destroy(Fts5Tokenizer* tokenizer) {
  delete reinterpret_cast<Tokenizer*>(tokenizer);
}

int tokenize(Fts5Tokenizer* tokenizer, void* context, int flags, const char* text, int size,
             Tokenizer::Take take) {
  if (text == nullptr || size <= 0) return SQLITE_OK;
  return reinterpret_cast<Tokenizer*>(tokenizer)->tokenize(context, flags,
                                                           {text, static_cast<std::size_t>(size)}, take);
}

fts5_api* find_api(sqlite3* database) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  return api;
}

}  // namespace

void register_tokenizer(sqlite3* database) {
  fts5_api* api = find_api(database);
  if (api == nullptr) throw std::runtime_error("this SQLite has no FTS5");
  fts5_tokenizer functions{create, destroy, tokenize};
  if (api->xCreateTokenizer(api, "otklik", nullptr, &functions, nullptr) != SQLITE_OK) {
    throw std::runtime_error("the full-text tokenizer cannot be registered");
  }
}

}  // namespace storage::sqlite
