#include "storage/postgres/schema.hpp"

#include <fmt/format.h>

#include <regex>
#include <sstream>
#include <stdexcept>

#include "base/time.hpp"

namespace storage::postgres {
namespace {

constexpr std::int64_t migration_lock = 0x6f746b6c696b;  // "otklik"

// The names of migrations are those of files of this program: no apostrophes.
std::string record(const Migration& migration) {
  return fmt::format(
      "INSERT INTO schema_migrations (version, name, digest, applied_at) VALUES ({}, '{}', '{}', {});",
      migration.version, migration.name, migration.digest, base::now().microseconds);
}

}  // namespace

Schema::Schema(Connection& connection) : connection_(connection) {
  if (const std::string encoding = connection_.ask("SHOW server_encoding"); encoding != "UTF8") {
    throw std::runtime_error(
        fmt::format("the database holds texts as {}: make it with ENCODING 'UTF8'", encoding));
  }
  connection_.execute(fmt::format(
      "SET statement_timeout = 0; SET lock_timeout = 0; SELECT pg_advisory_lock({})", migration_lock));
}

Schema::~Schema() {
  try {
    connection_.execute(fmt::format("SELECT pg_advisory_unlock({})", migration_lock));
  } catch (const std::exception&) {
    // A session that is gone holds no lock.
  }
}

std::vector<Applied> Schema::applied() {
  connection_.execute(
      "CREATE TABLE IF NOT EXISTS schema_migrations ("
      " version BIGINT PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, applied_at BIGINT NOT NULL)");
  const std::string rows = connection_.ask(
      "SELECT string_agg(version || ' ' || digest, ' ' ORDER BY version) FROM schema_migrations");
  std::vector<Applied> applied;
  std::istringstream words(rows);
  Applied one;
  while (words >> one.version >> one.digest) applied.push_back(one);
  return applied;
}

void Schema::apply(const Migration& migration) {
  static const std::regex text_column(R"(\bTEXT\b)");
  const std::string text = std::regex_replace(migration.postgres, text_column, "TEXT COLLATE \"C\"");
  try {
    connection_.execute("BEGIN;" + text + "\n;" + record(migration) + "COMMIT");
  } catch (...) {
    if (!connection_.broken()) connection_.execute("ROLLBACK");
    throw;
  }
}

}  // namespace storage::postgres
