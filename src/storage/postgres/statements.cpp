#include "storage/postgres/statements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

#include "base/text.hpp"
#include "storage/postgres/result.hpp"
#include "storage/query.hpp"

namespace storage::postgres {
namespace {

constexpr std::array<std::string_view, frame_count> frames{
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT unit",
    "ROLLBACK TO SAVEPOINT unit",
    "RELEASE SAVEPOINT unit",
    "SELECT CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT)",
    "SELECT CAST(pg_notify('otklik', $1) AS TEXT)"};

void require(PGconn* connection, const Result& result, const Statement& statement) {
  if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) return;
  throw std::logic_error(fmt::format("cannot prepare {}: {}: {}", statement.name,
                                     base::single_line(PQerrorMessage(connection)), statement.text));
}

// As the unnamed statement, so that nothing of it stays.
void prepare(PGconn* connection, const Statement& statement) {
  std::vector<Oid> types;
  for (const Type type : statement.types) types.push_back(static_cast<Oid>(type));
  require(
      connection,
      Result(PQprepare(connection, "", statement.text.c_str(), static_cast<int>(types.size()), types.data())),
      statement);
}

void check_columns(const PGresult* description, const Statement& statement) {
  for (int column = 0; column < PQnfields(description); ++column) {
    switch (static_cast<Type>(PQftype(description, column))) {
      case Type::boolean:
      case Type::int8:
      case Type::int2:
      case Type::int4:
      case Type::text:
      case Type::varchar:
        continue;
      default:
        throw std::logic_error(fmt::format("{}: column {} has a type that rows cannot give (oid {}): cast it",
                                           statement.name, column + 1, PQftype(description, column)));
    }
  }
}

// A parameter that the text compares with a small number would take small numbers alone; ids and times are
// BIGINT everywhere.
Type widened(Type type) {
  switch (type) {
    case Type::int2:
    case Type::int4:
      return Type::int8;
    case Type::varchar:
      return Type::text;
    default:
      return type;
  }
}

void learn(PGconn* connection, Statement& statement) {
  const std::vector<bool> named = named_parameters(statement.text);
  for (const bool is_named : named) statement.types.push_back(is_named ? Type::unknown : Type::text);
  prepare(connection, statement);
  const Result description(PQdescribePrepared(connection, ""));
  require(connection, description, statement);
  check_columns(description.get(), statement);
  bool differs = false;
  for (std::size_t i = 0; i < named.size(); ++i) {
    const auto found = static_cast<Type>(PQparamtype(description.get(), static_cast<int>(i)));
    statement.types[i] = widened(found);
    differs = differs || statement.types[i] != found;
  }
  if (differs) prepare(connection, statement);
}

bool is_change(std::string_view sql) {
  return !sql.starts_with("SELECT");
}

}  // namespace

std::vector<bool> named_parameters(const std::string& sql) {
  std::vector<bool> named;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] == '\'' || sql[i] == '"')
      i = sql.find(sql[i], i + 1);
    else if (sql.compare(i, 2, "--") == 0)
      i = sql.find('\n', i);
    else if (sql[i] == '$') {
      std::size_t number = 0;
      while (i + 1 < sql.size() && sql[i + 1] >= '0' && sql[i + 1] <= '9')
        number = number * 10 + static_cast<std::size_t>(sql[++i] - '0');
      if (number == 0) continue;
      if (named.size() < number) named.resize(number);
      named[number - 1] = true;
    }
    if (i == std::string::npos) break;
  }
  return named;
}

Statements::Statements(PGconn* connection) {
  for (const Query* query : all_queries())
    all_.push_back({.name = std::string(query->name),
                    .id = {},
                    .text = query->postgres,
                    .types = {},
                    .changes = is_change(query->postgres)});
  for (const std::string_view text : frames)
    all_.push_back(
        {.name = std::string(text), .id = {}, .text = std::string(text), .types = {}, .changes = false});
  for (std::size_t i = 0; i < all_.size(); ++i) all_[i].id = fmt::format("s{}", i);
  for (Statement& statement : all_) {
    if (!statement.text.empty()) learn(connection, statement);
  }
}

}  // namespace storage::postgres
