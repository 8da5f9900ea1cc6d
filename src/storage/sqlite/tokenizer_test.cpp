#include "storage/sqlite/tokenizer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "base/random.hpp"
#include "storage/sqlite/database.hpp"

namespace storage::sqlite {
namespace {

// Queries are prepared against the schema when a database is opened, so they use a table of it.
const Query put{"tokenizer_test.put", "INSERT INTO case_words (rowid, owner, words) VALUES ($1, '', $2)", ""};
const Query find{"tokenizer_test.find",
                 "SELECT rowid FROM case_words WHERE case_words MATCH $1 ORDER BY rowid", ""};

class TokenizerTest : public testing::Test {
 protected:
  ~TokenizerTest() override { std::filesystem::remove_all(directory_); }

  void add(std::int64_t id, std::string_view text) {
    database_.write([&](Transaction& tx) { tx.run(put, id, text); });
  }
  std::vector<std::int64_t> found(const std::string& expression) {
    return database_.read([&](Transaction& tx) { return tx.all<std::int64_t>(find, expression); });
  }
  std::vector<std::int64_t> found_while_typing(std::string_view typed) {
    return found(fmt::format("\"{0}\" OR \"{0}\" *", typed));
  }

  std::filesystem::path directory_ =
      std::filesystem::temp_directory_path() / ("otklik-" + base::random_token(9));
  Database database_{[this] {
    std::filesystem::create_directories(directory_);
    return Options{.path = (directory_ / "test.db").string(), .readers = 1};
  }()};
};

using Ids = std::vector<std::int64_t>;

TEST_F(TokenizerTest, FindsAnyFormOfAWord) {
  add(1, "Отчёты не формируются");
  add(2, "Errors while printing");
  for (const char* typed : {"отчет", "отчёт", "ОТЧЁТАМИ", "отчета", "формируется"})
    EXPECT_EQ(found(fmt::format("\"{}\"", typed)), Ids{1}) << typed;
  for (const char* typed : {"error", "prints", "printed"})
    EXPECT_EQ(found(fmt::format("\"{}\"", typed)), Ids{2}) << typed;
}

// The index leaves out whole words whose beginnings are found without them; none may be lost by that.
TEST_F(TokenizerTest, FindsAWordWhileItIsBeingTyped) {
  const std::vector<std::string> words{
      "отчётами",     "пользователями", "получающий", "обновление",  "расчёта",    "ошибками",
      "калькуляцией", "неработающими",  "ОСАГО",      "авторизации", "фотографий", "сервером",
      "запчастей",    "возвращается",   "июля",       "printing",    "happiness",  "flying",
      "companies",    "university",     "VIN",        "X01APM1P9D4", "ёлками",     "и"};
  for (std::size_t i = 0; i < words.size(); ++i) add(static_cast<std::int64_t>(i) + 1, words[i]);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    for (std::size_t end = 1; end <= word.size(); ++end) {
      const bool inside_letter = end < word.size() && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80;
      if (inside_letter) continue;
      const auto ids = found_while_typing(word.substr(0, end));
      EXPECT_TRUE(std::ranges::count(ids, static_cast<std::int64_t>(i) + 1) == 1) << word.substr(0, end);
    }
  }
}

TEST_F(TokenizerTest, AScopeFindsItsOwnAndNothingElse) {
  add(1, "\1a1\1Отчёт по убыткам");
  add(2, "\1a2\1Отчёт по убыткам");
  add(3, "Отчёт по убыткам");
  EXPECT_EQ(found("\"отчеты\""), (Ids{1, 2, 3}));
  EXPECT_EQ(found("\"\1a1\1отчеты\""), Ids{1});
  EXPECT_EQ(found("\"\1a1\1отче\" *"), Ids{1});
  EXPECT_EQ(found("\"\1a\1отчеты\""), Ids{});
  EXPECT_EQ(found("\"a1\""), Ids{}) << "a scope is no word";
}

TEST_F(TokenizerTest, AScopeAloneIsAWord) {
  add(1, "\1p7\1");
  add(2, "p7");
  EXPECT_EQ(found("\"\1p7\1\""), Ids{1});
  EXPECT_EQ(found("\"p7\""), Ids{2});
}

TEST_F(TokenizerTest, TakesAnyBytes) {
  add(1, "\1unended");
  add(2, std::string(100'000, 'a'));
  add(3, "\xFF\xC0 слово \xD0");
  add(4, std::string("\1") + std::string(500, 'x') + "\1 слово");
  EXPECT_EQ(found("\"unended\""), Ids{1});
  EXPECT_EQ(found("\"слова\""), (Ids{3, 4}));
}

}  // namespace
}  // namespace storage::sqlite
