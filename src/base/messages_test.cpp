#include "base/messages.hpp"

#include <gtest/gtest.h>

#include "base/message_keys.hpp"

namespace base {
namespace {

TEST(Plural, FollowsTheRulesOfRussian) {
  for (const std::uint64_t one : {1U, 21U, 101U, 1001U})
    EXPECT_EQ(plural(Locale::ru, one), Plural::one) << one;
  for (const std::uint64_t few : {2U, 3U, 4U, 22U, 34U, 102U})
    EXPECT_EQ(plural(Locale::ru, few), Plural::few) << few;
  for (const std::uint64_t many : {0U, 5U, 11U, 12U, 14U, 20U, 25U, 111U, 112U, 1011U})
    EXPECT_EQ(plural(Locale::ru, many), Plural::many) << many;
}

TEST(Plural, FollowsTheRulesOfEnglish) {
  EXPECT_EQ(plural(Locale::en, 1), Plural::one);
  for (const std::uint64_t other : {0U, 2U, 11U, 21U, 101U})
    EXPECT_NE(plural(Locale::en, other), Plural::one) << other;
}

TEST(Messages, ChoosesTheFormAndPutsInTheNumber) {
  EXPECT_EQ(format(Locale::ru, msg::count_cases, 1), "1 обращение");
  EXPECT_EQ(format(Locale::ru, msg::count_cases, 2), "2 обращения");
  EXPECT_EQ(format(Locale::ru, msg::count_cases, 5), "5 обращений");
  EXPECT_EQ(format(Locale::en, msg::count_cases, 1), "1 case");
  EXPECT_EQ(format(Locale::en, msg::count_cases, 1234), "1,234 cases");
}

TEST(Messages, GroupsDigits) {
  EXPECT_EQ(grouped(Locale::ru, 999), "999");
  EXPECT_EQ(grouped(Locale::ru, 1'000'000), "1\u00a0000\u00a0000");
  EXPECT_EQ(grouped(Locale::en, -1234), "\u22121,234");
  EXPECT_EQ(grouped(Locale::en, std::numeric_limits<std::int64_t>::min()), "\u22129,223,372,036,854,775,808");
}

TEST(Messages, GivesPlainTexts) {
  EXPECT_EQ(text(Locale::ru, msg::layout_home), "Главная");
  EXPECT_EQ(text(Locale::en, msg::layout_home), "Home");
}

TEST(Messages, LeavesOutWhatHasNoArgument) {
  EXPECT_EQ(format(Locale::en, msg::count_cases), " case");
}

TEST(Locale, IsReadFromCodes) {
  EXPECT_EQ(parse_locale("ru"), Locale::ru);
  EXPECT_EQ(parse_locale("EN-gb"), Locale::en);
  EXPECT_EQ(parse_locale("rus"), std::nullopt);
  EXPECT_EQ(parse_locale("de"), std::nullopt);
  EXPECT_EQ(parse_locale(""), std::nullopt);
}

TEST(Locale, IsChosenByWeight) {
  EXPECT_EQ(accepted_locale("ru-RU,ru;q=0.9,en-US;q=0.8"), Locale::ru);
  EXPECT_EQ(accepted_locale("de, ru;q=0.3, en;q=0.7"), Locale::en);
  EXPECT_EQ(accepted_locale("en;q=0, ru;q=0.1"), Locale::ru);
  EXPECT_EQ(accepted_locale("de, *"), std::nullopt);
  EXPECT_EQ(accepted_locale(""), std::nullopt);
  EXPECT_EQ(accepted_locale("ru;q=abc, en;q=0.001"), Locale::en);
}

}  // namespace
}  // namespace base
