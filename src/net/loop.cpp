#include "net/loop.hpp"

#include <thread>

namespace net {

namespace asio = boost::asio;

Descriptor::Descriptor(Loop& loop, int descriptor) : descriptor_(loop.context().get_executor(), descriptor) {}

void Descriptor::cancel() {
  boost::system::error_code ignored;
  static_cast<void>(descriptor_.cancel(ignored));
}

void Descriptor::close() {
  boost::system::error_code ignored;
  static_cast<void>(descriptor_.close(ignored));
}

void Hop::await_suspend(std::coroutine_handle<> waiting) {
  waiting_ = waiting;
  loop_.hand_over(*this);
}

void Hop::run() noexcept {
  try {
    work();
  } catch (...) {
    error_ = std::current_exception();
  }
  loop_.bring_back(*this);
}

Loop::Loop(base::WorkerPool& pool) : pool_(pool) {}

Loop::~Loop() {
  while (bringing_back_.load(std::memory_order_acquire) != 0) std::this_thread::yield();
}

void Loop::run() {
  context_.run();
}

void Loop::stop() {
  asio::post(context_, [this] {
    tick_.cancel();
    guard_.reset();
    context_.stop();
  });
}

void Loop::post(std::move_only_function<void()> task) {
  asio::post(context_, [task = std::move(task)]() mutable { task(); });
}

void Loop::every(std::chrono::milliseconds period, std::function<void()> task) {
  tick_.expires_after(period);
  tick_.async_wait([this, period, task = std::move(task)](const boost::system::error_code& error) mutable {
    if (error) return;
    task();
    every(period, std::move(task));
  });
}

void Loop::sleep(std::chrono::milliseconds pause, std::coroutine_handle<> waiting) {
  nap_.expires_after(pause);
  nap_.async_wait([waiting](const boost::system::error_code&) { waiting.resume(); });
}

void Loop::hurry() {
  nap_.cancel();
}

void Loop::hand_over(Hop& hop) {
  // Posted, so that it runs after what is ready at the moment.
  if (first_steps_.first == nullptr && later_steps_.first == nullptr)
    asio::post(context_, [this] { flush(); });
  Batch& batch = hop.admission_ == Hop::Admission::first ? first_steps_ : later_steps_;
  hop.next = nullptr;
  if (batch.last == nullptr) {
    batch.first = &hop;
  } else {
    batch.last->next = &hop;
  }
  batch.last = &hop;
}

void Loop::flush() {
  const Batch later = std::exchange(later_steps_, {});
  const Batch first = std::exchange(first_steps_, {});
  base::Job* refused_later = later.first == nullptr ? nullptr : pool_.post_admitted_list(later.first);
  base::Job* refused_first = first.first == nullptr ? nullptr : pool_.try_post_list(first.first);
  refuse(refused_later);
  refuse(refused_first);
}

void Loop::refuse(base::Job* jobs) {
  while (jobs != nullptr) {
    auto* hop = static_cast<Hop*>(std::exchange(jobs, jobs->next));
    hop->refused_ = true;
    hop->waiting_.resume();
  }
}

// Called on a worker. The hop belongs to the loop again as soon as it is in the list.
void Loop::bring_back(Hop& hop) noexcept {
  bringing_back_.fetch_add(1, std::memory_order_relaxed);
  Hop* newest = done_.load(std::memory_order_relaxed);
  do {
    hop.next_done_ = newest;
  } while (!done_.compare_exchange_weak(newest, &hop, std::memory_order_release, std::memory_order_relaxed));
  if (newest == nullptr) asio::post(context_, [this] { resume_done(); });
  bringing_back_.fetch_sub(1, std::memory_order_release);
}

void Loop::resume_done() {
  Hop* newest = done_.exchange(nullptr, std::memory_order_acquire);
  Hop* oldest = nullptr;
  while (newest != nullptr) {
    Hop* hop = std::exchange(newest, newest->next_done_);
    hop->next_done_ = std::exchange(oldest, hop);
  }
  while (oldest != nullptr) {
    // Read before it resumes, which ends the hop's life.
    Hop* hop = std::exchange(oldest, oldest->next_done_);
    hop->waiting_.resume();
  }
}

}  // namespace net
