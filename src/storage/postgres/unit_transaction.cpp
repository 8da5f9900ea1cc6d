#include "storage/postgres/unit_transaction.hpp"

namespace storage::postgres {

void UnitTransaction::select(const Query& query, std::span<const Value> values,
                             base::FunctionRef<bool(const Row&)> take) {
  if (connection_.changes(query)) begin_change(query);
  connection_.select(query, values, take);
}

Changed UnitTransaction::change(const Query& query, std::span<const Value> values) {
  begin_change(query);
  return {*this, connection_.change(query, values)};
}

void UnitTransaction::attempt(base::FunctionRef<void()> part) {
  begin();
  connection_.send(Frame::savepoint);
  try {
    part();
    connection_.settle();
  } catch (...) {
    // After an error of the server the whole unit is lost; nothing can be sent any more.
    if (!connection_.error()) {
      connection_.send(Frame::undo_savepoint);
      connection_.send(Frame::release_savepoint);
    }
    throw;
  }
  connection_.send(Frame::release_savepoint);
}

void UnitTransaction::end(bool keep) {
  if (!changed_ || undo_ == Undo::whole) return;
  if (!keep) connection_.send(Frame::undo_savepoint);
  connection_.send(Frame::release_savepoint);
}

void UnitTransaction::begin_change(const Query& query) {
  shared_ |= query.shared;
  begin();
}

void UnitTransaction::begin() {
  if (changed_) return;
  changed_ = true;
  if (undo_ == Undo::alone) connection_.send(Frame::savepoint);
}

}  // namespace storage::postgres
