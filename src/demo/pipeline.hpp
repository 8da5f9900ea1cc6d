// A bounded row of things made on one thread and used on another, in their order.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace demo {

// `make()` runs on a thread of its own until it gives nothing; `next()` gives what it made, and throws what
// it threw.
template <class T>
class Pipeline {
 public:
  template <class Make>
  Pipeline(Make make, std::size_t room)
      : room_(room), thread_([this, make](const std::stop_token& stop) {
          try {
            while (!stop.stop_requested()) {
              std::optional<T> made = make();
              const bool last = !made;
              put(std::move(made), stop);
              if (last) return;
            }
          } catch (...) {
            const std::lock_guard lock(mutex_);
            failure_ = std::current_exception();
            changed_.notify_all();
          }
        }) {}

  // Empty at the end.
  [[nodiscard]] std::optional<T> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !ready_.empty() || failure_; });
    if (ready_.empty()) std::rethrow_exception(failure_);
    std::optional<T> taken = std::move(ready_.front());
    if (taken) ready_.pop_front();
    changed_.notify_all();
    return taken;
  }

 private:
  void put(std::optional<T> made, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [&] { return ready_.size() < room_; });
    ready_.push_back(std::move(made));
    changed_.notify_all();
  }

  std::size_t room_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::optional<T>> ready_;
  std::exception_ptr failure_;
  std::jthread thread_;  // the last member: it ends before what it uses
};

}  // namespace demo
