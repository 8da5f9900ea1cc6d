#include "tools/catalogue.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace tools {
namespace {

constexpr std::string_view header = "msgid \"\"\nmsgstr \"\"\n\"Language: ru\\n\"\n\n";

std::string po(std::string_view entries) {
  return std::string(header) + std::string(entries);
}

std::vector<CatalogueEntry> read(std::string_view russian, std::string_view english) {
  return read_catalogue("ru.po", po(russian), "en.po", po(english));
}

std::string error(std::string_view russian, std::string_view english) {
  try {
    static_cast<void>(read(russian, english));
  } catch (const std::runtime_error& thrown) {
    return thrown.what();
  }
  return "accepted";
}

TEST(Catalogue, JoinsBothLanguages) {
  const auto catalogue = read(
      "# comment\nmsgid \"b\"\nmsgstr \"Б {0}\"\n\nmsgid \"a.long\"\nmsgstr \"\"\n\"раз "
      "\\\"и\\\"\\n\"\n\"два\"\n",
      "msgid \"a.long\"\nmsgstr \"one\"\nmsgid \"b\"\nmsgstr \"{0} B\"\n");
  ASSERT_EQ(catalogue.size(), 2U);
  EXPECT_EQ(catalogue[0].key, "a.long");
  EXPECT_EQ(catalogue[0].forms[0], std::vector<std::string>{"раз \"и\"\nдва"});
  EXPECT_EQ(catalogue[0].arguments, 0U);
  EXPECT_EQ(catalogue[1].forms[1], std::vector<std::string>{"{0} B"});
  EXPECT_EQ(catalogue[1].arguments, 1U);
}

TEST(Catalogue, ReadsPlurals) {
  const auto catalogue = read(
      "msgid \"n\"\nmsgid_plural \"n\"\nmsgstr[0] \"один\"\nmsgstr[1] \"{0} два\"\nmsgstr[2] \"{0} пять\"\n",
      "msgid \"n\"\nmsgid_plural \"n\"\nmsgstr[0] \"one\"\nmsgstr[1] \"{0} many\"\n");
  ASSERT_EQ(catalogue.size(), 1U);
  EXPECT_TRUE(catalogue[0].plural);
  EXPECT_EQ(catalogue[0].arguments, 1U);
  EXPECT_EQ(catalogue[0].forms[0].size(), 3U);
  EXPECT_EQ(catalogue[0].forms[1].size(), 2U);
}

TEST(Catalogue, NamesThePlaceOfAnError) {
  EXPECT_EQ(error("msgid \"a\"\nmsgstr \"x\"\n", ""), "ru.po:5: error: a is missing in en.po");
}

TEST(Catalogue, RefusesWhatTheLanguagesDoNotShare) {
  const std::string_view a = "msgid \"a\"\nmsgstr \"x\"\n";
  EXPECT_NE(error("", a), "accepted");
  EXPECT_NE(error("msgid \"a\"\nmsgstr \"{0}\"\n", a), "accepted");
  EXPECT_NE(error("msgid \"a\"\nmsgstr \"{1}\"\n", "msgid \"a\"\nmsgstr \"{1}\"\n"), "accepted");
}

TEST(Catalogue, RefusesBrokenFiles) {
  const std::string_view a = "msgid \"a\"\nmsgstr \"x\"\n";
  for (const std::string_view bad :
       {"msgid \"a\"\nmsgstr \"\"\n", "msgid \"a\"\n",
        "msgid \"a\"\nmsgstr \"x\"\nmsgid \"a\"\nmsgstr \"x\"\n", "#, fuzzy\nmsgid \"a\"\nmsgstr \"x\"\n",
        "msgid a\nmsgstr \"x\"\n", "msgid \"a\"\nmsgstr \"x\n", "nonsense\n", "msgid \"a\"\nmsgstr \"{x}\"\n",
        "msgid \"a\"\nmsgstr \"}\"\n", "msgid \"a\"\nmsgid_plural \"a\"\nmsgstr[0] \"x\"\n",
        "msgid \"A\"\nmsgstr \"x\"\n", "msgid \"a\"\nmsgstr \"\\q\"\n",
        "msgid \"a\"\nmsgstr \"x\"\nmsgstr \"y\"\n"})
    EXPECT_NE(error(bad, a), "accepted") << bad;
  EXPECT_NE(error("msgid \"a.b\"\nmsgstr \"x\"\nmsgid \"a-b\"\nmsgstr \"x\"\n",
                  "msgid \"a.b\"\nmsgstr \"x\"\nmsgid \"a-b\"\nmsgstr \"x\"\n"),
            "accepted");
}

TEST(Catalogue, NamesKeysInCpp) {
  EXPECT_EQ(message_identifier("case.open.submit"), "case_open_submit");
  EXPECT_EQ(message_identifier("people.error.name-empty"), "people_error_name_empty");
  EXPECT_EQ(message_identifier("new"), "new_");
}

}  // namespace
}  // namespace tools
