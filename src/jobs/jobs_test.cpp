#include "jobs/jobs.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <stdexcept>

#include "storage/sqlite/database.hpp"

namespace jobs {
namespace {

using storage::Transaction;

constexpr base::Duration after_lease{lease.microseconds + 1'000'000};

class JobsTest : public ::testing::Test {
 protected:
  JobsTest() {
    if (::mkdtemp(directory_.data()) == nullptr) throw std::runtime_error("mkdtemp");
    database_ = std::make_unique<storage::sqlite::Database>(
        storage::sqlite::Options{.path = directory_ + "/otklik.db", .readers = 2});
  }
  ~JobsTest() override {
    base::set_clock_offset({});
    database_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  storage::Database& database() { return *database_; }
  void add(std::string_view kind, std::string_view payload, base::Instant due = {}) {
    database().write([&](Transaction& tx) { (void)enqueue(tx, kind, payload, due); });
  }

 private:
  std::string directory_ = (std::filesystem::temp_directory_path() / "otklik-jobs-XXXXXX").string();
  std::unique_ptr<storage::sqlite::Database> database_;
};

TEST_F(JobsTest, RunsOnceInOrderOfTime) {
  Runner runner(database());
  std::string seen;
  runner.on("say", [&](const std::string& payload) -> base::Result<void> {
    seen += payload;
    return {};
  });
  add("say", "b", base::now() - base::seconds(1));
  add("say", "c");
  add("say", "a", base::now() - base::seconds(2));
  EXPECT_EQ(runner.run_due(), 3);
  EXPECT_EQ(runner.run_due(), 0);
  EXPECT_EQ(seen, "abc");
}

TEST_F(JobsTest, NotBeforeItsTime) {
  Runner runner(database());
  int ran = 0;
  runner.on("later", [&](const std::string&) -> base::Result<void> {
    ++ran;
    return {};
  });
  add("later", "", base::now() + base::hours(1));
  runner.run_due();
  EXPECT_EQ(ran, 0);
  base::set_clock_offset(base::hours(1));
  runner.run_due();
  EXPECT_EQ(ran, 1);
}

TEST_F(JobsTest, AUnitThatIsRolledBackLeavesNoJob) {
  Runner runner(database());
  const auto failed = database().write([](Transaction& tx) -> base::Result<void> {
    (void)enqueue(tx, "say", "never");
    return base::fail(base::ErrorKind::conflict);
  });
  EXPECT_FALSE(failed);
  EXPECT_EQ(runner.run_due(), 0);
}

TEST_F(JobsTest, FailuresAreTriedAgainWithGrowingDelays) {
  EXPECT_EQ(retry_delay(1), base::seconds(10));
  EXPECT_EQ(retry_delay(2), base::seconds(20));
  EXPECT_EQ(retry_delay(100), base::hours(1));

  Runner runner(database());
  int tries = 0;
  runner.on("shaky", [&](const std::string&) -> base::Result<void> {
    if (++tries == 1) return base::fail(base::ErrorKind::unavailable, "not yet");
    if (tries == 2) throw std::runtime_error("still not");
    return {};
  });
  add("shaky", "");
  EXPECT_EQ(runner.run_due(), 1);
  EXPECT_EQ(runner.run_due(), 0);
  base::set_clock_offset(base::seconds(11));
  EXPECT_EQ(runner.run_due(), 1);
  base::set_clock_offset(base::seconds(40));
  EXPECT_EQ(runner.run_due(), 1);
  base::set_clock_offset(base::hours(10));
  EXPECT_EQ(runner.run_due(), 0);
  EXPECT_EQ(tries, 3);
}

TEST_F(JobsTest, GivesUpInTheEnd) {
  Runner runner(database());
  int tries = 0;
  runner.on("hopeless", [&](const std::string&) -> base::Result<void> {
    ++tries;
    return base::fail(base::ErrorKind::unavailable, "no");
  });
  add("hopeless", "");
  for (int i = 0; i < most_attempts + 5; ++i) {
    base::set_clock_offset(base::hours(2 * i));
    runner.run_due();
  }
  EXPECT_EQ(tries, most_attempts);
}

TEST_F(JobsTest, AJobOfAKilledProcessIsTakenAgain) {
  Runner runner(database());
  Runner other(database());
  int ran = 0;
  other.on("long", [&](const std::string&) -> base::Result<void> {
    ++ran;
    return {};
  });
  runner.on("long", [&](const std::string&) -> base::Result<void> {
    EXPECT_EQ(other.run_due(), 0);  // not while its lease lasts
    base::set_clock_offset(after_lease);
    EXPECT_EQ(other.run_due(), 1);
    return base::fail(base::ErrorKind::unavailable, "too late to say so");
  });
  add("long", "");
  runner.run_due();
  EXPECT_EQ(ran, 1);
  base::set_clock_offset(base::days(1));
  EXPECT_EQ(other.run_due(), 0);
}

TEST_F(JobsTest, SchedulesComeBack) {
  int ran = 0;
  const auto make = [&] {
    auto runner = std::make_unique<Runner>(database());
    runner->every("sweep", base::hours(1), [&] {
      ++ran;
      throw std::runtime_error("a failing schedule comes back all the same");
    });
    return runner;
  };
  auto runner = make();
  runner->run_due();
  runner->run_due();
  EXPECT_EQ(ran, 1);
  runner = make();  // a restart is no reason to run again
  runner->run_due();
  EXPECT_EQ(ran, 1);
  base::set_clock_offset(base::hours(5));  // what was missed is done once
  runner->run_due();
  runner->run_due();
  EXPECT_EQ(ran, 2);
}

TEST_F(JobsTest, TheThreadWakesAfterTheCommitAndStopsAtOnce) {
  Runner runner(database());
  std::atomic<int> ran = 0;
  runner.on("say", [&](const std::string&) -> base::Result<void> {
    ++ran;
    return {};
  });
  runner.start();
  add("say", "");
  for (int i = 0; i < 500 && ran == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(ran, 1);
  const auto begun = std::chrono::steady_clock::now();
  runner.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
}

}  // namespace
}  // namespace jobs
