#include "app/live.hpp"

#include <chrono>
#include <utility>

namespace app {
namespace {

constexpr std::chrono::milliseconds between{50};

}  // namespace

Live::Live(std::shared_ptr<web::Hub> hub) : hub_(std::move(hub)), thread_([this] { run(); }) {}

Live::~Live() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Live::ring() {
  {
    const std::lock_guard lock(mutex_);
    if (rung_) return;
    rung_ = true;
  }
  changed_.notify_one();
}

void Live::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return rung_ || stopping_; });
    if (stopping_) return;
    rung_ = false;
    lock.unlock();
    hub_->publish();
    lock.lock();
    if (changed_.wait_for(lock, between, [this] { return stopping_; })) return;
  }
}

}  // namespace app
