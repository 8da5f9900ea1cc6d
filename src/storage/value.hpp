// What goes into a query's parameters and comes out of its columns.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/id.hpp"
#include "base/time.hpp"

namespace storage {

// A parameter. Text is borrowed: it must live until the query has run.
struct Value {
  enum class Kind : std::uint8_t { null, integer, text };

  Kind kind = Kind::null;
  std::int64_t integer = 0;
  std::string_view text;
};

// One row of a running query. Text is valid until the next row.
class Row {
 public:
  virtual ~Row() = default;
  [[nodiscard]] virtual bool is_null(int column) const = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual std::string_view text(int column) const = 0;
};

// How a C++ type lies in a column. Enums lie as their numbers, times and ids as BIGINT, bool as 0 and 1.
template <class T>
struct Column;

template <std::integral T>
struct Column<T> {
  static Value bind(T value) {
    return {.kind = Value::Kind::integer, .integer = static_cast<std::int64_t>(value), .text = {}};
  }
  static T read(const Row& row, int column) { return static_cast<T>(row.integer(column)); }
};

template <class T>
  requires std::is_enum_v<T>
struct Column<T> {
  static Value bind(T value) { return Column<std::int64_t>::bind(static_cast<std::int64_t>(value)); }
  static T read(const Row& row, int column) { return static_cast<T>(row.integer(column)); }
};

template <class Tag>
struct Column<base::Id<Tag>> {
  static Value bind(base::Id<Tag> id) { return Column<std::int64_t>::bind(id.value); }
  static base::Id<Tag> read(const Row& row, int column) { return {row.integer(column)}; }
};

template <>
struct Column<base::Instant> {
  static Value bind(base::Instant at) { return Column<std::int64_t>::bind(at.microseconds); }
  static base::Instant read(const Row& row, int column) { return {row.integer(column)}; }
};

template <>
struct Column<std::string> {
  static Value bind(std::string_view text) { return {.kind = Value::Kind::text, .integer = 0, .text = text}; }
  static std::string read(const Row& row, int column) { return std::string(row.text(column)); }
};

template <>
struct Column<std::string_view> {
  static Value bind(std::string_view text) { return Column<std::string>::bind(text); }
};

template <std::size_t n>
struct Column<char[n]> {
  static Value bind(const char* text) { return Column<std::string>::bind(text); }
};

template <class T>
struct Column<std::optional<T>> {
  static Value bind(const std::optional<T>& value) { return value ? Column<T>::bind(*value) : Value{}; }
  static std::optional<T> read(const Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return Column<T>::read(row, column);
  }
};

}  // namespace storage
