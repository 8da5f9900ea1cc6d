#include "storage/sqlite/filling.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <utility>

namespace storage::sqlite {
namespace {

constexpr std::size_t batch_size = 1'000;
constexpr std::size_t batches_ahead = 50;
constexpr int cache_kib = 64 * 1024;
// More parts to merge at the end, but each is made within the processor's own memory: measured 1 to 64 MiB.
constexpr int words_in_memory = 4 << 20;

std::vector<std::string> texts(Connection& connection, const char* sql) {
  std::vector<std::string> found;
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(connection.handle(), sql, -1, &statement, nullptr);
  const Statement owned(statement);
  while (sqlite3_step(statement) == SQLITE_ROW)
    found.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)));
  return found;
}

constexpr const char* droppable =
    "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql LIKE 'CREATE INDEX %'";
constexpr const char* droppable_names =
    "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE 'CREATE INDEX %'";
constexpr const char* full_text_names =
    "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5%'";
constexpr const char* full_text =
    "SELECT sql FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5%'";

// An optimised full-text index is one large part on a low level, where it would soon be merged with 16 tiny
// ones inside somebody's commit. It belongs above many empty levels, as if it had grown. The record of the
// structure: 4 bytes, the number of levels, of parts and of writes as varints, then the levels, of which an
// empty one is two zeros.
std::string raised(std::string structure) {
  constexpr int levels = 6;
  constexpr std::size_t level_count = 4;
  std::size_t at = level_count;
  for (int number = 0; number < 3; ++number) {
    while (at < structure.size() && (static_cast<unsigned char>(structure[at]) & 0x80) != 0) ++at;
    ++at;
  }
  const bool known = at < structure.size() && structure[level_count] > 0 && structure[level_count] < 32;
  if (!known) return structure;
  structure[level_count] = static_cast<char>(structure[level_count] + levels);
  structure.insert(at, std::size_t{2} * levels, '\0');
  return structure;
}

void raise_level(Connection& connection, const std::string& table) {
  sqlite3* const database = connection.handle();
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database, fmt::format("SELECT block FROM main.{}_data WHERE id = 10", table).c_str(), -1,
                     &statement, nullptr);
  const Statement read(statement);
  if (sqlite3_step(read.get()) != SQLITE_ROW) return;
  const std::string structure = raised({static_cast<const char*>(sqlite3_column_blob(read.get(), 0)),
                                        static_cast<std::size_t>(sqlite3_column_bytes(read.get(), 0))});
  sqlite3_reset(read.get());
  sqlite3_prepare_v2(database, fmt::format("UPDATE main.{}_data SET block = ?1 WHERE id = 10", table).c_str(),
                     -1, &statement, nullptr);
  const Statement write(statement);
  sqlite3_bind_blob(write.get(), 1, structure.data(), static_cast<int>(structure.size()), SQLITE_STATIC);
  if (sqlite3_step(write.get()) != SQLITE_DONE)
    throw std::runtime_error(fmt::format("cannot finish filling: {}", sqlite3_errmsg(database)));
}

void set(Connection& connection, const std::string& table, const char* name, int value) {
  connection.execute(
      fmt::format("INSERT INTO {0} ({0}, rank) VALUES ('{1}', {2})", table, name, value).c_str());
}

}  // namespace

Filling::Filling(std::string path) : path_(std::move(path)), side_path_(path_ + ".filling") {
  Connection connection(path_, Mode::read_write, cache_kib);
  connection.execute("BEGIN IMMEDIATE");
  connection.execute("CREATE TABLE filling (begun INTEGER)");
  indexes_ = texts(connection, droppable);
  for (const std::string& name : texts(connection, droppable_names))
    connection.execute(("DROP INDEX " + name).c_str());
  connection.execute("COMMIT");

  word_tables_ = texts(connection, full_text_names);
  std::filesystem::remove(side_path_);
  {
    Connection side(side_path_, Mode::read_write, cache_kib);
    for (const std::string& create : texts(connection, full_text)) side.execute(create.c_str());
  }
  thread_ = std::thread([this] { work(); });
}

Filling::~Filling() {
  join();
  std::error_code ignored;
  for (const char* end : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(side_path_ + end, ignored);
}

void Filling::later(const Query& query, std::span<const Value> values) {
  if (!gathered_) gathered_ = std::make_unique<std::deque<LaterChange>>();
  gathered_->emplace_back(query, values);
  if (gathered_->size() >= batch_size) hand_over();
}

void Filling::hand_over() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return waiting_.size() < batches_ahead || failure_; });
  if (failure_) std::rethrow_exception(failure_);
  if (gathered_) waiting_.push_back(std::move(gathered_));
  changed_.notify_all();
}

void Filling::join() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void Filling::work() {
  try {
    Connection side(side_path_, Mode::read_write, cache_kib);
    side.execute("PRAGMA journal_mode = OFF");
    side.execute("PRAGMA synchronous = OFF");
    side.execute("BEGIN");
    for (const std::string& table : word_tables_) {
      set(side, table, "automerge", 0);
      set(side, table, "crisismerge", 1'000);
      set(side, table, "hashsize", words_in_memory);
    }
    while (true) {
      Batch batch;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
        if (waiting_.empty()) break;
        batch = std::move(waiting_.front());
        waiting_.pop_front();
        changed_.notify_all();
      }
      for (const LaterChange& change : *batch) side.change(*change.query, change.values);
    }
    for (const std::string& table : word_tables_)
      side.execute(fmt::format("INSERT INTO {0} ({0}) VALUES ('optimize')", table).c_str());
    side.execute("COMMIT");
  } catch (...) {
    const std::lock_guard lock(mutex_);
    failure_ = std::current_exception();
    changed_.notify_all();
  }
}

void Filling::finish() {
  if (gathered_) hand_over();
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    changed_.notify_all();
  }
  Connection connection(path_, Mode::read_write, cache_kib);
  connection.execute("PRAGMA threads = 2");
  for (const std::string& create : indexes_) connection.execute(create.c_str());
  join();
  if (failure_) std::rethrow_exception(failure_);
  copy_words(connection);
}

// The tables behind a full-text table hold all of it; see "shadow tables" in its documentation.
void Filling::copy_words(Connection& connection) const {
  connection.execute(fmt::format("ATTACH '{}' AS side", side_path_).c_str());
  connection.execute("BEGIN IMMEDIATE");
  for (const std::string& table : word_tables_) {
    for (const char* part : {"data", "idx"}) {
      connection.execute(fmt::format("DELETE FROM main.{}_{}", table, part).c_str());
      connection.execute(
          fmt::format("INSERT INTO main.{0}_{1} SELECT * FROM side.{0}_{1}", table, part).c_str());
    }
    raise_level(connection, table);
  }
  connection.execute("DROP TABLE filling");
  connection.execute("COMMIT");
  connection.execute("DETACH side");
}

void Filling::refuse_unfinished(Connection& connection, const std::string& path) {
  if (connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'filling'") == 0) return;
  throw std::runtime_error(fmt::format(
      "{} was being filled with generated data when the program was ended: remove it and generate again",
      path));
}

}  // namespace storage::sqlite
