#include "base/worker_pool.hpp"

#include <condition_variable>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace base {
namespace {

class FunctionJob final : public Job {
 public:
  explicit FunctionJob(std::move_only_function<void()> task) : task_(std::move(task)) {}

  void run() noexcept override {
    const std::unique_ptr<FunctionJob> self(this);
    task_();
  }

 private:
  std::move_only_function<void()> task_;
};

}  // namespace

// What keeps wake-ups from being lost: whenever the queue holds a job, either `concurrency` places are taken,
// or no thread sleeps, or one is on its way that wakes the next when it takes a job. Whatever could break
// this (a job comes or is taken, a thread begins to wait) mends it before it releases the mutex. Threads wake
// one another in a chain, so that whoever posts many jobs pays for one wake-up.
struct WorkerPool::State {
  struct Worker {
    std::condition_variable wake;
    bool has_place = false;
    int blocking_depth = 0;
    State* pool = nullptr;
    std::thread thread;
  };

  static thread_local Worker* current;

  std::mutex mutex;
  std::size_t concurrency = 1;
  std::size_t capacity = 0;
  std::size_t queued = 0;
  std::size_t running = 0;  // places taken; a thread chosen to wake has one already
  std::size_t blocking = 0;
  bool stopping = false;
  Job* first = nullptr;
  Job* last = nullptr;
  std::vector<Worker*> sleepers;  // the one that lay down last is at the back
  std::vector<std::unique_ptr<Worker>> workers;

  Job* post(Job* list, std::size_t bound);
  Worker* give_place();
  static void wake(Worker* worker);
  void work(Worker& self);
  Job* next_job(Worker& self);
  void enter_blocking(Worker& self);
  void leave_blocking(Worker& self);
  void stop();
};

thread_local WorkerPool::State::Worker* WorkerPool::State::current = nullptr;

Job* WorkerPool::State::post(Job* list, std::size_t bound) {
  Worker* woken = nullptr;
  {
    const std::lock_guard lock(mutex);
    if (stopping) return list;
    while (list != nullptr && queued < bound) {
      Job* job = std::exchange(list, list->next);
      job->next = nullptr;
      if (last == nullptr) {
        first = job;
      } else {
        last->next = job;
      }
      last = job;
      ++queued;
    }
    woken = give_place();
  }
  wake(woken);
  return list;
}

// Gives a free place to a sleeper if there is a job for it. It is to be woken after the mutex is released.
WorkerPool::State::Worker* WorkerPool::State::give_place() {
  if (first == nullptr || running >= concurrency || sleepers.empty()) return nullptr;
  Worker* worker = sleepers.back();
  sleepers.pop_back();
  worker->has_place = true;
  ++running;
  return worker;
}

void WorkerPool::State::wake(Worker* worker) {
  if (worker != nullptr) worker->wake.notify_one();
}

void WorkerPool::State::work(Worker& self) {
  current = &self;
  while (Job* job = next_job(self)) job->run();
}

// Called by a thread that has a place. Null when the pool has stopped.
Job* WorkerPool::State::next_job(Worker& self) {
  std::unique_lock lock(mutex);
  // One that was woken may find that another took the job, and then lies down again.
  while (first == nullptr || running > concurrency) {
    --running;
    self.has_place = false;
    sleepers.push_back(&self);
    if (stopping && first == nullptr) {
      for (Worker* sleeper : sleepers) sleeper->wake.notify_one();
    }
    self.wake.wait(lock, [&] { return self.has_place || (stopping && first == nullptr); });
    if (!self.has_place) return nullptr;
  }
  Job* job = first;
  first = job->next;
  if (first == nullptr) last = nullptr;
  --queued;
  job->next = nullptr;
  Worker* next = give_place();
  lock.unlock();
  wake(next);
  return job;
}

void WorkerPool::State::enter_blocking(Worker& self) {
  if (++self.blocking_depth > 1) return;
  Worker* woken = nullptr;
  {
    const std::lock_guard lock(mutex);
    --running;
    ++blocking;
    woken = give_place();
  }
  wake(woken);
}

void WorkerPool::State::leave_blocking(Worker& self) {
  if (--self.blocking_depth > 0) return;
  const std::lock_guard lock(mutex);
  ++running;
  --blocking;
}

void WorkerPool::State::stop() {
  {
    const std::lock_guard lock(mutex);
    stopping = true;
    if (first == nullptr) {
      for (Worker* sleeper : sleepers) sleeper->wake.notify_one();
    }
  }
  for (auto& worker : workers) {
    if (worker->thread.joinable()) worker->thread.join();
  }
}

WorkerPool::WorkerPool(std::size_t threads, std::size_t concurrency, std::size_t capacity)
    : state_(std::make_unique<State>()) {
  if (concurrency == 0 || threads < concurrency) {
    throw std::invalid_argument("a worker pool needs threads >= concurrency >= 1");
  }
  state_->concurrency = concurrency;
  state_->capacity = capacity;
  state_->sleepers.reserve(threads);
  state_->workers.reserve(threads);
  try {
    for (std::size_t i = 0; i < threads; ++i) {
      auto& worker = *state_->workers.emplace_back(std::make_unique<State::Worker>());
      worker.pool = state_.get();
      {
        const std::lock_guard lock(state_->mutex);
        ++state_->running;  // given up when the thread first lies down
      }
      try {
        worker.thread = std::thread([&worker] { worker.pool->work(worker); });
      } catch (...) {
        const std::lock_guard lock(state_->mutex);
        --state_->running;
        throw;
      }
    }
  } catch (...) {
    state_->stop();
    throw;
  }
}

WorkerPool::~WorkerPool() {
  shutdown();
}

bool WorkerPool::try_post(std::move_only_function<void()> task) {
  auto job = std::make_unique<FunctionJob>(std::move(task));
  if (!try_post(*job)) return false;
  static_cast<void>(job.release());
  return true;
}

bool WorkerPool::try_post(Job& job) {
  job.next = nullptr;
  return try_post_list(&job) == nullptr;
}

Job* WorkerPool::try_post_list(Job* first) {
  return state_->post(first, state_->capacity);
}

Job* WorkerPool::post_admitted_list(Job* first) {
  return state_->post(first, std::numeric_limits<std::size_t>::max());
}

void WorkerPool::shutdown() {
  state_->stop();
}

WorkerPool::Counters WorkerPool::counters() const {
  const std::lock_guard lock(state_->mutex);
  return {.queued = state_->queued, .running = state_->running, .blocking = state_->blocking};
}

Blocking::Blocking() {
  if (auto* worker = WorkerPool::State::current) worker->pool->enter_blocking(*worker);
}

Blocking::~Blocking() {
  if (auto* worker = WorkerPool::State::current) worker->pool->leave_blocking(*worker);
}

}  // namespace base
