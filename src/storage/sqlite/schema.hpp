// How migrations are applied to the embedded engine.
#pragma once

#include "storage/migrator.hpp"
#include "storage/sqlite/connection.hpp"

namespace storage::sqlite {

// BIGINT is written INTEGER here, so that a BIGINT PRIMARY KEY is the row's own key; a table whose key has
// several columns lies in the order of that key.
class Schema final : public storage::Schema {
 public:
  explicit Schema(Connection& connection) : connection_(connection) {}

  std::vector<Applied> applied() override;
  void apply(const Migration& migration) override;

  // Filling does without the indexes that refuse nothing. What is dropped is written down beside the data, so
  // that the next start restores it when the filling was killed. All three run inside a transaction.
  void drop_indexes();
  // One of those dropped; false when there is none.
  bool restore_index();
  void restore_indexes();

 private:
  Connection& connection_;
};

}  // namespace storage::sqlite
