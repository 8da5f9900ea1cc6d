// Files of named SQL queries. The format is described in query_compiler.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

// A piece of a query: SQL, or a list made from the fields of a type.
struct QueryPiece {
  enum class Kind : unsigned char { text, columns, parameters, assignments };
  Kind kind = Kind::text;
  std::string text;  // SQL; for columns the prefix
  std::string type;  // cases::Case
};

struct NamedQuery {
  std::string name;
  std::vector<std::string> comment;
  std::size_t line = 0;
  std::vector<QueryPiece> sqlite;    // empty: not for this engine
  std::vector<QueryPiece> postgres;  // likewise
};

struct QueryFile {
  std::vector<std::string> headers;  // that define the types
  std::vector<NamedQuery> queries;
};

// Throws SourceError.
[[nodiscard]] QueryFile parse_queries(std::string_view path, std::string_view source);

// `cases::sql` for the folder cases. The header declares, the source defines the queries.
[[nodiscard]] std::string write_queries_header(const QueryFile& file, std::string_view folder);
[[nodiscard]] std::string write_queries_source(const QueryFile& file, std::string_view folder);

}  // namespace tools
