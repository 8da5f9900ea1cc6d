// Brings a database to the schema this program was built for.
//
// Migrations are the numbered files of `migrations/`, embedded in the program; `0007_name.sql` serves every
// engine, `0007_name.postgres.sql` takes its place on PostgreSQL. Each runs in a transaction of its own.
#pragma once

#include <string>
#include <vector>

namespace storage {

struct Migration {
  int version = 0;
  std::string name;
  std::string digest;  // of the text for all engines, so that an edited migration is noticed
  std::string sqlite;
  std::string postgres;
};

struct Applied {
  int version = 0;
  std::string digest;
};

// What an engine must be able to do.
class Schema {
 public:
  virtual ~Schema() = default;
  virtual std::vector<Applied> applied() = 0;
  virtual void apply(const Migration& migration) = 0;
};

// Every migration of this program, in order.
[[nodiscard]] const std::vector<Migration>& all_migrations();

// Throws std::runtime_error that says what to do when the database is newer than the program or when a
// migration that it has run was edited since.
void migrate(Schema& schema);

}  // namespace storage
