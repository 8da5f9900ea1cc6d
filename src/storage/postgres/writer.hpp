// Units that write: several lanes, each a thread with a connection of its own, SERIALIZABLE.
//
// A lane takes the units that wait into one transaction and makes them durable with one commit. Units that
// cross with those of another lane or node are run again, after a moment; while that happens often fewer
// lanes work, so that crossing units meet in one transaction instead. A unit that the server refuses is told
// so alone: its neighbours are run again without it.
//
// The transaction's id is known before COMMIT is sent. When the connection breaks then, the server is asked
// what became of that id before anything is run again or acknowledged.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "storage/postgres/listener.hpp"
#include "storage/postgres/presence.hpp"
#include "storage/postgres/unit_transaction.hpp"
#include "storage/shared.hpp"

namespace storage::postgres {

class Writer {
 public:
  // All must outlive it. `changed` is told the sets (storage/shared.hpp) that a unit may have changed, before
  // the unit is acknowledged. Connects; throws what that throws.
  Writer(const Options& options, const Statements& statements, const Presence& presence, Listener& listener,
         std::function<void(unsigned)> changed);
  // Finishes what is queued.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Returns when the unit is durable, or has failed.
  void run(base::FunctionRef<bool(Transaction&)> work);

  struct Totals {
    std::uint64_t units = 0;
    std::uint64_t commits = 0;
    std::uint64_t conflicts = 0;
  };
  [[nodiscard]] Totals totals() const {
    return {.units = units_, .commits = commits_, .conflicts = conflicts_};
  }

 private:
  struct Unit;
  struct Lane;
  using Batch = std::vector<Unit*>;

  void work(Lane& lane);
  bool take(Batch& batch);
  void give_back_turn();

  void carry_out(Lane& lane, const Batch& batch);
  // Each of them alone, when there are several; false when there is one.
  bool apart(Lane& lane, const Batch& batch);
  void attempt(Lane& lane, const Batch& batch);
  void run_unit(Connection& connection, Unit& unit, UnitTransaction::Undo undo);
  void commit(Lane& lane, const Batch& batch);
  [[nodiscard]] bool was_committed(std::int64_t transaction_id) const;
  void acknowledge(const Batch& batch);
  void fail(const Batch& batch, const std::exception_ptr& failure);

  void note_conflict();
  void note_commit();
  Connection& connected(Lane& lane);

  const Options& options_;
  const Statements& statements_;
  const Presence& presence_;
  Listener& listener_;
  std::function<void(unsigned)> changed_;

  std::mutex mutex_;
  std::condition_variable queued_;
  std::deque<Unit*> queue_;
  bool stopping_ = false;
  int at_work_ = 0;
  int allowed_ = 1;  // lanes that may work at once
  int calm_ = 0;     // commits since the last conflict or the last lane more

  std::atomic<std::uint64_t> units_{0};
  std::atomic<std::uint64_t> commits_{0};
  std::atomic<std::uint64_t> conflicts_{0};
  std::vector<std::unique_ptr<Lane>> lanes_;
};

}  // namespace storage::postgres
