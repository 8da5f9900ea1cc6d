#include "storage/shared.hpp"

#include <algorithm>
#include <array>

namespace storage {
namespace {

struct Table {
  std::string_view name;
  Shared set;
};

constexpr std::array tables{Table{"people", Shared::identity},        Table{"sessions", Shared::identity},
                            Table{"accounts", Shared::identity},      Table{"products", Shared::products},
                            Table{"product_words", Shared::products}, Table{"settings", Shared::settings}};

// The table that the first statement of the text changes; empty for one that only reads.
std::string_view changed_table(std::string_view sql) {
  sql.remove_prefix(std::min(sql.find_first_not_of(" \n"), sql.size()));
  for (const std::string_view verb : {"INSERT INTO ", "UPDATE ", "DELETE FROM "}) {
    if (!sql.starts_with(verb)) continue;
    sql.remove_prefix(verb.size());
    sql.remove_prefix(std::min(sql.find_first_not_of(" \n"), sql.size()));
    return sql.substr(0, sql.find_first_of(" \n("));
  }
  return {};
}

}  // namespace

unsigned shared_changed_by(std::string_view sql) {
  const auto found = std::ranges::find(tables, changed_table(sql), &Table::name);
  return found == tables.end() ? 0U : 1U << static_cast<unsigned>(found->set);
}

}  // namespace storage
