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

TEST_F(DatabaseTest, FillingGivesItsIndexesBack) {
  Database database(options());
  const auto indexes = [&] {
    return database.read([](Transaction& tx) { return tx.one<int>(count_indexes).value(); });
  };
  const int before = indexes();
  database.fill([&] {
    EXPECT_LT(indexes(), before);
    database.write([](Transaction& tx) { tx.run(put, "filled", "1"); });
  });
  EXPECT_EQ(indexes(), before);
  EXPECT_THROW(database.fill([] { throw std::runtime_error("no"); }), std::runtime_error);
  EXPECT_EQ(indexes(), before);
}

TEST_F(DatabaseTest, AStartRestoresWhatAKilledFillingDropped) {
  int before = 0;
  {
    Database database(options());
    before = database.read([](Transaction& tx) { return tx.one<int>(count_indexes).value(); });
    database.fill([&] {
      database.write([](Transaction& tx) { tx.run(put, "filled", "1"); });
      for (const char* end : {"", "-wal"}) {
        const std::string file = options().path + end;
        if (std::filesystem::exists(file))
          std::filesystem::copy_file(file, (directory_ / "killed.db").string() + end);
      }
    });
  }
  Database killed({.path = (directory_ / "killed.db").string(), .readers = 1});
  EXPECT_EQ(killed.read([](Transaction& tx) { return tx.one<int>(count_indexes).value(); }), before);
  EXPECT_EQ(killed.read([](Transaction& tx) { return tx.one<std::string>(get, "filled"); }), "1");
}

}  // namespace
}  // namespace storage::sqlite
