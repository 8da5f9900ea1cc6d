// A change that is put off, with its own copy of the values.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <vector>

#include "storage/query.hpp"
#include "storage/value.hpp"

namespace storage::sqlite {

struct LaterChange {
  LaterChange(const Query& its_query, std::span<const Value> its_values)
      : query(&its_query), values(its_values.begin(), its_values.end()) {
    for (Value& value : values) {
      if (value.kind == Value::Kind::text) value.text = texts.emplace_back(value.text);
    }
  }
  // The values refer to the texts.
  LaterChange(const LaterChange&) = delete;
  LaterChange& operator=(const LaterChange&) = delete;

  const Query* query;
  std::vector<Value> values;
  std::deque<std::string> texts;
};

}  // namespace storage::sqlite
