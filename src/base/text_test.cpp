#include "base/text.hpp"

#include <gtest/gtest.h>

#include "base/format.hpp"

namespace base {
namespace {

TEST(Text, ALineHasNoControlCharactersAndNoRunsOfSpaces) {
  EXPECT_EQ(single_line("  Тема\r\n с\tпробелами \x01 "), "Тема с пробелами");
  EXPECT_EQ(single_line("№\xC2\xA0"
                        "5"),
            "№\xC2\xA0"
            "5");
  EXPECT_EQ(single_line("\xE2\x80\xAEgnp.exe"), "gnp.exe");  // right-to-left override
}

TEST(Text, LinesKeepTheirEndsAndLoseTheRest) {
  EXPECT_EQ(plain_lines("раз\r\nдва\rтри\n\n  \n"), "раз\nдва\nтри");
  EXPECT_EQ(plain_lines(std::string_view("a\0b", 3)), "ab");
}

TEST(Text, FoldingForgetsCaseAndYo) {
  EXPECT_EQ(fold("ЁЛКА Ёж QAPTER"), "елка еж qapter");
  EXPECT_EQ(sort_key("Ёлкина"), "елкина");
}

TEST(Text, WordsAreLettersAndDigits) {
  EXPECT_EQ(words("ОСАГО-2: отчёт №5"), (std::vector<std::string>{"осаго", "2", "отчет", "5"}));
}

TEST(Text, AddressesAreComparedInLowerCase) {
  EXPECT_EQ(mail_key("  Anton@Example.RU "), "anton@example.ru");
  for (const char* wrong : {"", "anton", "@example.ru", "a@", "a b@c", "a@b@c", "a@b\r\nBcc: x"})
    EXPECT_EQ(mail_key(wrong), "") << wrong;
}

TEST(Text, InitialsAreOfTheFirstTwoWords) {
  EXPECT_EQ(initials("Антон Быков"), "АБ");
  EXPECT_EQ(initials("Мадонна"), "М");
  EXPECT_EQ(initials(""), "");
}

TEST(Text, BrokenUtf8IsNoticed) {
  EXPECT_TRUE(valid_utf8("Привет"));
  EXPECT_FALSE(valid_utf8("\xD0"));
  EXPECT_FALSE(valid_utf8("\xED\xA0\x80"));  // a surrogate
}

TEST(Format, DatesAreOfTheReadersZoneAndLanguage) {
  const Instant at{1'795'172'640'000'000};  // 2026-11-20 11:04 UTC
  EXPECT_EQ(date_time(Locale::ru, at, "Europe/Moscow"),
            "20\xC2\xA0нояб.\xC2\xA0"
            "2026, 14:04");
  EXPECT_EQ(date_time(Locale::en, at, "UTC"),
            "20\xC2\xA0Nov\xC2\xA0"
            "2026, 11:04");
  EXPECT_EQ(iso_time(at), "2026-11-20T11:04:00Z");
  EXPECT_EQ(iso_day(parse_day("2026-11-20", "Asia/Vladivostok"), "Asia/Vladivostok"), "2026-11-20");
  EXPECT_FALSE(parse_day("2026-02-30", "UTC"));
}

TEST(Format, SizesAreRoundedForReading) {
  EXPECT_EQ(file_size(Locale::ru, 3'460'301), "3,3\xC2\xA0МБ");
  EXPECT_EQ(file_size(Locale::ru, 438'000), "428\xC2\xA0КБ");
  EXPECT_EQ(file_size(Locale::en, 0),
            "0\xC2\xA0"
            "B");
}

TEST(Format, TimesAgoAreInflected) {
  const Instant now{1'800'000'000'000'000};
  EXPECT_EQ(ago(Locale::ru, now - minutes(1), now, "UTC"), "1 минуту назад");
  EXPECT_EQ(ago(Locale::ru, now - hours(3), now, "UTC"), "3 часа назад");
  EXPECT_EQ(ago(Locale::ru, now - days(11), now, "UTC"), "11 дней назад");
}

}  // namespace
}  // namespace base
