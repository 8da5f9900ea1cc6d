#include "storage/sqlite/database.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "base/random.hpp"
#include "base/result.hpp"

namespace storage::sqlite {
namespace {

const Query put{"test.put_setting", "INSERT INTO settings (name, value) VALUES ($1, $2)", ""};
const Query get{"test.get_setting", "SELECT value FROM settings WHERE name = $1", ""};
const Query count{"test.count_settings", "SELECT count(*) FROM settings", ""};

class DatabaseTest : public testing::Test {
 protected:
  DatabaseTest() { std::filesystem::create_directories(directory_); }
  ~DatabaseTest() override { std::filesystem::remove_all(directory_); }

  [[nodiscard]] Options options() const { return {.path = (directory_ / "test.db").string(), .readers = 2}; }

  std::filesystem::path directory_ =
      std::filesystem::temp_directory_path() / ("otklik-" + base::random_token(9));
};

TEST_F(DatabaseTest, KeepsWhatSucceededAndNothingElse) {
  Database database(options());
  const auto good = database.write([](Transaction& tx) -> base::Result<int> {
    tx.run(put, "good", "1");
    return 1;
  });
  const auto bad = database.write([](Transaction& tx) -> base::Result<int> {
    tx.run(put, "bad", "1");
    return base::fail(base::ErrorKind::conflict);
  });
  EXPECT_TRUE(good);
  EXPECT_FALSE(bad);
  database.read([](Transaction& tx) {
    EXPECT_EQ(tx.one<std::string>(get, "good"), "1");
    EXPECT_FALSE(tx.one<std::string>(get, "bad"));
  });
}

TEST_F(DatabaseTest, AnExceptionOfOneUnitLeavesItsNeighboursAlone) {
  Database database(options());
  std::atomic<int> failed{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 32; ++i) {
    threads.emplace_back([&, i] {
      try {
        database.write([&](Transaction& tx) {
          tx.run(put, "unit-" + std::to_string(i), "x");
          if (i % 2 == 1) throw std::runtime_error("no");
        });
      } catch (const std::runtime_error&) {
        ++failed;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(failed, 16);
  EXPECT_EQ(database.read([](Transaction& tx) { return tx.one<int>(count); }), 16);
}

TEST_F(DatabaseTest, AConstraintIsToldFromAFault) {
  Database database(options());
  database.write([](Transaction& tx) { tx.run(put, "a", "1"); });
  EXPECT_THROW(database.write([](Transaction& tx) { tx.run(put, "a", "2"); }), ConstraintViolated);
}

TEST_F(DatabaseTest, ASecondWriterIsRefused) {
  const Database database(options());
  EXPECT_THROW(Database{options()}, Unavailable);
}

TEST_F(DatabaseTest, IsWholeAfterReopening) {
  {
    Database database(options());
    database.write([](Transaction& tx) { tx.run(put, "kept", "да"); });
  }
  Database database(options());
  EXPECT_EQ(database.read([](Transaction& tx) { return tx.one<std::string>(get, "kept"); }), "да");
}

TEST_F(DatabaseTest, WakesListenersAfterTheCommitAlone) {
  Database database(options());
  std::atomic<int> woken{0};
  database.listen(Signal::mail, [&] { ++woken; });
  (void)database.write([](Transaction& tx) -> base::Result<int> {
    tx.signal(Signal::mail);
    return base::fail(base::ErrorKind::conflict);
  });
  EXPECT_EQ(woken, 0);
  database.write([](Transaction& tx) { tx.signal(Signal::mail); });
  // The unit is released just before the listeners are called.
  for (int i = 0; i < 100 && woken == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(woken, 1);
}

TEST_F(DatabaseTest, WhatIsPutOffIsCommittedWithItsUnitOrNotAtAll) {
  Database database(options());
  std::vector<std::jthread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&, i] {
      static_cast<void>(database.write([&](Transaction& tx) -> base::Result<int> {
        tx.run_later(put, "later-" + std::to_string(i), std::string(100, 'x'));
        if (i % 2 == 1) return base::fail(base::ErrorKind::conflict);
        return i;
      }));
      const auto kept = database.read(
          [&](Transaction& tx) { return tx.one<std::string>(get, "later-" + std::to_string(i)); });
      EXPECT_EQ(kept, i % 2 == 1 ? std::nullopt : std::optional(std::string(100, 'x')));
    });
  }
}

const Query count_indexes{"test.count_indexes",
                          "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL", ""};

const Query put_words{"test.put_words", "INSERT INTO case_words (rowid, owner, words) VALUES ($1, '', $2)",
                      ""};
const Query find_words{"test.find_words",
                       "SELECT rowid FROM case_words WHERE case_words MATCH $1 ORDER BY rowid", ""};

TEST_F(DatabaseTest, FillingGivesItsIndexesAndItsWordsBack) {
  Database database(options());
  const auto indexes = [&] {
    return database.read([](Transaction& tx) { return tx.one<int>(count_indexes).value(); });
  };
  const auto found = [&](std::string_view word) {
    return database.read([&](Transaction& tx) { return tx.all<std::int64_t>(find_words, word).size(); });
  };
  const int before = indexes();
  database.fill([&] {
    EXPECT_LT(indexes(), before);
    for (int unit = 0; unit < 3; ++unit) {
      database.write([&](Transaction& tx) {
        for (int i = 0; i < 1'500; ++i) tx.run_later(put_words, unit * 10'000 + i + 1, "filled alike");
      });
    }
  });
  EXPECT_EQ(indexes(), before);
  EXPECT_EQ(found("filled"), 4'500U);
  EXPECT_FALSE(std::filesystem::exists(options().path + ".filling"));

  for (int i = 0; i < 100; ++i)
    database.write([&](Transaction& tx) { tx.run_later(put_words, 50'000 + i, "filled afterwards"); });
  EXPECT_EQ(found("filled"), 4'600U);
  EXPECT_EQ(found("afterwards"), 100U);
}

TEST_F(DatabaseTest, AnUnfinishedFillingIsRefused) {
  {
    Database database(options());
    EXPECT_THROW(database.fill([] { throw std::logic_error("no"); }), std::logic_error);
  }
  try {
    const Database again(options());
    FAIL() << "it opens";
  } catch (const std::runtime_error& refused) {
    EXPECT_NE(std::string(refused.what()).find("remove it"), std::string::npos);
  }
}

}  // namespace
}  // namespace storage::sqlite
