#include "storage/sqlite/tokenizer.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "storage/words.hpp"

namespace storage::sqlite {
namespace {

constexpr char scope_mark = '\1';

class Tokenizer {
 public:
  using Take = int (*)(void*, int, const char*, int, int, int);

  int tokenize(void* context, int flags, std::string_view text, Take take) {
    const Scoped parts = split_scope(text);
    const auto offset = static_cast<std::int32_t>(text.size() - parts.rest.size());
    set_scope(parts, offset);
    if (parts.rest.empty() && offset > 0)
      return take(context, 0, scoped_.data(), static_cast<int>(scoped_.size()), 0, offset);
    int code = SQLITE_OK;
    words_.cut(parts.rest, [&](const Word& word) {
      code = emit(context, flags, word, offset, take);
      return code == SQLITE_OK;
    });
    return code;
  }

 private:
  void set_scope(const Scoped& parts, std::int32_t offset) {
    scope_size_ = 0;
    if (offset == 0) return;
    scoped_.assign(1, scope_mark);
    append_short(parts.scope);
    scoped_ += scope_mark;
    scope_size_ = scoped_.size();
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

  int emit(void* context, int flags, const Word& word, std::int32_t offset, Take take) {
    const bool prefix = (flags & FTS5_TOKENIZE_PREFIX) != 0;
    const bool indexing = (flags & FTS5_TOKENIZE_DOCUMENT) != 0;
    const std::string_view stem = prefix ? word.word : word.stem;
    const auto put = [&](int how, std::string_view token) {
      return take(context, how, token.data(), static_cast<int>(token.size()), offset + word.start,
                  offset + word.end);
    };
    if (!indexing) return put(0, scoped(stem));
    int code = put(0, stem);
    if (code == SQLITE_OK && scope_size_ > 0) code = put(FTS5_TOKEN_COLOCATED, scoped(stem));
    if (prefix || !word.needs_word) return code;
    if (code == SQLITE_OK) code = put(FTS5_TOKEN_COLOCATED, word.word);
    if (code == SQLITE_OK && scope_size_ > 0) code = put(FTS5_TOKEN_COLOCATED, scoped(word.word));
    return code;
  }

  std::string_view scoped(std::string_view token) {
    if (scope_size_ == 0) return token;
    scoped_.resize(scope_size_);
    scoped_ += token;
    return scoped_;
  }

  WordCutter words_;
  std::string scoped_;  // the scope with its marks, and the token being given after it
  std::size_t scope_size_ = 0;
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
