#include "cases/list_sql.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/algorithm/string/replace.hpp>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

namespace cases {
namespace {

constexpr int scopes = 4;
constexpr int sorts = 6;

// Which rows belong to the scope. Every parameter is named in each query, so that one call serves all.
std::string_view scope_condition(Scope scope) {
  switch (scope) {
    case Scope::contact:
      return "c.account_id = $1 AND c.contact_id = $2";
    case Scope::account:
      return "c.account_id = $1";
    case Scope::everything:
      return "$9 = 1";
    case Scope::recent:
      return "r.person_id = $2 AND r.kind = 0 AND (c.account_id = $1 OR $9 = 1)";
  }
  return "1 = 0";
}

// The tables, the one that leads the walk first; CROSS JOIN keeps it so on the embedded engine.
std::string from(const ListShape& shape) {
  if (shape.searched) {
    std::string tables = "case_words w CROSS JOIN cases c ON c.id = w.rowid";
    if (shape.scope == Scope::recent) tables += " JOIN recent_views r ON r.object_id = c.id";
    return tables;
  }
  if (shape.scope == Scope::recent) return "recent_views r CROSS JOIN cases c ON c.id = r.object_id";
  if (shape.scope == Scope::account && shape.sort == Sort::contact) {
    return "case_contacts k CROSS JOIN cases c ON c.account_id = k.account_id AND c.contact_id = "
           "k.contact_id";
  }
  // Otherwise the account's rows would be walked for those of the person.
  if (shape.scope == Scope::contact) return "cases c INDEXED BY cases_of_contact";
  return "cases c";
}

constexpr std::string_view filters =
    " AND (($3 >> CAST(c.status AS INTEGER)) & 1) = 1"
    " AND ($4 = 0 OR c.product_id = $4)"
    " AND ($5 = 0 OR c.contact_id = $5)";
constexpr std::string_view id_range = " AND c.id >= $6 AND c.id < $7";

std::string conditions(const ListShape& shape) {
  std::string text(scope_condition(shape.scope));
  if (shape.searched) text += " AND w.case_words MATCH $8";
  return text.append(filters).append(id_range);
}

struct Order {
  std::string_view key;    // compared with the key before the page
  std::string_view bound;  // that key
};

bool led_by_contacts(const ListShape& shape) {
  return shape.scope == Scope::account && shape.sort == Sort::contact && !shape.searched;
}

Order order_of(const ListShape& shape) {
  switch (shape.sort) {
    case Sort::number:
      return {.key = "c.number", .bound = "$11"};
    case Sort::subject:
      return {.key = "c.subject_key, c.id", .bound = "$10, $12"};
    case Sort::status:
      return {.key = "c.status, c.id", .bound = "$11, $12"};
    case Sort::contact:
      if (led_by_contacts(shape)) return {.key = "k.name_key, k.contact_id, c.id", .bound = "$10, $11, $12"};
      return {.key = "p.name_key, c.contact_id, c.id", .bound = "$10, $11, $12"};
    case Sort::opened:
    case Sort::account:
      break;
  }
  // The full-text index walks by its own row id.
  return shape.searched ? Order{.key = "w.rowid", .bound = "$12"} : Order{.key = "c.id", .bound = "$12"};
}

std::string list_text(const ListShape& shape) {
  const Order order = order_of(shape);
  const std::string_view direction = shape.descending ? " DESC" : "";
  const std::string sorted =
      boost::replace_all_copy(std::string(order.key), ",", std::string(direction) + ",");
  std::string where = conditions(shape);
  // Names are looked up for the page alone; only an order by name needs them for every row.
  const bool by_name = shape.sort == Sort::contact && !led_by_contacts(shape);
  if (led_by_contacts(shape)) {
    // The walk begins at the name itself; the comparison of the whole key cannot be sought in two tables.
    where += fmt::format(" AND k.account_id = $1 AND k.name_key {} $10", shape.descending ? "<=" : ">=");
  }
  return fmt::format(
      "SELECT c.id, c.number, c.subject, c.subject_key, c.status, c.opened_at, c.updated_at, c.account_id,"
      " c.contact_id, c.product_id "
      "FROM {}{} "
      "WHERE {} AND ({}) {} ({}) ORDER BY {}{} LIMIT $13",
      from(shape), by_name ? " JOIN people p ON p.id = c.contact_id" : "", where, order.key,
      shape.descending ? "<" : ">", order.bound, sorted, direction);
}

// A search without filters is answered by the index alone.
constexpr std::string_view found_text =
    "SELECT w.rowid FROM case_words w WHERE w.case_words MATCH $1 ORDER BY w.rowid";

std::string count_text(Scope scope, bool searched) {
  const ListShape shape{.scope = scope, .sort = Sort::opened, .descending = true, .searched = searched};
  return fmt::format("SELECT count(*) FROM {} WHERE {}", from(shape), conditions(shape));
}

// By themselves, so that the words are looked up first whatever the rest says (OFFSET 0 keeps them apart).
// The driver writes the expression as a tsquery (storage/postgres/vectors.hpp).
std::string found_cases(std::string_view expression) {
  return fmt::format("(SELECT case_id FROM case_words WHERE words @@ CAST({} AS TSQUERY) OFFSET 0) w",
                     expression);
}

// PostgreSQL keeps the order of a join where the second table is asked for each row of the first.
std::string after(std::string_view first, std::string_view condition) {
  return fmt::format("{} CROSS JOIN LATERAL (SELECT * FROM cases WHERE {} OFFSET 0) c", first, condition);
}

std::string for_postgres(std::string text) {
  boost::replace_all(text, " AND w.case_words MATCH $8", "");
  boost::replace_all(text, "case_words w CROSS JOIN cases c ON c.id = w.rowid",
                     after(found_cases("$8"), "id = w.case_id"));
  boost::replace_all(text, "recent_views r CROSS JOIN cases c ON c.id = r.object_id",
                     after("recent_views r", "id = r.object_id"));
  boost::replace_all(
      text,
      "case_contacts k CROSS JOIN cases c ON c.account_id = k.account_id AND c.contact_id = k.contact_id",
      after("case_contacts k", "account_id = k.account_id AND contact_id = k.contact_id"));
  boost::replace_all(text, "case_words w WHERE w.case_words MATCH $1", found_cases("$1"));
  boost::replace_all(text, "w.rowid", "w.case_id");
  boost::replace_all(text, " INDEXED BY cases_of_contact", "");
  // The planner does not know the values: several conditions would look like few rows, which it sorts instead
  // of walking the index of the order, and the range of ids like a narrow one. As one condition they are half
  // of the rows to it. The range leads where the order is that of ids.
  const bool led_by_id =
      text.contains("ORDER BY c.id") || text.starts_with("SELECT count(*) FROM cases c WHERE $9 = 1");
  const std::string conditions(led_by_id ? filters : std::string(filters) + std::string(id_range));
  boost::replace_all(text, conditions, fmt::format(" AND CASE WHEN {} THEN TRUE END", conditions.substr(5)));
  return text;
}

class Registry {
 public:
  Registry() {
    add("cases.found", std::string(found_text));
    for (int scope = 0; scope < scopes; ++scope) {
      for (int searched = 0; searched < 2; ++searched) {
        add(fmt::format("cases.count_{}_{}", scope, searched),
            count_text(static_cast<Scope>(scope), searched == 1));
        for (int sort = 0; sort < sorts; ++sort) {
          for (int descending = 0; descending < 2; ++descending) {
            add(fmt::format("cases.list_{}_{}_{}_{}", scope, searched, sort, descending),
                list_text({.scope = static_cast<Scope>(scope),
                           .sort = static_cast<Sort>(sort),
                           .descending = descending == 1,
                           .searched = searched == 1}));
          }
        }
      }
    }
  }

  const storage::Query& found() const { return *queries_.front(); }
  const storage::Query& count(Scope scope, bool searched) const {
    return *queries_[first_of(scope, searched)];
  }

  const storage::Query& list(const ListShape& shape) const {
    return *queries_[first_of(shape.scope, shape.searched) + 1 + static_cast<std::size_t>(shape.sort) * 2 +
                     (shape.descending ? 1 : 0)];
  }

 private:
  static std::size_t first_of(Scope scope, bool searched) {
    return 1 + (static_cast<std::size_t>(scope) * 2 + (searched ? 1 : 0)) * (1 + sorts * 2);
  }

  void add(std::string name, const std::string& text) {
    names_.push_back(std::move(name));
    queries_.push_back(std::make_unique<storage::Query>(names_.back(), text, for_postgres(text)));
  }

  std::deque<std::string> names_;
  std::vector<std::unique_ptr<storage::Query>> queries_;
};

// Made before main() begins, like the queries of the .sql files, so that the driver prepares them at start.
const Registry registry;

}  // namespace

const storage::Query& list_query(const ListShape& shape) {
  return registry.list(shape);
}
const storage::Query& count_query(Scope scope, bool searched) {
  return registry.count(scope, searched);
}

const storage::Query& found_query() {
  return registry.found();
}

}  // namespace cases
