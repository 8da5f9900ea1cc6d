#include "storage/postgres/vectors.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace storage::postgres {
namespace {

std::string vector(std::string_view text) {
  WordCutter cutter;
  return vector_of(cutter, text);
}
std::string query(std::string_view expression) {
  WordCutter cutter;
  return query_of(cutter, expression);
}

TEST(Vectors, WordsStandByTheirStems) {
  EXPECT_EQ(vector("Отчёты №06746620"), "'отчет' '06746620' ");
  EXPECT_EQ(vector("\1"
                   "37\1Отчёты"),
            "'отчет' '11/отчет' ");
  EXPECT_EQ(vector("\1p36\1"), "'p10/'");
  EXPECT_EQ(vector(""), "");
}

TEST(Vectors, ATermIsCutAndABeginningIsNot) {
  EXPECT_EQ(query(R"("отчеты" AND ("печатаю" OR "печатаю" *))"), "('отчет') & (('печата') | ('печатаю':*))");
  EXPECT_EQ(query("\"\1p36\1\" AND \"\1"
                  "37\1отчеты\""),
            "('p10/') & ('11/отчет')");
}

TEST(Vectors, NothingThatIsTypedEndsAQuotation) {
  EXPECT_EQ(query("\"' | '':* \\\""), "('/')") << "no word is in it";
  EXPECT_EQ(query("\"\1'\\\1x\""), "('''\\\\/x')");
  EXPECT_THROW(query("words"), std::logic_error);
  EXPECT_THROW(query("\"words"), std::logic_error);
}

}  // namespace
}  // namespace storage::postgres
