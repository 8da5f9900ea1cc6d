// Values as the server takes them: integers in binary, everything else as text.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "storage/postgres/statements.hpp"
#include "storage/value.hpp"
#include "storage/words.hpp"

namespace storage::postgres {

// Holds the parameters of one statement at a time. A parameter of the type tsvector is a text, of which the
// words are sent; one of the type tsquery an expression as vectors.hpp describes it.
class Parameters {
 public:
  // One list of values serves a family of queries: what the text does not name is left out.
  void set(const Statement& statement, std::span<const Value> values);

  [[nodiscard]] int count() const { return static_cast<int>(values_.size()); }
  [[nodiscard]] const char* const* values() const { return values_.data(); }
  [[nodiscard]] const int* lengths() const { return lengths_.data(); }
  [[nodiscard]] const int* formats() const { return formats_.data(); }

 private:
  void add(const char* value, std::size_t length, int format);
  void add_own(std::string text, int format);
  void add_text(std::string_view text, Type type);
  void add_integer(std::int64_t integer, Type type);
  WordCutter& cutter();

  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::deque<std::array<char, 8>> integers_;
  std::deque<std::string> texts_;
  std::unique_ptr<WordCutter> cutter_;  // made when first needed
};

}  // namespace storage::postgres
