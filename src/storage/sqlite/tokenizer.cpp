#include "storage/sqlite/tokenizer.hpp"

#include <libstemmer.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace storage::sqlite {
namespace {

using Point = std::int32_t;
constexpr std::size_t longest_word = 64;  // bytes kept of a word; longer ones are base64 and the like
constexpr char scope_mark = '\1';
constexpr std::size_t longest_scope = 32;

struct Stem {
  std::string word;
  std::string stem;
  // Whether a beginning of the word can be typed that neither is a beginning of the stem nor has that stem.
  bool needs_word = false;
};

// The stems of words met lately: texts of one kind use the same few thousand words.
class StemCache {
 public:
  // The place of the word, which may hold another one.
  Stem& at(const std::string& word) { return stems_[std::hash<std::string>{}(word) % stems_.size()]; }

 private:
  std::vector<Stem> stems_ = std::vector<Stem>(4096);
};

struct StemmerCloser {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Stemmer = std::unique_ptr<sb_stemmer, StemmerCloser>;

class Tokenizer {
 public:
  using Take = int (*)(void*, int, const char*, int, int, int);

  int tokenize(void* context, int flags, std::string_view text, Take take) {
    const auto size = static_cast<std::int32_t>(text.size());
    std::int32_t at = read_scope(text);
    if (at == size && at > 0)
      return take(context, 0, scoped_.data(), static_cast<int>(scoped_.size()), 0, at);
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
  // The scope at the beginning of a text, if there is one. Gives the place behind it.
  std::int32_t read_scope(std::string_view text) {
    scope_size_ = 0;
    if (text.empty() || text[0] != scope_mark) return 0;
    const std::size_t end = text.find(scope_mark, 1);
    if (end > longest_scope) return 0;  // npos too
    scoped_.assign(1, scope_mark);
    append_short(text.substr(1, end - 1));
    scoped_ += scope_mark;
    scope_size_ = scoped_.size();
    return static_cast<std::int32_t>(end) + 1;
  }

  // An id is half as long in digits to the base 126 as in decimal ones, and stands before every word.
  void append_short(std::string_view scope) {
    constexpr std::uint64_t base = 126;
    constexpr char first_digit = 2;  // neither the end of a text nor the mark
    const std::size_t letters = std::min(scope.find_first_of("0123456789"), scope.size());
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(scope.data() + letters, scope.data() + scope.size(), number);
    const bool is_id = error == std::errc{} && end == scope.data() + scope.size();
    scoped_ += is_id ? scope.substr(0, letters) : scope;
    for (; is_id && number > 0; number /= base) scoped_ += static_cast<char>(first_digit + number % base);
  }

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
    const Stem* known = prefix || has_digit_ ? nullptr : &stem_of(word_);
    const std::string_view stem = known != nullptr ? std::string_view(known->stem) : word_;
    const auto put = [&](int how, std::string_view token) {
      return take(context, how, token.data(), static_cast<int>(token.size()), start, end);
    };
    if (!indexing) return put(0, scoped(stem));
    int code = put(0, stem);
    if (code == SQLITE_OK && scope_size_ > 0) code = put(FTS5_TOKEN_COLOCATED, scoped(stem));
    if (known == nullptr || !known->needs_word) return code;
    if (code == SQLITE_OK) code = put(FTS5_TOKEN_COLOCATED, word_);
    if (code == SQLITE_OK && scope_size_ > 0) code = put(FTS5_TOKEN_COLOCATED, scoped(word_));
    return code;
  }

  std::string_view scoped(std::string_view token) {
    if (scope_size_ == 0) return token;
    scoped_.resize(scope_size_);
    scoped_ += token;
    return scoped_;
  }

  const Stem& stem_of(const std::string& word) {
    Stem& known = stems_.at(word);
    if (known.word == word) return known;
    known.word = word;
    known.stem = cut(word);
    known.needs_word = known.stem != word && !word.starts_with(known.stem);
    if (word.starts_with(known.stem)) {
      for (std::size_t end = known.stem.size() + 1; end < word.size() && !known.needs_word; ++end) {
        const bool inside_letter = (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80;
        known.needs_word = !inside_letter && cut(std::string_view(word).substr(0, end)) != known.stem;
      }
    }
    return known;
  }

  // Without its ending. Valid until the next call.
  std::string_view cut(std::string_view word) {
    sb_stemmer* stemmer = has_cyrillic_ ? russian_.get() : english_.get();
    const sb_symbol* stem = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(word.data()),
                                            static_cast<int>(word.size()));
    if (stem == nullptr) return word;
    return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer))};
  }

  Stemmer russian_{sb_stemmer_new("russian", "UTF_8")};
  Stemmer english_{sb_stemmer_new("english", "UTF_8")};
  StemCache stems_;
  std::string word_;
  std::string scoped_;  // the scope with its marks, and the token being given after it
  std::size_t scope_size_ = 0;
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
