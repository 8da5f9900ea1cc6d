#include "storage/postgres/reader_pool.hpp"

#include "base/worker_pool.hpp"
#include "storage/postgres/failure.hpp"
#include "storage/postgres/unit_transaction.hpp"

namespace storage::postgres {

class ReaderPool::Lease {
 public:
  explicit Lease(ReaderPool& pool) : pool_(pool), connection_(pool.take()) {}
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease() { pool_.give_back(std::move(connection_)); }

  Connection& operator*() const { return *connection_; }
  Connection* operator->() const { return connection_.get(); }

 private:
  ReaderPool& pool_;
  std::unique_ptr<Connection> connection_;
};

void ReaderPool::run(base::FunctionRef<void(Transaction&)> work) {
  const base::Blocking blocking;
  try {
    run_once(work);
  } catch (const Lost&) {
    run_once(work);
  } catch (const Conflict&) {  // a copy of another server has caught up with it
    run_once(work);
  }
}

// Statements without an end of their transaction (a sync) are one transaction.
void ReaderPool::run_once(base::FunctionRef<void(Transaction&)> work) {
  const Lease connection(*this);
  UnitTransaction tx(*connection, UnitTransaction::Undo::whole);
  try {
    work(tx);
    if (connection->error()) std::rethrow_exception(connection->error());
    connection->end_reading();
  } catch (...) {
    connection->abandon();
    throw;
  }
}

std::unique_ptr<Connection> ReaderPool::take() {
  {
    std::unique_lock lock(mutex_);
    const bool found =
        free_.wait_for(lock, longest_wait, [this] { return !idle_.empty() || open_ < options_.connections; });
    if (!found) throw Unavailable("every connection to the database is busy");
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
    ++open_;
  }
  try {
    auto connection = std::make_unique<Connection>(options_, Connection::Use::reading);
    connection->use(statements_);
    return connection;
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection) {
  std::vector<std::unique_ptr<Connection>> gone;
  {
    const std::lock_guard lock(mutex_);
    if (connection && !connection->broken()) {
      idle_.push_back(std::move(connection));
    } else {
      --open_;
      // The others have most likely gone with it.
      gone = std::move(idle_);
      idle_.clear();
      open_ -= static_cast<int>(gone.size());
    }
  }
  free_.notify_one();
}

}  // namespace storage::postgres
