#include "cases/cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "accounts/accounts.hpp"
#include "base/random.hpp"
#include "cases/life.hpp"
#include "cases/list.hpp"
#include "cases/words.hpp"
#include "mail/settings.hpp"
#include "people/people.hpp"
#include "products/products.hpp"
#include "storage/sqlite/database.hpp"

namespace cases {
namespace {

class CasesTest : public testing::Test {
 protected:
  CasesTest() {
    mail::Settings settings;
    settings.secret = "a key of the tests alone, long enough";
    mail::configure(settings);
    database_.write([&](storage::Transaction& tx) {
      const auto company = accounts::create(tx, {.name = "ООО «Автоэксперт»"});
      const auto other = accounts::create(tx, {.name = "СК «Гарант»"});
      const auto vendor = accounts::create(tx, {.name = "Поддержка", .kind = accounts::Kind::vendor});
      anton_ = person(tx, company.id, people::Role::customer, "Антон Быков", "anton@example.ru");
      elena_ = person(tx, company.id, people::Role::customer, "Елена Ёлкина", "elena@example.ru");
      stranger_ = person(tx, other.id, people::Role::customer, "Пётр Чужов", "petr@example.ru");
      maria_ = person(tx, vendor.id, people::Role::agent, "Мария Орлова", "maria@example.ru");
      product_ = products::create(tx, {.name = "Qapter Claims", .kind = "Убытки"}).id;
    });
  }
  ~CasesTest() override { std::filesystem::remove_all(directory_); }

  static people::Viewer person(storage::Transaction& tx, base::AccountId account, people::Role role,
                               const std::string& name, const std::string& email) {
    return people::as_viewer(
        people::create(tx, {.account_id = account, .role = role, .name = name, .email = email}).value());
  }

  Case open(const people::Viewer& viewer, const std::string& subject) {
    return database_.write([&](storage::Transaction& tx) { return cases::open(tx, viewer, form(subject)); })
        .value()
        .report;
  }

  [[nodiscard]] NewCase form(const std::string& subject) const {
    return {.draft = base::make_id<base::DraftId>(),
            .subject = subject,
            .description = "Описание",
            .product_id = product_,
            .country = "RU"};
  }

  static std::filesystem::path make_directory() {
    auto path = std::filesystem::temp_directory_path() / ("otklik-" + base::random_token(9));
    std::filesystem::create_directories(path);
    return path;
  }

  List list(const people::Viewer& viewer, const ListQuery& query) {
    return database_.read([&](storage::Transaction& tx) { return cases::list(tx, viewer, query); });
  }

  std::filesystem::path directory_ = make_directory();
  storage::sqlite::Database database_{{.path = (directory_ / "test.db").string(), .readers = 2}};
  people::Viewer anton_;
  people::Viewer elena_;
  people::Viewer stranger_;
  people::Viewer maria_;
  base::ProductId product_;
};

TEST_F(CasesTest, AFormSentTwiceOpensOneCase) {
  const NewCase sent = form("Не формируется отчёт");
  const auto first = database_.write([&](auto& tx) { return cases::open(tx, anton_, sent); });
  const auto second = database_.write([&](auto& tx) { return cases::open(tx, anton_, sent); });
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->report.number, second->report.number);
  EXPECT_TRUE(second->again);
  EXPECT_EQ(list(anton_, {}).total, 1);
}

TEST_F(CasesTest, SomebodyElsesDraftIsNoProof) {
  const NewCase sent = form("Первое");
  ASSERT_TRUE(database_.write([&](auto& tx) { return cases::open(tx, anton_, sent); }));
  const auto stranger = database_.write([&](auto& tx) { return cases::open(tx, stranger_, sent); });
  ASSERT_TRUE(stranger);
  EXPECT_FALSE(stranger->again);
}

TEST_F(CasesTest, ACaseOfAnotherCompanyDoesNotExist) {
  const Case report = open(anton_, "Секрет");
  database_.read([&](storage::Transaction& tx) {
    EXPECT_TRUE(find(tx, elena_, report.number));
    EXPECT_TRUE(find(tx, maria_, report.number));
    EXPECT_EQ(find(tx, stranger_, report.number).error().kind, base::ErrorKind::not_found);
    EXPECT_EQ(find(tx, stranger_, 99'999'999).error().kind, base::ErrorKind::not_found);
  });
  EXPECT_EQ(list(stranger_, {.view = View::company}).total, 0);
  EXPECT_TRUE(list(stranger_, {.view = View::company, .search = "секрет"}).lines.empty());
}

TEST_F(CasesTest, AnInternalNoteNeverReachesACustomer) {
  const Case report = open(anton_, "Вопрос");
  ASSERT_TRUE(database_.write([&](auto& tx) {
    return comment(tx, maria_, report,
                   {.draft = {}, .body = "Клиент опять забыл дату", .visibility = Visibility::internal});
  }));
  database_.read([&](storage::Transaction& tx) {
    EXPECT_TRUE(comments(tx, anton_, report.account_id, report.id).empty());
    EXPECT_EQ(comments(tx, maria_, report.account_id, report.id).size(), 1U);
    EXPECT_EQ(people::find(tx, anton_.id)->unread_notifications, 0);
  });
}

TEST_F(CasesTest, ACustomersCommentReopensASolvedCase) {
  Case report = open(anton_, "Не печатается акт");
  report = database_.write([&](auto& tx) { return assign(tx, maria_, report, maria_.id); }).value();
  report = database_.write([&](auto& tx) { return solve(tx, maria_, report, "Обновите драйвер"); }).value();
  ASSERT_TRUE(database_.write(
      [&](auto& tx) { return comment(tx, anton_, report, {.draft = {}, .body = "Не помогло"}); }));
  const Case now =
      database_.read([&](storage::Transaction& tx) { return find(tx, anton_, report.number); }).value();
  EXPECT_EQ(now.status, Status::reopened);
}

TEST_F(CasesTest, AStaleChangeIsRefused) {
  const Case report = open(anton_, "Гонка");
  ASSERT_TRUE(database_.write([&](auto& tx) { return assign(tx, maria_, report, maria_.id); }));
  const auto late = database_.write([&](auto& tx) { return solve(tx, maria_, report, "Поздно"); });
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, base::ErrorKind::conflict);
}

TEST_F(CasesTest, KeptCountsAreTrue) {
  for (int i = 0; i < 5; ++i) open(anton_, "Дело " + std::to_string(i));
  const Case report = open(elena_, "Чужое дело");
  ASSERT_TRUE(database_.write([&](auto& tx) { return close(tx, maria_, report); }));
  EXPECT_EQ(list(anton_, {.view = View::mine}).total, 5);
  EXPECT_EQ(list(anton_, {.view = View::company}).total, 6);
  EXPECT_EQ(list(anton_, {.view = View::company, .statuses = archived_statuses}).total, 1);
}

TEST_F(CasesTest, FindsByInflectedWordsBeginningsAndNumber) {
  const Case report = open(anton_, "Не формируется отчёт ОСАГО");
  open(anton_, "Другое");
  for (const std::string typed : {"отчеты", "отчёта", "форм", "осаг", "06746001", "674600"}) {
    EXPECT_FALSE(list(anton_, {.search = typed}).lines.empty()) << typed;
  }
  EXPECT_EQ(list(anton_, {.search = "отчет осаго"}).total, 1);
  EXPECT_EQ(list(anton_, {.search = format_number(report.number)}).lines.at(0).id, report.id);
  EXPECT_TRUE(list(anton_, {.search = "\"*) OR owner:a1 (\""}).lines.empty());
}

// Every order, both ways, forward and back, gives each case once and in order.
TEST_F(CasesTest, PagesByKeyInEveryOrder) {
  for (int i = 0; i < 2 * page_size + 7; ++i)
    open(i % 3 == 0 ? elena_ : anton_, "Тема " + std::to_string(i % 5));
  for (const Sort sort :
       {Sort::opened, Sort::number, Sort::subject, Sort::status, Sort::contact, Sort::account}) {
    for (const bool descending : {false, true}) {
      ListQuery query{.view = View::company, .sort = sort, .descending = descending};
      std::vector<std::int64_t> seen;
      std::vector<List> pages;
      do {
        pages.push_back(list(anton_, query));
        for (const Line& line : pages.back().lines) seen.push_back(line.id.value);
        query.after = pages.back().next;
      } while (query.after);
      EXPECT_EQ(seen.size(), 2U * page_size + 7) << static_cast<int>(sort) << descending;
      std::ranges::sort(seen);
      EXPECT_TRUE(std::ranges::adjacent_find(seen) == seen.end()) << static_cast<int>(sort) << descending;

      ASSERT_EQ(pages.size(), 3U);
      query.after = pages[2].previous;
      query.backwards = true;
      const List back = list(anton_, query);
      ASSERT_EQ(back.lines.size(), pages[1].lines.size());
      for (std::size_t i = 0; i < back.lines.size(); ++i) EXPECT_EQ(back.lines[i].id, pages[1].lines[i].id);
    }
  }
}

TEST(CaseNumber, IsReadAsPeopleTypeIt) {
  EXPECT_EQ(format_number(6'746'620), "06746620");
  for (const char* typed : {"06746620", "6746620", "№ 06746620", "#6746620", " 06746620 "}) {
    EXPECT_EQ(parse_number(typed), 6'746'620) << typed;
  }
  for (const char* typed : {"", "abc", "12a", "-5", "99999999999999999999"})
    EXPECT_EQ(parse_number(typed), 0) << typed;
}

TEST(CaseLife, AClosedCaseStaysClosed) {
  for (int to = 0; to < status_count; ++to) EXPECT_FALSE(may_move(Status::closed, static_cast<Status>(to)));
  EXPECT_TRUE(may_move(Status::solved, Status::reopened));
  EXPECT_FALSE(may_move(Status::open, Status::reopened));
}

TEST(CaseWords, AnExpressionHoldsNothingButWords) {
  EXPECT_EQ(match_expression({}, "  !!! "), "");
  EXPECT_EQ(match_expression({}, "a\" OR b"), R"("a" AND "or" AND ("b" OR "b" *))");
  EXPECT_EQ(match_expression({.account = {5}, .contact = {7}}, "a b"),
            "\"\1p7\1\" AND \"\1"
            "5\1a\" AND (\"\1"
            "5\1b\" OR \"\1"
            "5\1b\" *)");
}

}  // namespace
}  // namespace cases
