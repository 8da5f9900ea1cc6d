#include "base/worker_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <semaphore>
#include <set>
#include <thread>
#include <vector>

namespace base {
namespace {

using namespace std::chrono_literals;

// Raises `peak` to the number of tasks that run at once.
class Gauge {
 public:
  void enter() {
    const int now = ++inside_;
    int seen = peak_.load();
    while (now > seen && !peak_.compare_exchange_weak(seen, now)) {
    }
  }
  void leave() { --inside_; }
  [[nodiscard]] int peak() const { return peak_; }

 private:
  std::atomic<int> inside_ = 0;
  std::atomic<int> peak_ = 0;
};

TEST(WorkerPool, RunsEveryTask) {
  std::atomic<int> done = 0;
  {
    WorkerPool pool(4, 2, 100'000);
    for (int i = 0; i < 10'000; ++i) ASSERT_TRUE(pool.try_post([&] { ++done; }));
  }
  EXPECT_EQ(done, 10'000);
}

TEST(WorkerPool, RefusesWhatItCannotBe) {
  EXPECT_THROW(WorkerPool(1, 2), std::invalid_argument);
  EXPECT_THROW(WorkerPool(1, 0), std::invalid_argument);
}

TEST(WorkerPool, RefusesWhenTheQueueIsFull) {
  std::binary_semaphore started(0);
  std::binary_semaphore go(0);
  WorkerPool pool(1, 1, 2);
  ASSERT_TRUE(pool.try_post([&] {
    started.release();
    go.acquire();
  }));
  started.acquire();
  EXPECT_TRUE(pool.try_post([] {}));
  EXPECT_TRUE(pool.try_post([] {}));
  EXPECT_FALSE(pool.try_post([] {}));
  EXPECT_EQ(pool.counters().queued, 2u);
  go.release();
}

class CountingJob final : public Job {
 public:
  void run() noexcept override { ++runs; }
  std::atomic<int> runs = 0;
};

TEST(WorkerPool, GivesBackTheRestOfAList) {
  std::vector<CountingJob> jobs(5);
  for (std::size_t i = 0; i + 1 < jobs.size(); ++i) jobs[i].next = &jobs[i + 1];
  std::binary_semaphore started(0);
  std::binary_semaphore go(0);
  WorkerPool pool(1, 1, 2);
  ASSERT_TRUE(pool.try_post([&] {
    started.release();
    go.acquire();
  }));
  started.acquire();
  Job* rest = pool.try_post_list(&jobs[0]);
  EXPECT_EQ(rest, &jobs[2]);
  EXPECT_EQ(pool.post_admitted_list(rest), nullptr);
  go.release();
  pool.shutdown();
  for (const auto& job : jobs) EXPECT_EQ(job.runs, 1);
}

TEST(WorkerPool, RunsNoMoreThanConcurrency) {
  Gauge gauge;
  {
    WorkerPool pool(8, 3, 10'000);
    for (int i = 0; i < 300; ++i) {
      ASSERT_TRUE(pool.try_post([&] {
        gauge.enter();
        std::this_thread::sleep_for(100us);
        gauge.leave();
      }));
    }
  }
  EXPECT_LE(gauge.peak(), 3);
}

TEST(WorkerPool, AnotherTakesOverWhileATaskBlocks) {
  std::latch all_blocked(3);
  std::atomic<int> done = 0;
  WorkerPool pool(3, 1);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(pool.try_post([&] {
      {
        const Blocking outer;
        const Blocking nested;
        all_blocked.arrive_and_wait();  // would never return if a blocked task kept its place
      }
      ++done;
    }));
  }
  pool.shutdown();
  EXPECT_EQ(done, 3);
}

TEST(WorkerPool, BlockingElsewhereDoesNothing) {
  const Blocking guard;
  SUCCEED();
}

TEST(WorkerPool, WakesTheThreadThatSleptLast) {
  std::binary_semaphore done(0);
  std::set<std::thread::id> seen;
  WorkerPool pool(8, 8);
  std::this_thread::sleep_for(50ms);
  for (int i = 0; i < 200; ++i) {
    ASSERT_TRUE(pool.try_post([&] {
      seen.insert(std::this_thread::get_id());
      done.release();
    }));
    done.acquire();
    std::this_thread::sleep_for(200us);
  }
  EXPECT_LE(seen.size(), 3u);  // nearly always one; a task may come before the last thread lies down again
}

TEST(WorkerPool, ShutdownDrainsAndRefuses) {
  std::atomic<int> done = 0;
  WorkerPool pool(2, 1, 1000);
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(pool.try_post([&] {
      const Blocking guard;
      std::this_thread::sleep_for(100us);
      ++done;
    }));
  }
  pool.shutdown();
  EXPECT_EQ(done, 50);
  EXPECT_FALSE(pool.try_post([] {}));
  EXPECT_EQ(pool.counters().running, 0u);
}

TEST(WorkerPool, TasksMayPostTasks) {
  std::binary_semaphore done(0);
  WorkerPool pool(2, 2, 10);
  ASSERT_TRUE(pool.try_post([&] { EXPECT_TRUE(pool.try_post([&] { done.release(); })); }));
  done.acquire();
}

// Every path at once: posts from several threads, blocking guards, bursts, idle times. A lost wake-up shows
// as a task that never runs.
TEST(WorkerPool, LosesNoWakeUpUnderStress) {
  for (int round = 0; round < 20; ++round) {
    Gauge gauge;
    constexpr int posters = 3;
    constexpr int each = 500;
    std::counting_semaphore<> finished(0);
    WorkerPool pool(6, 2, 100'000);
    std::vector<std::thread> threads;
    for (int p = 0; p < posters; ++p) {
      threads.emplace_back([&, p] {
        for (int i = 0; i < each; ++i) {
          EXPECT_TRUE(pool.try_post([&, i, p] {
            gauge.enter();
            if ((i + p) % 7 == 0) {
              gauge.leave();
              const Blocking guard;
              std::this_thread::sleep_for(10us);
            } else {
              gauge.leave();
            }
            finished.release();
          }));
          if (i % 50 == 0) std::this_thread::sleep_for(30us);
        }
      });
    }
    for (int i = 0; i < posters * each; ++i) {
      ASSERT_TRUE(finished.try_acquire_for(20s)) << "a task was forgotten";
    }
    for (auto& thread : threads) thread.join();
    // Each burst ends with everybody asleep; a single task must still wake one.
    for (int i = 0; i < 50; ++i) {
      ASSERT_TRUE(pool.try_post([&] { finished.release(); }));
      ASSERT_TRUE(finished.try_acquire_for(20s));
    }
  }
}

}  // namespace
}  // namespace base
