#include "storage/postgres/writer.hpp"

#include <fmt/format.h>
#include <sodium.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <exception>
#include <semaphore>
#include <utility>

#include "base/worker_pool.hpp"
#include "storage/postgres/failure.hpp"

namespace storage::postgres {
namespace {

constexpr int most_conflicts_together = 3;  // of a batch; then each unit goes alone
constexpr int most_conflicts = 12;
constexpr int most_connections = 2;  // that a unit may lose before its commit
constexpr int calm_commits = 32;     // until one lane more may work
constexpr std::chrono::milliseconds longest_pause{200};

// Random, so that those that crossed do not meet again.
void pause_after(int conflicts) {
  const auto most = std::min<std::int64_t>(longest_pause.count() * 1'000, std::int64_t{500} << conflicts);
  std::this_thread::sleep_for(
      std::chrono::microseconds(randombytes_uniform(static_cast<std::uint32_t>(most)) + 1));
}

}  // namespace

// A unit that waits for its commit.
struct Writer::Unit {
  void begin_anew() {
    succeeded = false;
    changed = false;
    failure = nullptr;
    signals = {};
  }

  base::FunctionRef<bool(Transaction&)> work;
  bool succeeded = false;
  bool changed = false;
  std::exception_ptr failure;
  std::array<bool, 8> signals{};
  unsigned shared = 0;  // of every attempt
  std::binary_semaphore done{0};
};

struct Writer::Lane {
  std::unique_ptr<Connection> connection;
  bool committing = false;
  std::thread thread;
};

Writer::Writer(const Options& options, const Statements& statements, const Presence& presence,
               Listener& listener, std::function<void(unsigned)> changed)
    : options_(options),
      statements_(statements),
      presence_(presence),
      listener_(listener),
      changed_(std::move(changed)),
      allowed_(std::max(1, options.writers)) {
  for (int i = 0; i < allowed_; ++i) lanes_.push_back(std::make_unique<Lane>());
  connected(*lanes_.front());
  for (const auto& lane : lanes_) lane->thread = std::thread([this, &lane = *lane] { work(lane); });
}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  queued_.notify_all();
  for (const auto& lane : lanes_) lane->thread.join();
}

void Writer::run(base::FunctionRef<bool(Transaction&)> work) {
  Unit unit{.work = work};
  {
    const std::lock_guard lock(mutex_);
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

void Writer::work(Lane& lane) {
  Batch batch;
  while (take(batch)) {
    carry_out(lane, batch);
    give_back_turn();
  }
}

// False when there is nothing more to do.
bool Writer::take(Batch& batch) {
  std::unique_lock lock(mutex_);
  queued_.wait(lock, [this] { return queue_.empty() ? stopping_ : at_work_ < allowed_; });
  if (queue_.empty()) return false;
  batch.clear();
  while (!queue_.empty() && batch.size() < options_.batch) {
    batch.push_back(queue_.front());
    queue_.pop_front();
  }
  ++at_work_;
  return true;
}

void Writer::give_back_turn() {
  bool more = false;
  {
    const std::lock_guard lock(mutex_);
    --at_work_;
    more = !queue_.empty() || stopping_;
  }
  if (more) queued_.notify_all();
}

void Writer::carry_out(Lane& lane, const Batch& batch) {
  int conflicts = 0;
  int lost = 0;
  while (true) {
    try {
      lane.committing = false;
      attempt(lane, batch);
      note_commit();
      return acknowledge(batch);
    } catch (const Conflict&) {
      lane.connection->abandon();
      note_conflict();
      if (++conflicts >= most_conflicts_together && apart(lane, batch)) return;
      if (conflicts >= most_conflicts) return fail(batch, std::current_exception());
      pause_after(conflicts);
    } catch (const Lost& failure) {
      const std::int64_t id = lane.connection ? lane.connection->transaction_id() : 0;
      lane.connection.reset();
      if (std::exchange(lane.committing, false)) {
        spdlog::warn("the connection broke during a commit: {}", failure.what());
        try {
          if (was_committed(id)) return acknowledge(batch);
        } catch (...) {
          return fail(batch, std::current_exception());
        }
      }
      if (++lost > most_connections) return fail(batch, std::current_exception());
    } catch (...) {
      if (lane.connection) lane.connection->abandon();
      if (!apart(lane, batch)) return fail(batch, std::current_exception());
      return;
    }
  }
}

bool Writer::apart(Lane& lane, const Batch& batch) {
  if (batch.size() == 1) return false;
  for (Unit* unit : batch) carry_out(lane, {unit});
  return true;
}

void Writer::attempt(Lane& lane, const Batch& batch) {
  Connection& connection = connected(lane);
  const auto undo = batch.size() > 1 ? UnitTransaction::Undo::alone : UnitTransaction::Undo::whole;
  for (Unit* unit : batch) unit->begin_anew();
  connection.send(Frame::begin);
  for (Unit* unit : batch) run_unit(connection, *unit, undo);
  commit(lane, batch);
}

// What the unit itself throws is its own; what the server refused ends the transaction.
void Writer::run_unit(Connection& connection, Unit& unit, UnitTransaction::Undo undo) {
  UnitTransaction tx(connection, undo);
  try {
    unit.succeeded = unit.work(tx);
  } catch (...) {
    unit.failure = std::current_exception();
  }
  unit.shared |= tx.shared();
  if (connection.error()) std::rethrow_exception(connection.error());
  unit.changed = unit.succeeded && tx.changed();
  unit.signals = tx.signals();
  tx.end(unit.succeeded);
}

void Writer::commit(Lane& lane, const Batch& batch) {
  Connection& connection = *lane.connection;
  std::array<bool, 8> signals{};
  bool changed = false;
  for (const Unit* unit : batch) {
    changed = changed || unit->changed;
    for (std::size_t i = 0; i < signals.size(); ++i)
      signals[i] = signals[i] || (unit->succeeded && unit->signals[i]);
  }
  if (std::ranges::find(signals, true) != signals.end()) {
    const std::string payload = listener_.payload(signals);
    const Value value{.kind = Value::Kind::text, .integer = 0, .text = payload};
    connection.send(Frame::notify, {&value, 1});
  } else if (!changed) {
    // A unit alone that failed has no savepoint.
    connection.send(Frame::rollback);
    connection.settle();
    return;
  }
  if (changed) {
    connection.send(Frame::transaction_id);
    connection.settle();
    lane.committing = true;
  }
  connection.send(Frame::commit);
  connection.settle();
  if (!connection.committed()) throw Unavailable("the server did not commit");
  lane.committing = false;
}

// Throws OutcomeUnknown when nobody can say.
bool Writer::was_committed(std::int64_t transaction_id) const {
  const auto deadline = std::chrono::steady_clock::now() + options_.outcome_patience;
  while (std::chrono::steady_clock::now() < deadline) {
    try {
      Connection connection(options_, Connection::Use::plain);
      const std::string status =
          connection.ask(fmt::format("SELECT pg_xact_status('{}'::xid8)", transaction_id));
      spdlog::warn("transaction {} was {}", transaction_id, status.empty() ? "forgotten" : status);
      if (status == "committed") return true;
      if (status == "aborted") return false;
      if (status.empty()) break;
    } catch (const Unavailable& failure) {
      spdlog::warn("the outcome of transaction {} cannot be asked for: {}", transaction_id, failure.what());
    }
    std::this_thread::sleep_for(longest_pause);
  }
  throw OutcomeUnknown(fmt::format("the server went away while it committed transaction {}", transaction_id));
}

void Writer::acknowledge(const Batch& batch) {
  std::array<bool, 8> signals{};
  unsigned shared = 0;
  for (const Unit* unit : batch) {
    shared |= unit->shared;
    for (std::size_t i = 0; i < signals.size(); ++i)
      signals[i] = signals[i] || (unit->succeeded && unit->signals[i]);
  }
  if (shared != 0) changed_(shared);
  units_ += batch.size();
  for (Unit* unit : batch) unit->done.release();
  listener_.wake(signals);
}

void Writer::fail(const Batch& batch, const std::exception_ptr& failure) {
  unsigned shared = 0;
  for (Unit* unit : batch) {
    shared |= unit->shared;
    unit->failure = failure;
  }
  if (shared != 0) changed_(shared);
  for (Unit* unit : batch) unit->done.release();
}

void Writer::note_conflict() {
  ++conflicts_;
  const std::lock_guard lock(mutex_);
  allowed_ = std::max(1, allowed_ / 2);
  calm_ = 0;
}

void Writer::note_commit() {
  ++commits_;
  const std::lock_guard lock(mutex_);
  if (++calm_ < calm_commits * allowed_ || allowed_ >= static_cast<int>(lanes_.size())) return;
  ++allowed_;
  calm_ = 0;
}

Connection& Writer::connected(Lane& lane) {
  if (lane.connection && lane.connection->broken()) lane.connection.reset();
  if (!lane.connection) {
    auto connection = std::make_unique<Connection>(options_, Connection::Use::writing);
    connection->use(statements_);
    presence_.enter(*connection);
    lane.connection = std::move(connection);
  }
  return *lane.connection;
}

}  // namespace storage::postgres
