// Wakes a thread that sleeps until there is something to do.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace jobs {

// Safe to use from any thread. Share it by std::shared_ptr with listeners that may outlive the thread.
class Alarm {
 public:
  // Ends the sleep, or the next one when nobody sleeps.
  void ring() {
    {
      const std::lock_guard lock(mutex_);
      rung_ = true;
    }
    bell_.notify_one();
  }

  // Ends every sleep from now on.
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    bell_.notify_all();
  }

  // At most `longest`; rings are ignored for the first `deaf` of it.
  void sleep(std::chrono::milliseconds longest, std::chrono::milliseconds deaf = {}) {
    std::unique_lock lock(mutex_);
    if (deaf.count() > 0) bell_.wait_for(lock, deaf, [this] { return stopped_; });
    bell_.wait_for(lock, longest, [this] { return stopped_ || rung_; });
    rung_ = false;
  }

  [[nodiscard]] bool stopped() const {
    const std::lock_guard lock(mutex_);
    return stopped_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable bell_;
  bool rung_ = false;
  bool stopped_ = false;
};

}  // namespace jobs
