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

 private:
  Connection& connection_;
};

}  // namespace storage::sqlite
