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

const Query create_dropped{
    "storage.create_dropped",
    "CREATE TABLE IF NOT EXISTS dropped_indexes (name TEXT PRIMARY KEY, sql TEXT NOT NULL)", ""};
const Query note_dropped{
    "storage.note_dropped",
    "INSERT INTO dropped_indexes (name, sql) "
    "SELECT name, sql FROM sqlite_schema "
    "WHERE  type = 'index' AND sql LIKE 'CREATE INDEX %' AND tbl_name NOT LIKE 'sqlite%'",
    ""};
const Query all_dropped{"storage.all_dropped", "SELECT name, sql FROM dropped_indexes", ""};
const Query forget_dropped{"storage.forget_dropped", "DELETE FROM dropped_indexes WHERE name = $1", ""};

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

void Schema::drop_indexes() {
  connection_.change(create_dropped, {});
  connection_.change(note_dropped, {});
  std::vector<std::string> names;
  connection_.select(all_dropped, {}, [&](const Row& row) {
    names.emplace_back(row.text(0));
    return true;
  });
  for (const std::string& name : names) connection_.execute(("DROP INDEX " + name).c_str());
}

bool Schema::restore_index() {
  std::string name;
  std::string create;
  connection_.select(all_dropped, {}, [&](const Row& row) {
    name = row.text(0);
    create = row.text(1);
    return false;
  });
  if (name.empty()) return false;
  connection_.execute(create.c_str());
  const std::array values{Column<std::string>::bind(name)};
  connection_.change(forget_dropped, values);
  return true;
}

void Schema::restore_indexes() {
  connection_.change(create_dropped, {});
  while (restore_index()) {
  }
}

}  // namespace storage::sqlite
