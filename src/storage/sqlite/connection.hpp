// One connection to the embedded database: prepared statements by query, transactions, savepoints.
//
// Used by one thread at a time. Throws storage::Unavailable when the engine cannot go on and
// storage::ConstraintViolated when a constraint refuses a row.
#pragma once

#include <sqlite3.h>

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "storage/transaction.hpp"

namespace storage::sqlite {

enum class Mode : std::uint8_t { read_only, read_write };

struct StatementCloser {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, StatementCloser>;

class Connection {
 public:
  Connection(const std::string& path, Mode mode, int cache_kib);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  // Runs statements without parameters or results (DDL, PRAGMA).
  void execute(const char* sql);

  // The statements that frame units of work; prepared once.
  enum class Frame : std::uint8_t {
    begin_read,
    begin_write,
    commit,
    savepoint,
    undo_savepoint,
    release_savepoint
  };
  void frame(Frame frame);

  void select(const Query& query, std::span<const Value> values, base::FunctionRef<bool(const Row&)> take);
  std::int64_t change(const Query& query, std::span<const Value> values);

  // Prepares every query of the program, so that one the schema does not know fails at start.
  void prepare_all();

  [[nodiscard]] std::int64_t integer(const char* sql);
  [[nodiscard]] sqlite3* handle() const { return database_; }

 private:
  class Lease;
  static void configure_library();
  Statement prepare(std::string_view sql, bool kept) const;
  void run(sqlite3_stmt* statement, std::span<const Value> values, base::FunctionRef<bool(const Row&)> take);
  [[noreturn]] void raise(int code, std::string_view what) const;

  sqlite3* database_ = nullptr;
  std::vector<Statement> statements_;  // by Query::index
  std::array<Statement, 6> frames_;    // by Frame
};

}  // namespace storage::sqlite
