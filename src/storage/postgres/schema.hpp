// How migrations are applied to PostgreSQL.
#pragma once

#include "storage/migrator.hpp"
#include "storage/postgres/connection.hpp"

namespace storage::postgres {

// Texts are compared by their bytes here too (COLLATE "C"), so that lists have one order on every engine.
// While one of these lives no other node migrates: the second to start waits and finds nothing to do.
class Schema final : public storage::Schema {
 public:
  // Throws std::runtime_error for a database that does not hold texts as UTF-8.
  explicit Schema(Connection& connection);
  ~Schema() override;

  std::vector<Applied> applied() override;
  void apply(const Migration& migration) override;

 private:
  Connection& connection_;
};

}  // namespace storage::postgres
