// The embedded engine: one file, one writer thread, readers beside it (WAL).
//
// Writing units queue up; the writer gathers those that wait into one transaction, a savepoint each, and
// makes them durable with one fsync. A unit that fails is rolled back alone. Only this writer checkpoints.
// Only one process opens the file for writing: a second one is refused by a lock file beside it.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "storage/database.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/filling.hpp"

namespace storage::sqlite {

struct Options {
  std::string path;
  int readers = 4;  // connections that read at the same time
  int reader_cache_kib = 4096;
  int writer_cache_kib = 16384;
  std::size_t batch = 256;  // units in one transaction at most
};

// Held while the file is open for writing.
class FileLock {
 public:
  // Throws storage::Unavailable that names the file when another process holds it.
  explicit FileLock(const std::string& path);
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  int descriptor_ = -1;
};

class Database final : public storage::Database {
 public:
  // Opens or creates the file and brings it to the newest schema.
  explicit Database(Options options);
  ~Database() override;

  void listen(Signal signal, std::function<void()> wake) override;
  std::uint64_t epoch(Shared set) const override { return epochs_[static_cast<std::size_t>(set)].load(); }
  void fill(base::FunctionRef<void()> work) override;
  bool exclusive() const override { return true; }
  std::string describe() override;

 protected:
  void run_read(base::FunctionRef<void(Transaction&)> work) override;
  void run_write(base::FunctionRef<bool(Transaction&)> work) override;

 private:
  struct Unit;
  class ReaderLease;

  void write_loop();
  void write_batch(std::vector<Unit*>& batch);
  void run_unit(Unit& unit);
  void wake(const std::array<bool, 8>& signals);

  Options options_;
  FileLock lock_;
  Connection writer_;
  std::unique_ptr<Filling> filling_;  // while fill() runs

  std::mutex readers_mutex_;
  std::condition_variable reader_free_;
  std::vector<std::unique_ptr<Connection>> readers_;

  std::mutex queue_mutex_;
  std::condition_variable queued_;
  std::deque<Unit*> queue_;
  bool stopping_ = false;

  std::mutex listeners_mutex_;
  std::array<std::vector<std::function<void()>>, 8> listeners_;

  std::array<std::atomic<std::uint64_t>, shared_count> epochs_{1, 1};

  std::thread thread_;
};

}  // namespace storage::sqlite
