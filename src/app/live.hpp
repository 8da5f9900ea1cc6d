// Passes on that the database has news, at most 20 times a second however much happens.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "web/events.hpp"

namespace app {

class Live {
 public:
  explicit Live(std::shared_ptr<web::Hub> hub);
  ~Live();
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;

  // Returns at once; for a listener of the database.
  void ring();

 private:
  void run();

  std::shared_ptr<web::Hub> hub_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool rung_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace app
