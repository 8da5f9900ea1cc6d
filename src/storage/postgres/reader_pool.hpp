// Connections for units that read, made when they are first needed and replaced when they break.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "storage/postgres/connection.hpp"
#include "storage/transaction.hpp"

namespace storage::postgres {

// Safe to use from any thread.
class ReaderPool {
 public:
  ReaderPool(const Options& options, const Statements& statements)
      : options_(options), statements_(statements) {}

  // Runs a unit that sees one state. Once more where the connection turns out to be gone: the server may have
  // been started again.
  void run(base::FunctionRef<void(Transaction&)> work);

 private:
  class Lease;
  static constexpr std::chrono::seconds longest_wait{10};

  std::unique_ptr<Connection> take();
  void give_back(std::unique_ptr<Connection> connection);
  void run_once(base::FunctionRef<void(Transaction&)> work);

  const Options& options_;
  const Statements& statements_;
  std::mutex mutex_;
  std::condition_variable free_;
  std::vector<std::unique_ptr<Connection>> idle_;  // the one used last is taken first
  int open_ = 0;
};

}  // namespace storage::postgres
