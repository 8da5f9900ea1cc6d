#include "storage/sqlite/database.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <exception>
#include <semaphore>

#include "base/worker_pool.hpp"
#include "storage/migrator.hpp"
#include "storage/sqlite/schema.hpp"

namespace storage::sqlite {
namespace {

// A unit puts off no more than this; what is beyond is done at once.
constexpr std::size_t most_later_changes = 100;

class ConnectionTransaction final : public Transaction {
 public:
  explicit ConnectionTransaction(Connection& connection, Filling* filling = nullptr)
      : connection_(connection), filling_(filling) {}

  void select(const Query& query, std::span<const Value> values,
              base::FunctionRef<bool(const Row&)> take) override {
    connection_.select(query, values, take);
  }
  Changed change(const Query& query, std::span<const Value> values) override {
    shared_ |= query.shared;
    return Changed(connection_.change(query, values));
  }
  void change_later(const Query& query, std::span<const Value> values) override {
    if (filling_ != nullptr) {
      filling_->later(query, values);
    } else if (later_.size() < most_later_changes) {
      later_.emplace_back(query, values);
    } else {
      change(query, values);
    }
  }
  void attempt(base::FunctionRef<void()> part) override {
    connection_.frame(Connection::Frame::savepoint);
    const std::size_t put_off = later_.size();
    try {
      part();
    } catch (const Unavailable&) {
      throw;  // the engine may have ended the transaction itself
    } catch (...) {
      while (later_.size() > put_off) later_.pop_back();
      connection_.frame(Connection::Frame::undo_savepoint);
      connection_.frame(Connection::Frame::release_savepoint);
      throw;
    }
    connection_.frame(Connection::Frame::release_savepoint);
  }
  void signal(Signal signal) override { signals_[static_cast<std::size_t>(signal)] = true; }

  const std::array<bool, 8>& signals() const { return signals_; }
  unsigned shared() const { return shared_; }
  std::deque<LaterChange> take_later() { return std::move(later_); }

 private:
  Connection& connection_;
  Filling* filling_;
  std::deque<LaterChange> later_;
  std::array<bool, 8> signals_{};
  unsigned shared_ = 0;
};

}  // namespace

FileLock::FileLock(const std::string& path)
    : descriptor_(::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)) {
  if (descriptor_ < 0)
    throw Unavailable(fmt::format("cannot write {}: {}", path, std::system_category().message(errno)));
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor_);
    throw Unavailable(fmt::format("{} is held by a running server", path));
  }
}

FileLock::~FileLock() {
  ::close(descriptor_);
}

// A writing unit that waits for its commit.
struct Database::Unit {
  base::FunctionRef<bool(Transaction&)> work;
  bool succeeded = false;
  std::exception_ptr failure;
  std::array<bool, 8> signals{};
  unsigned shared = 0;
  std::deque<LaterChange> later;
  std::binary_semaphore done{0};
};

class Database::ReaderLease {
 public:
  explicit ReaderLease(Database& database) : database_(database) {
    std::unique_lock lock(database_.readers_mutex_);
    if (database_.readers_.empty()) {
      const base::Blocking blocking;
      database_.reader_free_.wait(lock, [&] { return !database_.readers_.empty(); });
    }
    connection_ = std::move(database_.readers_.back());
    database_.readers_.pop_back();
  }
  ReaderLease(const ReaderLease&) = delete;
  ReaderLease& operator=(const ReaderLease&) = delete;
  ~ReaderLease() {
    {
      const std::lock_guard lock(database_.readers_mutex_);
      database_.readers_.push_back(std::move(connection_));
    }
    database_.reader_free_.notify_one();
  }

  Connection& operator*() const { return *connection_; }

 private:
  Database& database_;
  std::unique_ptr<Connection> connection_;
};

Database::Database(Options options)
    : options_(std::move(options)),
      lock_(options_.path + ".lock"),
      writer_(options_.path, Mode::read_write, options_.writer_cache_kib) {
  Schema schema(writer_);
  migrate(schema);
  Filling::refuse_unfinished(writer_, options_.path);
  writer_.prepare_all();
  for (int i = 0; i < options_.readers; ++i) {
    readers_.push_back(
        std::make_unique<Connection>(options_.path, Mode::read_only, options_.reader_cache_kib));
  }
  thread_ = std::thread([this] { write_loop(); });
}

Database::~Database() {
  {
    const std::lock_guard lock(queue_mutex_);
    stopping_ = true;
  }
  queued_.notify_one();
  thread_.join();
}

void Database::listen(Signal signal, std::function<void()> wake) {
  const std::lock_guard lock(listeners_mutex_);
  listeners_[static_cast<std::size_t>(signal)].push_back(std::move(wake));
}

void Database::fill(base::FunctionRef<void()> work) {
  filling_ = std::make_unique<Filling>(options_.path);
  try {
    work();
    filling_->finish();
  } catch (...) {
    filling_.reset();
    throw;
  }
  filling_.reset();
}

std::string Database::describe() {
  return fmt::format("SQLite {}", sqlite3_libversion());
}

void Database::run_read(base::FunctionRef<void(Transaction&)> work) {
  const ReaderLease connection(*this);
  (*connection).frame(Connection::Frame::begin_read);
  ConnectionTransaction tx(*connection);
  try {
    work(tx);
  } catch (...) {
    sqlite3_exec((*connection).handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
  (*connection).frame(Connection::Frame::commit);
}

void Database::run_write(base::FunctionRef<bool(Transaction&)> work) {
  Unit unit{.work = work};
  {
    const std::lock_guard lock(queue_mutex_);
    if (stopping_) throw Unavailable("the database is closing");
    queue_.push_back(&unit);
  }
  queued_.notify_one();
  {
    const base::Blocking blocking;
    unit.done.acquire();
  }
  if (unit.failure) std::rethrow_exception(unit.failure);
}

void Database::write_loop() {
  std::vector<Unit*> batch;
  while (true) {
    {
      std::unique_lock lock(queue_mutex_);
      queued_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;  // stopping, and everything queued has been done
      batch.clear();
      while (!queue_.empty() && batch.size() < options_.batch) {
        batch.push_back(queue_.front());
        queue_.pop_front();
      }
    }
    write_batch(batch);
  }
}

void Database::write_batch(std::vector<Unit*>& batch) {
  std::array<bool, 8> signals{};
  try {
    writer_.frame(Connection::Frame::begin_write);
    for (Unit* unit : batch) run_unit(*unit);
    // After the last savepoint: each one makes the index of words write out what it has gathered.
    for (const Unit* unit : batch) {
      for (const LaterChange& change : unit->later) writer_.change(*change.query, change.values);
    }
    writer_.frame(Connection::Frame::commit);
    for (const Unit* unit : batch) {
      for (std::size_t i = 0; i < signals.size(); ++i)
        signals[i] = signals[i] || (unit->succeeded && unit->signals[i]);
    }
  } catch (...) {
    // Nothing of this batch is durable, so no unit of it may be acknowledged.
    sqlite3_exec(writer_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    for (Unit* unit : batch) {
      if (!unit->failure) unit->failure = std::current_exception();
    }
  }
  for (std::size_t set = 0; set < epochs_.size(); ++set) {
    const bool changed =
        std::ranges::any_of(batch, [&](const Unit* unit) { return (unit->shared >> set & 1U) != 0; });
    if (changed) ++epochs_[set];
  }
  for (Unit* unit : batch) unit->done.release();
  wake(signals);
}

void Database::run_unit(Unit& unit) {
  writer_.frame(Connection::Frame::savepoint);
  ConnectionTransaction tx(writer_, filling_.get());
  try {
    unit.succeeded = unit.work(tx);
    unit.signals = tx.signals();
    unit.shared = tx.shared();
    if (unit.succeeded) unit.later = tx.take_later();
  } catch (...) {
    unit.failure = std::current_exception();
  }
  // A full disk may have ended the whole transaction already; then the batch has failed.
  if (sqlite3_get_autocommit(writer_.handle()) != 0)
    throw Unavailable("the transaction was rolled back by the engine");
  if (!unit.succeeded) writer_.frame(Connection::Frame::undo_savepoint);
  writer_.frame(Connection::Frame::release_savepoint);
}

void Database::wake(const std::array<bool, 8>& signals) {
  const std::lock_guard lock(listeners_mutex_);
  for (std::size_t i = 0; i < signals.size(); ++i) {
    if (!signals[i]) continue;
    for (const auto& listener : listeners_[i]) listener();
  }
}

}  // namespace storage::sqlite
