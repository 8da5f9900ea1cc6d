#include "storage/query.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace storage {
namespace {

// Valid without any table, since every query that a program holds is prepared when it opens a database.
const Query sample("sample", "SELECT $2, '$1' -- as $1's\nWHERE $1 = 1", "SELECT $2 WHERE $1 = 1");

TEST(Query, RegistersItselfAtItsIndex) {
  ASSERT_LT(sample.index, all_queries().size());
  EXPECT_EQ(all_queries()[sample.index], &sample);
}

TEST(Query, NumbersTheParametersOfSqlite) {
  EXPECT_EQ(sample.sqlite, "SELECT ?2, '$1' -- as $1's\nWHERE ?1 = 1");
  EXPECT_EQ(sample.postgres, "SELECT $2 WHERE $1 = 1");
}

}  // namespace
}  // namespace storage
