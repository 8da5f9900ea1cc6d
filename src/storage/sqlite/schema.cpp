#include "storage/sqlite/schema.hpp"

#include <array>
#include <boost/algorithm/string/replace.hpp>
#include <regex>

namespace storage::sqlite {
namespace {

const Query select_applied{"storage.select_applied",
                           "SELECT version, digest FROM schema_migrations ORDER BY version", ""};
const Query insert_applied{
    "storage.insert_applied",
    "INSERT INTO schema_migrations (version, name, digest, applied_at) VALUES ($1, $2, $3, $4)", ""};

}  // namespace

std::vector<Applied> Schema::applied() {
  connection_.execute(
      "CREATE TABLE IF NOT EXISTS schema_migrations ("
      " version INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, applied_at INTEGER NOT NULL)");
  std::vector<Applied> rows;
  connection_.select(select_applied, {}, [&](const Row& row) {
    rows.push_back({.version = static_cast<int>(row.integer(0)), .digest = std::string(row.text(1))});
    return true;
  });
  return rows;
}

void Schema::apply(const Migration& migration) {
  std::string text = boost::replace_all_copy(migration.sqlite, "BIGINT", "INTEGER");
  static const std::regex key_of_several(R"((\n  PRIMARY KEY \([^()]*,[^()]*\)\n\));)");
  text = std::regex_replace(text, key_of_several, "$1 WITHOUT ROWID;");
  connection_.execute("BEGIN IMMEDIATE");
  try {
    connection_.execute(text.c_str());
    const std::array values{Column<int>::bind(migration.version), Column<std::string>::bind(migration.name),
                            Column<std::string>::bind(migration.digest),
                            Column<base::Instant>::bind(base::now())};
    connection_.change(insert_applied, values);
    connection_.execute("COMMIT");
  } catch (...) {
    sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
}

}  // namespace storage::sqlite
