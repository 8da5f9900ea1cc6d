#include "storage/postgres/vectors.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <system_error>

namespace storage::postgres {
namespace {

// An id is shorter in digits to the base 36, and stands before every word.
std::string short_scope(std::string_view scope) {
  const std::size_t letters = std::min(scope.find_first_of("0123456789"), scope.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(scope.data() + letters, scope.data() + scope.size(), number);
  if (error != std::errc{} || end != scope.data() + scope.size()) return std::string(scope);
  char digits[16];
  const auto written = std::to_chars(digits, digits + sizeof digits, number, 36);
  return std::string(scope.substr(0, letters)) + std::string(digits, written.ptr);
}

// Of one text: what stands before each of its words, and whether it had a scope at all.
struct Place {
  explicit Place(std::string_view text) {
    const Scoped parts = split_scope(text);
    rest = parts.rest;
    is_scoped = parts.rest.size() < text.size();
    if (is_scoped) prefix = short_scope(parts.scope) + "/";
  }

  std::string_view rest;
  std::string prefix;
  bool is_scoped = false;
};

// Between apostrophes nothing is special but these two.
void append_quoted(std::string& out, std::string_view prefix, std::string_view word) {
  out += '\'';
  for (const std::string_view part : {prefix, word}) {
    for (const char c : part) {
      if (c == '\'' || c == '\\') out += c;
      out += c;
    }
  }
  out += '\'';
}

class QueryWriter {
 public:
  QueryWriter(WordCutter& cutter, std::string_view expression) : cutter_(cutter), left_(expression) {}

  std::string write() {
    while (!left_.empty()) {
      if (left_[0] == '"')
        term();
      else if (take("AND"))
        out_ += '&';
      else if (take("OR"))
        out_ += '|';
      else if (left_[0] == '(' || left_[0] == ')' || left_[0] == ' ')
        symbol();
      else
        throw std::logic_error(fmt::format("no expression of words: {}", left_));
    }
    return std::move(out_);
  }

 private:
  bool take(std::string_view word) {
    if (!left_.starts_with(word)) return false;
    left_.remove_prefix(word.size());
    return true;
  }

  void symbol() {
    out_ += left_[0];
    left_.remove_prefix(1);
  }

  void term() {
    const std::size_t end = left_.find('"', 1);
    if (end == std::string_view::npos) throw std::logic_error("a term without an end");
    const Place place(left_.substr(1, end - 1));
    left_.remove_prefix(end + 1);
    const bool is_beginning = take(" *");
    std::string words;
    cutter_.cut(place.rest, [&](const Word& word) {
      if (!words.empty()) words += '&';
      append_quoted(words, place.prefix, is_beginning ? word.word : word.stem);
      if (is_beginning) words += ":*";
      return true;
    });
    // Without a word it is the scope itself, or what nothing holds.
    if (words.empty()) append_quoted(words, place.is_scoped ? place.prefix : "/", {});
    out_.append("(").append(words).append(")");
  }

  WordCutter& cutter_;
  std::string_view left_;
  std::string out_;
};

}  // namespace

std::string vector_of(WordCutter& cutter, std::string_view text) {
  const Place place(text);
  std::string vector;
  const auto add = [&](std::string_view word) {
    append_quoted(vector, {}, word);
    vector += ' ';
    if (!place.is_scoped) return;
    append_quoted(vector, place.prefix, word);
    vector += ' ';
  };
  if (place.is_scoped && place.rest.empty()) append_quoted(vector, place.prefix, {});
  cutter.cut(place.rest, [&](const Word& word) {
    add(word.stem);
    if (word.needs_word) add(word.word);
    return true;
  });
  return vector;
}

std::string query_of(WordCutter& cutter, std::string_view expression) {
  return QueryWriter(cutter, expression).write();
}

}  // namespace storage::postgres
