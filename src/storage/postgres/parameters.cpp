#include "storage/postgres/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <stdexcept>

#include "storage/postgres/vectors.hpp"

namespace storage::postgres {
namespace {

constexpr int as_text = 0;
constexpr int as_binary = 1;

}  // namespace

void Parameters::set(const Statement& statement, std::span<const Value> values) {
  if (values.size() < statement.types.size())
    throw std::logic_error(
        fmt::format("{} takes {} parameters, not {}", statement.name, statement.types.size(), values.size()));
  values_.clear();
  lengths_.clear();
  formats_.clear();
  integers_.clear();
  texts_.clear();
  for (std::size_t i = 0; i < statement.types.size(); ++i) {
    switch (values[i].kind) {
      case Value::Kind::null:
        add(nullptr, 0, as_text);
        break;
      case Value::Kind::integer:
        add_integer(values[i].integer, statement.types[i]);
        break;
      case Value::Kind::text:
        add_text(values[i].text, statement.types[i]);
        break;
    }
  }
}

void Parameters::add(const char* value, std::size_t length, int format) {
  values_.push_back(value);
  lengths_.push_back(static_cast<int>(length));
  formats_.push_back(format);
}

void Parameters::add_own(std::string text, int format) {
  const std::string& kept = texts_.emplace_back(std::move(text));
  add(kept.c_str(), kept.size(), format);
}

void Parameters::add_text(std::string_view text, Type type) {
  switch (type) {
    case Type::text:
      // In binary form a zero byte is the server's to refuse; as text it would be where the text ends. An
      // empty text is no null pointer.
      add(text.data() != nullptr ? text.data() : "", text.size(), as_binary);
      break;
    case Type::tsvector:
      add_own(vector_of(cutter(), text), as_text);
      break;
    case Type::tsquery:
      add_own(query_of(cutter(), text), as_text);
      break;
    default:
      add_own(std::string(text), as_text);
  }
}

void Parameters::add_integer(std::int64_t integer, Type type) {
  if (type != Type::int8) return add_own(std::to_string(integer), as_text);
  const auto network_order = std::byteswap(static_cast<std::uint64_t>(integer));
  static_assert(std::endian::native == std::endian::little);
  auto& kept = integers_.emplace_back();
  std::memcpy(kept.data(), &network_order, sizeof network_order);
  add(kept.data(), kept.size(), as_binary);
}

WordCutter& Parameters::cutter() {
  if (!cutter_) cutter_ = std::make_unique<WordCutter>();
  return *cutter_;
}

}  // namespace storage::postgres
