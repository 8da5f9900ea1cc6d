// Units of work over whichever engine holds the data.
//
//   auto page = db.read([&](Transaction& tx) { return cases::page(tx, viewer, query); });
//   auto opened = db.write([&](Transaction& tx) { return cases::open(tx, viewer, form); });
//
// `read` sees one consistent state. `write` commits only if the work returned success and returns only when
// that is durable. Work may be run more than once (engines retry conflicts), so it must leave nothing behind
// but what it wrote through its transaction. Both may block: call them on workers, never on a network thread.
// Safe to call from any thread; never from inside another unit.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "base/function_ref.hpp"
#include "storage/shared.hpp"
#include "storage/transaction.hpp"

namespace storage {

// The engine cannot do it now: disk full, file broken, server gone. Nothing of the unit was kept.
class Unavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A UNIQUE or CHECK constraint refused the row. Nothing of the unit was kept.
class ConstraintViolated : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The engine went away while it committed, and cannot be asked whether the unit was kept.
class OutcomeUnknown : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// What leaves a unit: the number of changed rows is asked for while it can be.
template <class R>
using Outcome = std::conditional_t<std::is_same_v<R, Changed>, std::int64_t, R>;

template <class T>
struct IsExpected : std::false_type {};
template <class T, class E>
struct IsExpected<std::expected<T, E>> : std::true_type {};

class Database {
 public:
  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  virtual ~Database() = default;

  template <class Work>
  auto read(Work&& work) {
    using R = Outcome<std::invoke_result_t<Work&, Transaction&>>;
    if constexpr (std::is_void_v<R>) {
      run_read([&](Transaction& tx) { work(tx); });
    } else {
      std::optional<R> result;
      run_read([&](Transaction& tx) { result.emplace(work(tx)); });
      return std::move(*result);
    }
  }

  template <class Work>
  auto write(Work&& work) {
    using R = Outcome<std::invoke_result_t<Work&, Transaction&>>;
    if constexpr (std::is_void_v<R>) {
      run_write([&](Transaction& tx) {
        work(tx);
        return true;
      });
    } else {
      std::optional<R> result;
      run_write([&](Transaction& tx) {
        result.emplace(work(tx));
        if constexpr (IsExpected<R>::value) {
          return result->has_value();
        } else {
          return true;
        }
      });
      return std::move(*result);
    }
  }

  // `wake` is called on the committing thread and must return at once.
  virtual void listen(Signal signal, std::function<void()> wake) = 0;

  // Grows with every commit that changes the set, before that commit is acknowledged: what was read while it
  // stood the same is still true. 0: this engine cannot tell, so nothing may be kept.
  [[nodiscard]] virtual std::uint64_t epoch(Shared) const { return 0; }

  // Runs units that fill an empty database with much at once. Until it returns the engine may do without what
  // only makes reading quick; nobody else should use the database meanwhile.
  virtual void fill(base::FunctionRef<void()> work) { work(); }

  // Whether no other process can have this database open: what was under way at the last stop is then
  // nobody's.
  [[nodiscard]] virtual bool exclusive() const { return false; }

  // For the log and the doctor: the engine's name and version.
  [[nodiscard]] virtual std::string describe() = 0;

 protected:
  virtual void run_read(base::FunctionRef<void(Transaction&)> work) = 0;
  virtual void run_write(base::FunctionRef<bool(Transaction&)> work) = 0;
};

}  // namespace storage
