// A unit of work on a connection.
#pragma once

#include <array>

#include "storage/postgres/connection.hpp"
#include "storage/transaction.hpp"

namespace storage::postgres {

class UnitTransaction final : public Transaction {
 public:
  // With a savepoint before its first change, so that it can be undone alone.
  enum class Undo : std::uint8_t { whole, alone };

  UnitTransaction(Connection& connection, Undo undo) : connection_(connection), undo_(undo) {}

  void select(const Query& query, std::span<const Value> values,
              base::FunctionRef<bool(const Row&)> take) override;
  Changed change(const Query& query, std::span<const Value> values) override;
  void attempt(base::FunctionRef<void()> part) override;
  void signal(Signal signal) override { signals_[static_cast<std::size_t>(signal)] = true; }
  std::int64_t rows_changed(std::size_t ticket) override { return connection_.rows_changed(ticket); }

  // Puts what was changed back, or keeps it.
  void end(bool keep);

  [[nodiscard]] bool changed() const { return changed_; }
  [[nodiscard]] unsigned shared() const { return shared_; }
  [[nodiscard]] const std::array<bool, 8>& signals() const { return signals_; }

 private:
  void begin_change(const Query& query);
  void begin();

  Connection& connection_;
  Undo undo_;
  bool changed_ = false;
  unsigned shared_ = 0;
  std::array<bool, 8> signals_{};
};

}  // namespace storage::postgres
