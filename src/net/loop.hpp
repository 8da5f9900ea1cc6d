// The loop of one network thread: readiness of descriptors, and the way to the workers and back.
//
// Everything here belongs to the loop's own thread but post() and stop(), and what a worker does inside a
// Hop.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <coroutine>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <span>
#include <utility>

#include "base/worker_pool.hpp"

namespace net {

using Clock = std::chrono::steady_clock;

enum class Direction : std::uint8_t { read, write };

class Loop;

// An open descriptor that a coroutine can wait for. Owns and closes it.
class Descriptor {
 public:
  Descriptor(Loop& loop, int descriptor);

  [[nodiscard]] int native() { return descriptor_.native_handle(); }

  // Resumes `waiting` from the loop when the descriptor may be ready, or after cancel().
  void when_ready(Direction direction, std::coroutine_handle<> waiting) {
    descriptor_.async_wait(
        direction == Direction::read ? decltype(descriptor_)::wait_read : decltype(descriptor_)::wait_write,
        [waiting](const boost::system::error_code&) { waiting.resume(); });
  }
  void cancel();
  void close();

 private:
  boost::asio::posix::basic_stream_descriptor<boost::asio::io_context::executor_type> descriptor_;
};

// A step of a coroutine that runs on a worker. Nothing is allocated: it lives in the coroutine's frame.
class Hop : public base::Job {
 public:
  enum class Admission : std::uint8_t {
    first,  // may be refused when the workers' queue is full
    later,  // a further step of what was admitted; refused only when the pool has shut down
  };

  Hop(Loop& loop, Admission admission) : loop_(loop), admission_(admission) {}

  [[nodiscard]] bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiting);
  // False when it was refused and did not run.
  [[nodiscard]] bool await_resume() const {
    if (error_) std::rethrow_exception(error_);
    return !refused_;
  }

  void run() noexcept final;

 protected:
  ~Hop() = default;
  virtual void work() = 0;

 private:
  friend class Loop;
  Loop& loop_;
  Hop* next_done_ = nullptr;
  std::coroutine_handle<> waiting_;
  std::exception_ptr error_;
  Admission admission_;
  bool refused_ = false;
};

template <class Work>
class WorkHop final : public Hop {
 public:
  WorkHop(Loop& loop, Admission admission, Work work) : Hop(loop, admission), work_(std::move(work)) {}

 private:
  void work() override { work_(); }
  Work work_;
};

class Loop {
 public:
  explicit Loop(base::WorkerPool& pool);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Runs until stop().
  void run();
  void stop();
  void post(std::move_only_function<void()> task);

  // Calls `task` again and again until stop().
  void every(std::chrono::milliseconds period, std::function<void()> task);
  // Resumes `waiting` after `pause`, or sooner when the loop is told to hurry().
  void sleep(std::chrono::milliseconds pause, std::coroutine_handle<> waiting);
  void hurry();

  // `co_await loop.on_worker(admission, work)` runs `work()` on a worker and gives back whether it ran.
  template <class Work>
  [[nodiscard]] WorkHop<Work> on_worker(Hop::Admission admission, Work work) {
    return {*this, admission, std::move(work)};
  }

  // A buffer to read into, shared by all connections of the loop: its content is lost at the next suspension.
  [[nodiscard]] std::span<char> scratch() { return {scratch_.get(), scratch_size}; }
  static constexpr std::size_t scratch_size = 64 * 1024;

  [[nodiscard]] boost::asio::io_context& context() { return context_; }

 private:
  friend class Hop;
  void hand_over(Hop& hop);
  void flush();
  void refuse(base::Job* jobs);
  void bring_back(Hop& hop) noexcept;
  void resume_done();

  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{context_.get_executor()};
  boost::asio::steady_timer tick_{context_};
  boost::asio::steady_timer nap_{context_};
  base::WorkerPool& pool_;
  std::unique_ptr<char[]> scratch_ = std::make_unique_for_overwrite<char[]>(scratch_size);

  // Steps gathered while the loop works off what is ready; handed over together, with one wake-up.
  struct Batch {
    base::Job* first = nullptr;
    base::Job* last = nullptr;
  };
  Batch first_steps_;
  Batch later_steps_;

  // Steps done, pushed by workers, the newest in front. Whoever finds it empty wakes the loop.
  std::atomic<Hop*> done_ = nullptr;
  std::atomic<int> bringing_back_ = 0;  // workers that still use this object
};

}  // namespace net
