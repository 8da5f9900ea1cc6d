#include "storage/sqlite/connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "storage/database.hpp"
#include "storage/sqlite/tokenizer.hpp"

namespace storage::sqlite {
namespace {

class StatementRow final : public Row {
 public:
  explicit StatementRow(sqlite3_stmt* statement) : statement_(statement) {}

  bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  std::string_view text(int column) const override {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  sqlite3_stmt* statement_;
};

int bind(sqlite3_stmt* statement, int position, const Value& value) {
  switch (value.kind) {
    case Value::Kind::null:
      return sqlite3_bind_null(statement, position);
    case Value::Kind::integer:
      return sqlite3_bind_int64(statement, position, value.integer);
    case Value::Kind::text:
      // A null pointer would bind NULL; an empty text is not NULL.
      return sqlite3_bind_text(statement, position, value.text.data() != nullptr ? value.text.data() : "",
                               static_cast<int>(value.text.size()), SQLITE_STATIC);
  }
  return SQLITE_MISUSE;
}

}  // namespace

// Gives the connection's own statement, or a fresh one where that is in use further up the stack.
class Connection::Lease {
 public:
  Lease(Connection& connection, const Query& query) {
    if (connection.statements_.size() <= query.index) connection.statements_.resize(query.index + 1);
    Statement& kept = connection.statements_[query.index];
    if (!kept) kept = connection.prepare(query.sqlite, true);
    if (sqlite3_stmt_busy(kept.get()) != 0) {
      own_ = connection.prepare(query.sqlite, false);
      statement_ = own_.get();
    } else {
      statement_ = kept.get();
    }
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }

  sqlite3_stmt* get() const { return statement_; }

 private:
  Statement own_;
  sqlite3_stmt* statement_ = nullptr;
};

// Once, before the library is used: its count of memory takes a lock for every allocation.
void Connection::configure_library() {
  static const bool configured = [] {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return true;
  }();
  static_cast<void>(configured);
}

Connection::Connection(const std::string& path, Mode mode, int cache_kib) {
  configure_library();
  const int access =
      mode == Mode::read_write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  const int code = sqlite3_open_v2(path.c_str(), &database_,
                                   access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  try {
    if (code != SQLITE_OK) raise(code, "open " + path);
    register_tokenizer(database_);
    sqlite3_busy_timeout(database_, 5'000);
    execute(fmt::format("PRAGMA cache_size = -{}", cache_kib).c_str());
    execute("PRAGMA temp_store = MEMORY");
    // Debian's default writes every freed page once more.
    execute("PRAGMA secure_delete = FAST");
    if (mode == Mode::read_write) {
      execute("PRAGMA journal_mode = WAL");
      execute("PRAGMA synchronous = FULL");
      execute("PRAGMA foreign_keys = ON");
      execute("PRAGMA wal_autocheckpoint = 4000");
      execute("PRAGMA journal_size_limit = 67108864");
    } else {
      execute("PRAGMA query_only = ON");
    }
  } catch (...) {
    sqlite3_close(database_);
    throw;
  }
}

Connection::~Connection() {
  statements_.clear();
  frames_ = {};
  sqlite3_close(database_);
}

void Connection::execute(const char* sql) {
  const int code = sqlite3_exec(database_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) raise(code, sql);
}

void Connection::frame(Frame frame) {
  static constexpr std::array<std::string_view, 6> texts{
      "BEGIN", "BEGIN IMMEDIATE", "COMMIT", "SAVEPOINT unit", "ROLLBACK TO unit", "RELEASE unit"};
  const auto place = static_cast<std::size_t>(frame);
  Statement& statement = frames_.at(place);
  if (!statement) statement = prepare(texts.at(place), true);
  const int code = sqlite3_step(statement.get());
  sqlite3_reset(statement.get());
  if (code != SQLITE_DONE) raise(code, texts.at(place));
}

void Connection::select(const Query& query, std::span<const Value> values,
                        base::FunctionRef<bool(const Row&)> take) {
  const Lease lease(*this, query);
  run(lease.get(), values, take);
}

std::int64_t Connection::change(const Query& query, std::span<const Value> values) {
  const Lease lease(*this, query);
  run(lease.get(), values, [](const Row&) { return true; });
  return sqlite3_changes64(database_);
}

void Connection::prepare_all() {
  for (const Query* query : all_queries()) {
    if (!query->sqlite.empty()) prepare(query->sqlite, false);
  }
}

std::int64_t Connection::integer(const char* sql) {
  const Statement statement = prepare(sql, false);
  std::int64_t value = 0;
  run(statement.get(), {}, [&](const Row& row) {
    value = row.integer(0);
    return false;
  });
  return value;
}

Statement Connection::prepare(std::string_view sql, bool kept) const {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()),
                                      kept ? SQLITE_PREPARE_PERSISTENT : 0U, &statement, nullptr);
  if (code != SQLITE_OK) {
    throw std::logic_error(fmt::format("cannot prepare a query: {}: {}", sqlite3_errmsg(database_), sql));
  }
  return Statement(statement);
}

void Connection::run(sqlite3_stmt* statement, std::span<const Value> values,
                     base::FunctionRef<bool(const Row&)> take) {
  // One list of values serves a family of queries, of which some leave the last ones unused.
  const auto used =
      std::min(values.size(), static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)));
  int position = 0;
  for (const Value& value : values.first(used)) {
    if (bind(statement, ++position, value) != SQLITE_OK) {
      throw std::logic_error(fmt::format("parameter {} does not fit: {}", position, sqlite3_sql(statement)));
    }
  }
  const StatementRow row(statement);
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    if (!take(row)) return;
  }
  if (code != SQLITE_DONE) raise(code, sqlite3_sql(statement));
}

void Connection::raise(int code, std::string_view what) const {
  const std::string message = fmt::format(
      "{} ({}): {}", database_ != nullptr ? sqlite3_errmsg(database_) : sqlite3_errstr(code), code, what);
  if ((code & 0xFF) == SQLITE_CONSTRAINT) throw ConstraintViolated(message);
  throw Unavailable(message);
}

}  // namespace storage::sqlite
