#include "mail/solution_link.hpp"

#include <gtest/gtest.h>

#include "mail/testing.hpp"

namespace mail {
namespace {

TEST(SolutionLink, IsReadBackAndCannotBeMade) {
  configure(testing::test_settings());
  const SolutionLink link{.case_id = {7}, .person_id = {8}, .made_at = {9}};
  const std::string token = make_solution_token(link);
  const auto read = read_solution_token(token);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->case_id.value, 7);
  EXPECT_EQ(read->person_id.value, 8);
  EXPECT_EQ(read->made_at.microseconds, 9);

  const std::string proof = token.substr(token.rfind('.') + 1);
  for (const std::string& other : {std::string{}, std::string("7.8.9."), "6.8.9." + proof, "7.8.10." + proof,
                                   token + "x", token.substr(1), std::string("...")}) {
    EXPECT_FALSE(read_solution_token(other)) << other;
  }
}

}  // namespace
}  // namespace mail
