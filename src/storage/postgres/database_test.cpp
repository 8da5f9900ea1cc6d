#include "storage/postgres/database.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/result.hpp"
#include "storage/postgres/cluster_for_tests.hpp"
#include "storage/postgres/proxy_for_tests.hpp"

namespace storage::postgres {
namespace {

using testing::Cluster;
using testing::Proxy;

const Query put{"postgres_test.put", "", "INSERT INTO settings (name, value) VALUES ($1, $2)"};
const Query get{"postgres_test.get", "", "SELECT value FROM settings WHERE name = $1"};
const Query set{"postgres_test.set", "", "UPDATE settings SET value = $2 WHERE name = $1"};
const Query count{"postgres_test.count", "", "SELECT count(*) FROM settings"};
const Query rest{"postgres_test.rest", "", "SELECT CAST(pg_sleep($1) AS TEXT)"};
const Query product{"postgres_test.product", "",
                    "INSERT INTO products (id, name, name_key) VALUES ($1, $2, $2)"};
const Query product_names{"postgres_test.product_names", "", "SELECT name FROM products ORDER BY name_key"};
const Query narrow{"postgres_test.narrow", "", "SELECT count(*) FROM settings WHERE $2 = 1 OR $2 <> 0"};

class PostgresDatabaseTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const std::string obstacle = Cluster::obstacle(); !obstacle.empty()) GTEST_SKIP() << obstacle;
    name_ = Cluster::shared().create();
  }

  [[nodiscard]] Options options() const {
    Options options = Cluster::shared().options(name_);
    options.connections = 4;
    options.statement_timeout = std::chrono::seconds(5);
    return options;
  }

  static std::optional<std::string> value(Database& database, std::string_view name) {
    return database.read([&](Transaction& tx) { return tx.one<std::string>(get, name); });
  }

  template <class Condition>
  static bool eventually(Condition condition) {
    for (int i = 0; i < 500 && !condition(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return condition();
  }

  std::string name_;
};

TEST_F(PostgresDatabaseTest, KeepsWhatSucceededAndNothingElse) {
  Database database(options());
  std::vector<std::jthread> threads;
  for (int i = 0; i < 30; ++i) {
    threads.emplace_back([&, i] {
      const std::string name = "unit-" + std::to_string(i);
      try {
        static_cast<void>(database.write([&](Transaction& tx) -> base::Result<int> {
          tx.run(put, name, "x");
          if (i % 3 == 1) return base::fail(base::ErrorKind::conflict);
          if (i % 3 == 2) throw std::runtime_error("no");
          return i;
        }));
        EXPECT_NE(i % 3, 2);
      } catch (const std::runtime_error& error) {
        EXPECT_EQ(std::string(error.what()), "no");
      }
      EXPECT_EQ(value(database, name).has_value(), i % 3 == 0);
    });
  }
  threads.clear();
  EXPECT_EQ(database.read([](Transaction& tx) { return tx.one<int>(count); }), 10);
  EXPECT_LT(database.totals().commits, 61U);
}

TEST_F(PostgresDatabaseTest, TellsHowManyRowsWereChanged) {
  Database database(options());
  const auto changed = database.write([](Transaction& tx) {
    const auto put_in = tx.run(put, "a", "1");
    const auto none = tx.run(set, "b", "2");
    return std::pair<std::int64_t, std::int64_t>(put_in, none);
  });
  EXPECT_EQ(changed, std::pair(std::int64_t{1}, std::int64_t{0}));
  EXPECT_EQ(database.write([](Transaction& tx) { return tx.run(set, "a", "2"); }), 1);
}

TEST_F(PostgresDatabaseTest, ARefusedUnitLeavesItsNeighboursAlone) {
  Database database(options());
  database.write([](Transaction& tx) { tx.run(put, "taken", "1"); });
  EXPECT_THROW(database.write([](Transaction& tx) { tx.run(put, "taken", "2"); }), ConstraintViolated);
  std::atomic<int> refused{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 24; ++i) {
    threads.emplace_back([&, i] {
      try {
        database.write(
            [&](Transaction& tx) { tx.run(put, i % 2 == 0 ? "taken" : "new-" + std::to_string(i), "3"); });
      } catch (const ConstraintViolated&) {
        ++refused;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(refused, 12);
  EXPECT_EQ(database.read([](Transaction& tx) { return tx.one<int>(count); }), 13);
  EXPECT_EQ(value(database, "taken"), "1");
}

TEST_F(PostgresDatabaseTest, UnitsThatCrossAreRunAgain) {
  Database one(options());
  Database other(options());
  one.write([](Transaction& tx) { tx.run(put, "sum", "0"); });
  constexpr int each = 25;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int turn = 0; turn < each; ++turn) {
        (i % 2 == 0 ? one : other).write([](Transaction& tx) {
          const int before = std::stoi(tx.one<std::string>(get, "sum").value());
          tx.run(set, "sum", std::to_string(before + 1));
        });
      }
    });
  }
  threads.clear();
  EXPECT_EQ(value(one, "sum"), std::to_string(8 * each));
  EXPECT_GT(one.totals().conflicts + other.totals().conflicts, 0U);
}

TEST_F(PostgresDatabaseTest, AReadSeesOneState) {
  Database database(options());
  database.write([](Transaction& tx) { tx.run(put, "a", "1"); });
  database.read([&](Transaction& tx) {
    EXPECT_EQ(tx.one<std::string>(get, "a"), "1");
    std::jthread([&] { database.write([](Transaction& other) { other.run(set, "a", "2"); }); }).join();
    EXPECT_EQ(tx.one<std::string>(get, "a"), "1");
  });
  EXPECT_EQ(value(database, "a"), "2");
}

TEST_F(PostgresDatabaseTest, HoldsAnyTextThatIsTextAndRefusesTheRest) {
  Database database(options());
  const std::string odd = "'; DROP TABLE settings; -- \\ \" $1 ё 😀 \x01";
  database.write([&](Transaction& tx) { tx.run(put, odd, ""); });
  EXPECT_EQ(value(database, odd), "");
  for (const std::string& bad :
       {std::string("zero\0byte", 9), std::string("\xFF\xFE"), std::string("\xD0")}) {
    EXPECT_THROW(database.write([&](Transaction& tx) { tx.run(put, bad, "1"); }), ConstraintViolated);
    EXPECT_THROW(value(database, bad), ConstraintViolated);
  }
  EXPECT_EQ(database.read([](Transaction& tx) { return tx.one<int>(count); }), 1);
}

TEST_F(PostgresDatabaseTest, SortsTextByItsBytes) {
  Database database(options());
  const std::vector<std::string> names{"B", "a", "b", "Я", "а", "ё"};
  database.write([&](Transaction& tx) {
    for (std::size_t i = 0; i < names.size(); ++i)
      tx.run(product, static_cast<std::int64_t>(names.size() - i), names[i]);
  });
  EXPECT_EQ(database.read([](Transaction& tx) { return tx.all<std::string>(product_names); }), names);
}

TEST_F(PostgresDatabaseTest, TakesIdsWhereATextComparesWithSmallNumbers) {
  Database database(options());
  database.write([](Transaction& tx) { tx.run(put, "a", "1"); });
  const std::int64_t id = 1LL << 60;
  EXPECT_EQ(database.read([&](Transaction& tx) { return tx.one<std::int64_t>(narrow, "unused", id); }), 1);
}

TEST_F(PostgresDatabaseTest, AStatementThatTakesTooLongIsEnded) {
  Options hasty = options();
  hasty.statement_timeout = std::chrono::milliseconds(100);
  Database database(hasty);
  EXPECT_THROW(database.read([](Transaction& tx) { (void)tx.one<std::string>(rest, 5); }), Unavailable);
  EXPECT_THROW(database.write([](Transaction& tx) { (void)tx.one<std::string>(rest, 5); }), Unavailable);
  EXPECT_FALSE(value(database, "nothing"));
}

TEST_F(PostgresDatabaseTest, IsUnavailableWithoutItsServerAndComesBackWithIt) {
  Database database(options());
  std::atomic<int> woken{0};
  database.listen(Signal::mail, [&] { ++woken; });
  database.write([](Transaction& tx) { tx.run(put, "kept", "1"); });
  EXPECT_EQ(value(database, "kept"), "1");
  Cluster::shared().stop();
  EXPECT_THROW(value(database, "kept"), Unavailable);
  EXPECT_THROW(database.write([](Transaction& tx) { tx.run(put, "lost", "1"); }), Unavailable);
  EXPECT_TRUE(eventually([&] { return database.epoch(Shared::identity) == 0; }));
  Cluster::shared().start();
  EXPECT_EQ(value(database, "kept"), "1");
  EXPECT_FALSE(value(database, "lost"));
  database.write([](Transaction& tx) { tx.run(put, "new", "1"); });
  EXPECT_TRUE(eventually([&] { return woken > 0; })) << "what was missed is made up";
}

TEST_F(PostgresDatabaseTest, ABackendThatEndsWithinAUnitCostsNothing) {
  Database database(options());
  int runs = 0;
  database.write([&](Transaction& tx) {
    tx.run(put, "once", "1");
    if (++runs > 1) return;
    static_cast<void>(Cluster::shared().ask(
        "postgres",
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '" + name_ + "'"));
    (void)tx.one<std::string>(get, "once");
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(value(database, "once"), "1");
}

TEST_F(PostgresDatabaseTest, ACommitWithoutAnAnswerIsAskedForByItsId) {
  Proxy proxy(Cluster::shared().directory());
  Options through = options();
  through.url += " port=5433";
  for (const auto how : {Proxy::Cut::before_the_program_hears, Proxy::Cut::before_the_server_hears}) {
    Database database(through);
    proxy.cut(how);
    const std::string name = how == Proxy::Cut::before_the_program_hears ? "heard" : "unheard";
    int runs = 0;
    const int cuts = proxy.cuts();
    database.write([&](Transaction& tx) {
      ++runs;
      tx.run(put, name, "1");
    });
    EXPECT_EQ(proxy.cuts(), cuts + 1);
    EXPECT_EQ(runs, how == Proxy::Cut::before_the_program_hears ? 1 : 2) << name;
    EXPECT_EQ(value(database, name), "1");
  }
}

TEST_F(PostgresDatabaseTest, WakesListenersOfEveryNodeAfterTheCommitAlone) {
  Database one(options());
  Database other(options());
  std::atomic<int> here{0};
  std::atomic<int> there{0};
  one.listen(Signal::mail, [&] { ++here; });
  other.listen(Signal::mail, [&] { ++there; });
  other.listen(Signal::job, [&] { there += 100; });
  (void)one.write([](Transaction& tx) -> base::Result<int> {
    tx.run(put, "undone", "1");
    tx.signal(Signal::mail);
    return base::fail(base::ErrorKind::conflict);
  });
  one.write([](Transaction& tx) {
    tx.run(put, "done", "1");
    tx.signal(Signal::mail);
  });
  EXPECT_TRUE(eventually([&] { return here == 1 && there == 1; })) << here << ' ' << there;
}

TEST_F(PostgresDatabaseTest, KeepsInMemoryOnlyWhileItIsAlone) {
  Database one(options());
  const std::uint64_t before = one.epoch(Shared::products);
  EXPECT_NE(before, 0U);
  EXPECT_TRUE(one.exclusive());
  one.write([](Transaction& tx) { tx.run(product, 1, "a"); });
  EXPECT_GT(one.epoch(Shared::products), before);
  EXPECT_EQ(one.epoch(Shared::identity), before);
  {
    const Database other(options());
    EXPECT_EQ(one.epoch(Shared::products), 0U) << "a newcomer waits until the others know";
    EXPECT_FALSE(other.exclusive());
  }
  EXPECT_TRUE(eventually([&] { return one.epoch(Shared::identity) > before; }));
}

TEST_F(PostgresDatabaseTest, SaysNothingOfAUrlThatCannotBeRead) {
  for (const char* url : {"host=x u:secret", "postgres://u:%secret@h/d", "u:secret"}) {
    try {
      const Connection connection({.url = url}, Connection::Use::plain);
      FAIL() << url;
    } catch (const std::runtime_error& error) {
      EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos) << error.what();
    }
  }
}

TEST_F(PostgresDatabaseTest, NodesThatStartTogetherMigrateOnce) {
  std::vector<std::jthread> threads;
  std::atomic<int> started{0};
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      const Database database(options());
      ++started;
    });
  }
  threads.clear();
  EXPECT_EQ(started, 3);
}

TEST_F(PostgresDatabaseTest, AQueryThatTheSchemaDoesNotKnowEndsTheStart) {
  {
    const Database database(options());
  }
  static_cast<void>(Cluster::shared().ask(name_, "ALTER TABLE settings DROP COLUMN value"));
  EXPECT_THROW(Database{options()}, std::logic_error);
}

}  // namespace
}  // namespace storage::postgres
