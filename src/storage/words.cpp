#include "storage/words.hpp"

#include <libstemmer.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstddef>
#include <functional>
#include <vector>

namespace storage {
namespace {

using Point = std::int32_t;
constexpr std::size_t longest_word = 64;  // bytes kept of a word; longer ones are base64 and the like
constexpr char scope_mark = '\1';
constexpr std::size_t longest_scope = 32;

struct Stem {
  std::string word;
  std::string stem;
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

Point next(std::string_view text, std::int32_t& at, std::int32_t size) {
  Point point = 0;
  U8_NEXT_OR_FFFD(text.data(), at, size, point);
  return point;
}

}  // namespace

struct WordCutter::State {
  void begin() {
    word.clear();
    has_cyrillic = false;
    has_digit = false;
  }

  void add(Point point) {
    if (point >= '0' && point <= '9') has_digit = true;
    point = u_tolower(point);
    if (point == 0x451) point = 0x435;  // ё
    if (point >= 0x400 && point <= 0x4FF) has_cyrillic = true;
    if (word.size() + U8_MAX_LENGTH > longest_word) return;
    char buffer[U8_MAX_LENGTH];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(buffer, length, point);
    word.append(buffer, static_cast<std::size_t>(length));
  }

  [[nodiscard]] Word finished(std::int32_t start, std::int32_t end) {
    if (has_digit) return {.word = word, .stem = word, .needs_word = false, .start = start, .end = end};
    const Stem& known = stem_of(word);
    return {.word = word, .stem = known.stem, .needs_word = known.needs_word, .start = start, .end = end};
  }

  const Stem& stem_of(const std::string& of) {
    Stem& known = stems.at(of);
    if (known.word == of) return known;
    known.word = of;
    known.stem = without_ending(of);
    known.needs_word = known.stem != of && !of.starts_with(known.stem);
    if (of.starts_with(known.stem)) {
      for (std::size_t end = known.stem.size() + 1; end < of.size() && !known.needs_word; ++end) {
        const bool inside_letter = (static_cast<unsigned char>(of[end]) & 0xC0) == 0x80;
        known.needs_word =
            !inside_letter && without_ending(std::string_view(of).substr(0, end)) != known.stem;
      }
    }
    return known;
  }

  // Valid until the next call.
  std::string_view without_ending(std::string_view of) {
    sb_stemmer* stemmer = has_cyrillic ? russian.get() : english.get();
    const sb_symbol* stem =
        sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(of.data()), static_cast<int>(of.size()));
    if (stem == nullptr) return of;
    return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer))};
  }

  Stemmer russian{sb_stemmer_new("russian", "UTF_8")};
  Stemmer english{sb_stemmer_new("english", "UTF_8")};
  StemCache stems;
  std::string word;
  bool has_cyrillic = false;
  bool has_digit = false;
};

Scoped split_scope(std::string_view text) {
  if (text.empty() || text[0] != scope_mark) return {.scope = {}, .rest = text};
  const std::size_t end = text.find(scope_mark, 1);
  if (end == std::string_view::npos || end > longest_scope) return {.scope = {}, .rest = text};
  return {.scope = text.substr(1, end - 1), .rest = text.substr(end + 1)};
}

WordCutter::WordCutter() : state_(std::make_unique<State>()) {}
WordCutter::~WordCutter() = default;

void WordCutter::cut(std::string_view text, base::FunctionRef<bool(const Word&)> take) {
  const auto size = static_cast<std::int32_t>(text.size());
  std::int32_t at = 0;
  while (at < size) {
    const std::int32_t start = at;
    Point point = next(text, at, size);
    if (!u_isalnum(point)) continue;

    state_->begin();
    std::int32_t end = at;
    while (true) {
      state_->add(point);
      end = at;
      if (at >= size) break;
      point = next(text, at, size);
      if (!u_isalnum(point)) break;
    }
    if (!take(state_->finished(start, end))) return;
  }
}

}  // namespace storage
