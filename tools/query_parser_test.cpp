#include "tools/query_parser.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace tools {
namespace {

constexpr std::string_view sample = R"(-- type: cases::Case in "cases/case.hpp"
-- type: people::Person in "people/person.hpp"

-- name: case_by_number
-- One case of the company.
SELECT {columns:c}, {columns:p Person}
FROM   cases c
WHERE  number = $1;

-- name: touch
UPDATE cases SET {assignments} WHERE id = $1 AND data <> '{}'

-- name: words
-- engine: sqlite
SELECT 1
-- engine: postgres
SELECT 2

-- name: pinned
-- engine: postgres
SELECT 3

-- name: pinned
-- engine: sqlite
SELECT 4
)";

std::string error(std::string_view source) {
  try {
    static_cast<void>(parse_queries("src/cases/queries.sql", source));
  } catch (const std::runtime_error& thrown) {
    return thrown.what();
  }
  return "accepted";
}

TEST(Queries, AreReadWithTheirTypesAndEngines) {
  const QueryFile file = parse_queries("src/cases/queries.sql", sample);
  ASSERT_EQ(file.queries.size(), 4U);
  EXPECT_EQ(file.headers, (std::vector<std::string>{"cases/case.hpp", "people/person.hpp"}));
  const NamedQuery& first = file.queries[0];
  EXPECT_EQ(first.name, "case_by_number");
  EXPECT_EQ(first.comment, std::vector<std::string>{"One case of the company."});
  ASSERT_EQ(first.sqlite.size(), 5U);
  EXPECT_EQ(first.sqlite[1].type, "cases::Case");
  EXPECT_EQ(first.sqlite[1].text, "c");
  EXPECT_EQ(first.sqlite[3].type, "people::Person");
  EXPECT_EQ(first.sqlite[4].text, "\nFROM   cases c\nWHERE  number = $1");
  EXPECT_EQ(file.queries[1].sqlite.back().text, " WHERE id = $1 AND data <> '{}'");
  EXPECT_EQ(file.queries[2].sqlite[0].text, "SELECT 1");
  EXPECT_EQ(file.queries[2].postgres[0].text, "SELECT 2");
  EXPECT_EQ(file.queries[3].sqlite[0].text, "SELECT 4");
  EXPECT_EQ(file.queries[3].postgres[0].text, "SELECT 3");
}

TEST(Queries, BecomeConstants) {
  const QueryFile file = parse_queries("src/cases/queries.sql",
                                       "-- type: A in \"a.hpp\"\n-- name: x\n-- Why.\nSELECT {columns}\n");
  EXPECT_EQ(write_queries_header(file, "cases"), R"(// The queries of src/cases/queries.sql.
#pragma once

#include "storage/query.hpp"

namespace cases::sql {

// Why.
extern const storage::Query x;

}  // namespace cases::sql
)");
  EXPECT_EQ(write_queries_source(file, "cases"), R"(#include "cases/queries.hpp"

#include <string>

#include "a.hpp"
#include "storage/fields.hpp"

namespace cases::sql {

#line 2 "src/cases/queries.sql"
const storage::Query x("cases.x",
    std::string("SELECT ") + storage::columns<A>(""),
    std::string("SELECT ") + storage::columns<A>(""));

}  // namespace cases::sql
)");
}

TEST(Queries, AreRefusedWithTheirPlace) {
  EXPECT_EQ(error("-- name: a\nSELECT 1\n\n-- name: a\nSELECT 2\n"),
            "src/cases/queries.sql:4: error: a stands here twice");
  for (const std::string_view bad :
       {"SELECT 1\n", "-- name: a b\nSELECT 1\n", "-- name: a\n", "-- name: a\nSELECT {columns}\n",
        "-- name: a\nSELECT {column}\n", "-- name: a\nSELECT {columns\n",
        "-- name: a\n-- engine: oracle\nSELECT 1\n", "-- type: A\n", "-- engine: sqlite\n",
        "-- type: A in \"a.hpp\"\n-- name: a\nSELECT {columns:c B}\n",
        "-- name: select\n-- name: b\nSELECT 1\n", "-- name: delete\nSELECT 1\n"})
    EXPECT_NE(error(bad), "accepted") << bad;
}

}  // namespace
}  // namespace tools
