#include "base/file_name.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/text.hpp"

namespace base {
namespace {

using namespace std::string_literals;

TEST(CleanFileName, LeavesOrdinaryNames) {
  EXPECT_EQ(clean_file_name("Отчёт ОСАГО (2).pdf"), "Отчёт ОСАГО (2).pdf");
  EXPECT_EQ(clean_file_name(".gitignore"), ".gitignore");
  EXPECT_EQ(clean_file_name("a;b\"c'd%41&<e>.txt"), "a;b\"c'd%41&<e>.txt");
}

TEST(CleanFileName, TakesTheLastPartOfAPath) {
  EXPECT_EQ(clean_file_name("../../x"), "x");
  EXPECT_EQ(clean_file_name("C:\\Users\\anna\\снимок.png"), "снимок.png");
  EXPECT_EQ(clean_file_name("/etc/passwd"), "passwd");
}

TEST(CleanFileName, HasANameForNothing) {
  for (const auto& name : {""s, "."s, ".."s, "../.."s, "a/"s, " \t "s, "\0"s, "\u202e\u200b"s}) {
    EXPECT_EQ(clean_file_name(name), "file") << name;
  }
}

TEST(CleanFileName, DropsWhatCannotBeSeen) {
  EXPECT_EQ(clean_file_name("a\0b.txt"s), "ab.txt");
  EXPECT_EQ(clean_file_name("a\r\nb\x7f\x1b[31m.txt"), "a b[31m.txt");
  EXPECT_EQ(clean_file_name("invoice\u202efdp.exe"), "invoicefdp.exe");
  EXPECT_EQ(clean_file_name("\ufeffa\u2066b\u2069\u200d.txt"), "ab.txt");
  EXPECT_EQ(clean_file_name("a\u2028b\u00a0\u3000c.txt"), "a b c.txt");
  EXPECT_EQ(clean_file_name("report.pdf. . ."), "report.pdf");
}

TEST(CleanFileName, MakesItUtf8) {
  EXPECT_EQ(clean_file_name("a\xff\xc3.txt"), "a\ufffd\ufffd.txt");
  EXPECT_TRUE(valid_utf8(clean_file_name("\xe2\x80")));
}

TEST(CleanFileName, ShortensBeforeTheExtension) {
  std::string name;
  for (int i = 0; i < 300; ++i) name += "ж";
  const auto clean = clean_file_name(name + ".tar.gz");
  EXPECT_EQ(clean.size(), longest_file_name - 1);  // a letter of two bytes does not fit
  EXPECT_TRUE(clean.ends_with("ж.gz"));
  EXPECT_TRUE(valid_utf8(clean));
  EXPECT_LE(clean_file_name(std::string(1'000'000, 'a')).size(), longest_file_name);
  EXPECT_LE(clean_file_name("a." + std::string(300, 'b')).size(), longest_file_name);
}

}  // namespace
}  // namespace base
