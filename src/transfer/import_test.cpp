#include "transfer/import.hpp"

#include <gtest/gtest.h>

#include "mail/testing.hpp"

namespace transfer {
namespace {

using storage::Transaction;

class ImportTest : public ::testing::Test {
 protected:
  Report run(std::string_view text, Mode mode, What what = What::people) {
    Import import(world.database, {.id = {7}, .name = "Марина", .client = {}},
                  {.what = what, .mode = mode, .invitation = admin::Invitation::none});
    import.feed(text);
    return import.finish();
  }

  std::optional<people::Person> person(const std::string& email) {
    return world.database.read([&](Transaction& tx) { return people::find_by_email(tx, email); });
  }

  mail::testing::World world;
  std::string file =
      "email;name;account;phone\n"
      "anton@example.test;Антон Быков;АО «Ромашка»;+7 1\n"
      "new@example.test;Новый;АО «Ромашка»;\n"
      "other@example.test;Чужой;Нет такой;\n"
      "new@example.test;Он же;АО «Ромашка»;\n"
      "не адрес;Имя;АО «Ромашка»;\n";
};

TEST_F(ImportTest, ACheckSaysWhatWouldChangeAndChangesNothing) {
  const Report report = run(file, Mode::check);
  EXPECT_EQ(report.lines, 5U);
  EXPECT_EQ(report.added, 1U);
  EXPECT_EQ(report.changed, 1U);
  EXPECT_EQ(report.wrong, 3U);
  ASSERT_EQ(report.shown.size(), 5U);
  EXPECT_EQ(report.shown[0].number, 2U);
  ASSERT_EQ(report.shown[0].changes.size(), 1U);
  EXPECT_EQ(report.shown[0].changes[0].after, "+7 1");
  EXPECT_FALSE(person("new@example.test"));
  EXPECT_EQ(person("anton@example.test")->phone, "");
  EXPECT_TRUE(world.mails().empty());
}

TEST_F(ImportTest, DoneTwiceItChangesNothingMore) {
  EXPECT_EQ(run(file, Mode::apply).added, 1U);
  EXPECT_EQ(person("new@example.test")->state, people::State::contact);
  EXPECT_EQ(person("anton@example.test")->phone, "+7 1");
  const Report again = run(file, Mode::apply);
  EXPECT_EQ(again.added + again.changed, 0U);
  EXPECT_EQ(again.same, 2U);
}

TEST_F(ImportTest, AMillionBadLinesHaveAnAnswerOfAFewKilobytes) {
  Import import(world.database, {.id = {7}, .name = "Марина", .client = {}}, {.what = What::people});
  import.feed("email,name,account\n");
  std::string piece;
  for (int i = 0; i < 1000; ++i) piece += "x,y,z,лишнее\n";
  for (int i = 0; i < 1000; ++i) import.feed(piece);
  const Report report = import.finish();
  EXPECT_EQ(report.lines, 1'000'000U);
  EXPECT_EQ(report.wrong, 1'000'000U);
  EXPECT_EQ(report.shown.size(), most_shown);
}

TEST_F(ImportTest, ColumnsThatAreMissingAreNamed) {
  const Report report = run("email,name\na@b.ru,Имя\n", Mode::check);
  ASSERT_TRUE(report.unusable);
  EXPECT_EQ(report.unusable->arguments.front(), "account");
  EXPECT_TRUE(run("", Mode::check).unusable);
}

TEST_F(ImportTest, OrganisationsComeWithTheirDomains) {
  const std::string organisations =
      "name,domains,country\nАО «Ромашка»,romashka.ru,RU\nООО «Лист»,list.example,XX\n";
  const Report report = run(organisations, Mode::apply, What::accounts);
  EXPECT_EQ(report.changed, 1U);
  EXPECT_EQ(report.wrong, 1U);
}

}  // namespace
}  // namespace transfer
