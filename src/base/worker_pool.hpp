// Threads that run the handlers: a bounded queue in front, and never more threads running than is useful.
//
// It works like an I/O completion port. Of `threads` threads at most `concurrency` run tasks at once; the
// others sleep. A task that is about to wait (for a commit, a password hash, a disk) holds a `Blocking` guard
// while it does, and another thread takes over its place. After the wait a task goes on at once, so that for
// a moment more than `concurrency` may run; the surplus ends with the first task that finishes.
//
// The thread that went to sleep last is woken first, since its stack is still in the cache.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace base {

// A unit of work whose memory the caller provides: nothing is allocated by posting it.
// The job must stay alive until run() is called; the pool does not touch it from then on.
class Job {
 public:
  Job() = default;
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  virtual void run() noexcept = 0;

  Job* next = nullptr;  // for lists of jobs; belongs to whoever holds the job at the moment

 protected:
  ~Job() = default;
};

class WorkerPool {
 public:
  struct Counters {
    std::size_t queued = 0;
    std::size_t running = 0;   // tasks that run and do not wait
    std::size_t blocking = 0;  // tasks inside a Blocking guard
  };

  // `threads` >= `concurrency` >= 1. `capacity` bounds the queue. Throws std::system_error if threads cannot
  // start.
  WorkerPool(std::size_t threads, std::size_t concurrency, std::size_t capacity = 4096);
  // Calls shutdown().
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the queue is full or the pool shuts down; the task is then not taken. Any thread may post.
  // An exception that leaves a task ends the program.
  [[nodiscard]] bool try_post(std::move_only_function<void()> task);
  [[nodiscard]] bool try_post(Job& job);

  // Takes from the front of the list, linked by Job::next, what the queue has room for.
  // Gives back the rest, null when all were taken.
  [[nodiscard]] Job* try_post_list(Job* first);

  // Like try_post_list, but the bound does not count: for the later steps of work that was admitted before,
  // whose number is bounded by that. Only a pool that shuts down gives jobs back.
  [[nodiscard]] Job* post_admitted_list(Job* first);

  // Takes no more, runs what is queued, and joins the threads. Not to be called from a task.
  void shutdown();

  [[nodiscard]] Counters counters() const;

 private:
  friend class Blocking;
  struct State;
  std::unique_ptr<State> state_;
};

// Held by a task while it waits for something other than the processor. Elsewhere than on a thread of a
// WorkerPool it does nothing; nested guards count as one.
class Blocking {
 public:
  Blocking();
  ~Blocking();
  Blocking(const Blocking&) = delete;
  Blocking& operator=(const Blocking&) = delete;
};

}  // namespace base
