#include "storage/query.hpp"

#include <utility>

#include "storage/shared.hpp"

namespace storage {
namespace {

// Within a function, since queries register before main() in an order that nobody promises.
std::vector<const Query*>& registry() {
  static std::vector<const Query*> queries;
  return queries;
}

// SQLite numbers $1 and $2 in the order in which they occur; ?1 and ?2 mean what they say. Quoted text and
// comments stay as they are.
std::string with_numbered_parameters(std::string sql) {
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] == '\'' || sql[i] == '"')
      i = sql.find(sql[i], i + 1);
    else if (sql.compare(i, 2, "--") == 0)
      i = sql.find('\n', i);
    else if (sql[i] == '$' && i + 1 < sql.size() && sql[i + 1] >= '0' && sql[i + 1] <= '9')
      sql[i] = '?';
    if (i == std::string::npos) break;
  }
  return sql;
}

}  // namespace

const std::vector<const Query*>& all_queries() {
  return registry();
}

Query::Query(std::string_view query_name, std::string sqlite_text, std::string postgres_text)
    : name(query_name),
      sqlite(with_numbered_parameters(std::move(sqlite_text))),
      postgres(std::move(postgres_text)),
      shared(shared_changed_by(sqlite.empty() ? postgres : sqlite)),
      index(registry().size()) {
  registry().push_back(this);
}

}  // namespace storage
