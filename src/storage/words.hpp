// The words of a text as they are looked for: lower case, ё as е, Russian and English endings cut off.
//
// Both engines keep and find the same words by this, each in an index of its own kind.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/function_ref.hpp"

namespace storage {

// Valid until the next word.
struct Word {
  std::string_view word;
  std::string_view stem;  // the word itself where it holds a digit
  // Whether a beginning of the word can be typed that neither is a beginning of the stem nor has that stem:
  // such a word is kept beside its stem.
  bool needs_word = false;
  std::int32_t start = 0;  // bytes of the text
  std::int32_t end = 0;
};

// A text may begin with a scope, up to 30 bytes between two bytes 1: its words are then also kept under the
// scope, so that a search within it walks nothing else. A scope with nothing behind it is a word itself.
struct Scoped {
  std::string_view scope;  // empty: none
  std::string_view rest;
};
[[nodiscard]] Scoped split_scope(std::string_view text);

// Remembers the stems of words met lately. Not shared between threads.
class WordCutter {
 public:
  WordCutter();
  ~WordCutter();
  WordCutter(const WordCutter&) = delete;
  WordCutter& operator=(const WordCutter&) = delete;

  // Calls `take` for each word until it returns false. Any bytes may come; what is no UTF-8 is no letter.
  void cut(std::string_view text, base::FunctionRef<bool(const Word&)> take);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace storage
