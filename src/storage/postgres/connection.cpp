#include "storage/postgres/connection.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "base/text.hpp"
#include "storage/postgres/failure.hpp"

namespace storage::postgres {
namespace {

// A row of a result in binary form: integers in network byte order, texts as they are.
class ResultRow final : public Row {
 public:
  ResultRow(const PGresult* result, int row) : result_(result), row_(row) {}

  bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }

  std::int64_t integer(int column) const override {
    if (is_null(column)) return 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(PQgetvalue(result_, row_, column));
    const int length = PQgetlength(result_, row_, column);
    if (is_text(column)) {
      std::int64_t value = 0;
      std::from_chars(reinterpret_cast<const char*>(bytes), reinterpret_cast<const char*>(bytes) + length,
                      value);
      return value;
    }
    std::uint64_t value = (bytes[0] & 0x80) != 0 && length > 1 ? ~std::uint64_t{0} : 0;
    for (int i = 0; i < length; ++i) value = value << 8 | bytes[i];
    return static_cast<std::int64_t>(value);
  }

  std::string_view text(int column) const override {
    if (is_null(column)) return {};
    if (!is_text(column)) throw std::logic_error("a column of numbers was read as text");
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }

 private:
  bool is_text(int column) const {
    const auto type = static_cast<Type>(PQftype(result_, column));
    return type == Type::text || type == Type::varchar;
  }

  const PGresult* result_;
  int row_;
};

// libpq's own words for a wrong URL repeat parts of it, and so perhaps of a password.
void require_readable(const std::string& url) {
  PQconninfoOption* const options = PQconninfoParse(url.c_str(), nullptr);
  if (options == nullptr)
    throw std::runtime_error("configuration: database.url: neither a postgres:// URL nor key=value pairs");
  PQconninfoFree(options);
}

// What the URL says comes last, and so wins.
std::unique_ptr<PGconn, ConnectionCloser> open(const Options& options) {
  require_readable(options.url);
  const std::string connect_timeout = std::to_string(options.connect_timeout.count());
  const std::string idle = std::to_string(options.keepalive.count());
  const std::string user_timeout = std::to_string(std::chrono::milliseconds(options.keepalive).count() * 3);
  const std::array names{"client_encoding",
                         "application_name",
                         "connect_timeout",
                         "keepalives_idle",
                         "keepalives_interval",
                         "keepalives_count",
                         "tcp_user_timeout",
                         "dbname",
                         static_cast<const char*>(nullptr)};
  const std::array values{"UTF8",
                          "otklik",
                          connect_timeout.c_str(),
                          idle.c_str(),
                          idle.c_str(),
                          "2",
                          user_timeout.c_str(),
                          options.url.c_str(),
                          static_cast<const char*>(nullptr)};
  std::unique_ptr<PGconn, ConnectionCloser> connection(PQconnectdbParams(names.data(), values.data(), 1));
  if (!connection) throw std::bad_alloc();
  if (PQstatus(connection.get()) != CONNECTION_OK)
    throw Lost(base::single_line(PQerrorMessage(connection.get())));
  return connection;
}

std::string session_of(const Options& options, Connection::Use use) {
  std::string sql = fmt::format("SET statement_timeout = {}; SET lock_timeout = {};",
                                options.statement_timeout.count(), options.lock_timeout.count());
  // Every query is written for an index, its tables in the order in which they are to be walked. So one plan
  // serves all values, made once; it must not guess that most rows fit.
  if (use != Connection::Use::plain) {
    sql += "SET plan_cache_mode = force_generic_plan; SET join_collapse_limit = 1;";
    for (const char* way : {"seqscan", "hashjoin", "mergejoin"})
      sql += fmt::format("SET enable_{} = off;", way);
    sql += "SET random_page_cost = 1.1; SET jit = off; SET max_parallel_workers_per_gather = 0;";
  }
  switch (use) {
    case Connection::Use::reading:
      sql += "SET default_transaction_isolation = 'repeatable read'; SET default_transaction_read_only = on;";
      break;
    case Connection::Use::writing:
      sql += "SET default_transaction_isolation = 'serializable';";
      break;
    case Connection::Use::plain:
      break;
  }
  return sql;
}

}  // namespace

Connection::Connection(const Options& options, Use use)
    : connection_(open(options)),
      patience_(options.statement_timeout.count() > 0 ? options.statement_timeout + std::chrono::seconds(5)
                                                      : std::chrono::hours(24)) {
  PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
  execute(session_of(options, use));
}

void Connection::use(const Statements& statements) {
  statements_ = &statements;
  prepared_.assign(statements.size(), false);
}

void Connection::execute(const std::string& sql) {
  static_cast<void>(ask(sql));
}

std::string Connection::ask(const std::string& sql) {
  leave_pipeline();
  const Result result(PQexec(connection_.get(), sql.c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status == PGRES_COMMAND_OK) return {};
  if (status == PGRES_TUPLES_OK)
    return PQntuples(result.get()) > 0 ? std::string(PQgetvalue(result.get(), 0, 0)) : std::string{};
  broken_ = PQstatus(connection_.get()) != CONNECTION_OK;
  std::rethrow_exception(failure(connection_.get(), result.get(), sql.substr(0, 200)));
}

void Connection::select(const Query& query, std::span<const Value> values,
                        base::FunctionRef<bool(const Row&)> take) {
  queue(query.index, values, Kind::wanted, 0);
  flush_request();
  while (pending_.front().kind != Kind::wanted) take_next();
  const Result result = next();
  const int rows = PQntuples(result.get());
  for (int row = 0; row < rows; ++row) {
    if (!take(ResultRow(result.get(), row))) return;
  }
}

std::size_t Connection::change(const Query& query, std::span<const Value> values) {
  const std::size_t ticket = changed_.size();
  changed_.push_back(-1);
  queue(query.index, values, Kind::run, ticket);
  return ticket;
}

std::int64_t Connection::rows_changed(std::size_t ticket) {
  if (changed_.at(ticket) < 0) {
    flush_request();
    while (changed_.at(ticket) < 0) take_next();
  }
  return changed_.at(ticket);
}

void Connection::send(Frame frame, std::span<const Value> values) {
  if (frame == Frame::begin) {
    drain();
    changed_.clear();
    transaction_id_ = 0;
    committed_ = false;
  }
  queue(statements_->index_of(frame), values, Kind::frame, static_cast<std::size_t>(frame));
}

void Connection::settle() {
  if (pending_.empty()) return;
  // After an end of a transaction the session is idle for the server too.
  const bool ends = pending_.back().kind == Kind::frame &&
                    (pending_.back().ticket == static_cast<std::size_t>(Frame::commit) ||
                     pending_.back().ticket == static_cast<std::size_t>(Frame::rollback));
  if (ends) {
    sync();
    flush();
  } else {
    flush_request();
  }
  while (!pending_.empty()) take_next();
}

void Connection::end_reading() {
  sync();
  flush();
}

void Connection::abandon() noexcept {
  try {
    if (!broken_) {
      sync();
      drain();
      if (PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) {
        queue(statements_->index_of(Frame::rollback), {}, Kind::frame,
              static_cast<std::size_t>(Frame::rollback));
        sync();
        drain();
      }
    }
  } catch (...) {
    broken_ = true;
  }
  error_ = nullptr;
}

void Connection::enter_pipeline() {
  if (pipeline_) return;
  if (PQsetnonblocking(connection_.get(), 1) != 0 || PQenterPipelineMode(connection_.get()) == 0)
    lose("pipeline");
  pipeline_ = true;
}

void Connection::leave_pipeline() {
  if (!pipeline_) return;
  drain();
  if (PQexitPipelineMode(connection_.get()) == 0 || PQsetnonblocking(connection_.get(), 0) != 0)
    lose("pipeline");
  pipeline_ = false;
}

void Connection::queue(std::size_t index, std::span<const Value> values, Kind kind, std::size_t ticket) {
  if (error_) std::rethrow_exception(error_);
  enter_pipeline();
  const Statement& statement = statements_->at(index);
  if (!prepared_[index]) {
    std::vector<Oid> types;
    for (const Type type : statement.types) types.push_back(static_cast<Oid>(type));
    require_sent(PQsendPrepare(connection_.get(), statement.id.c_str(), statement.text.c_str(),
                               static_cast<int>(types.size()), types.data()));
    pending_.push_back({.kind = Kind::parse, .statement = index, .ticket = 0});
    prepared_[index] = true;
  }
  parameters_.set(statement, values);
  require_sent(PQsendQueryPrepared(connection_.get(), statement.id.c_str(), parameters_.count(),
                                   parameters_.values(), parameters_.lengths(), parameters_.formats(), 1));
  pending_.push_back({.kind = kind, .statement = index, .ticket = ticket});
  if (pending_.size() >= most_pending && kind != Kind::wanted) {
    flush_request();
    while (pending_.size() > most_pending / 2) take_next();
  }
}

void Connection::require_sent(int sent) {
  if (sent == 0) lose(PQerrorMessage(connection_.get()));
}

void Connection::flush_request() {
  require_sent(PQsendFlushRequest(connection_.get()));
  flush();
}

void Connection::sync() {
  if (!pipeline_) return;
  require_sent(PQpipelineSync(connection_.get()));
  pending_.push_back({.kind = Kind::sync, .statement = 0, .ticket = 0});
}

// Reads while it writes, since a server whose answers nobody takes stops to listen.
void Connection::flush() {
  const auto deadline = std::chrono::steady_clock::now() + patience_;
  while (true) {
    const int left = PQflush(connection_.get());
    if (left == 0) return;
    if (left < 0 || std::chrono::steady_clock::now() > deadline) lose(PQerrorMessage(connection_.get()));
    pollfd waiting{.fd = PQsocket(connection_.get()), .events = POLLIN | POLLOUT, .revents = 0};
    ::poll(&waiting, 1, 1'000);
    if ((waiting.revents & POLLIN) != 0 && PQconsumeInput(connection_.get()) == 0)
      lose(PQerrorMessage(connection_.get()));
  }
}

void Connection::wait_for_answer() {
  const auto deadline = std::chrono::steady_clock::now() + patience_;
  while (PQisBusy(connection_.get()) != 0) {
    if (std::chrono::steady_clock::now() > deadline) lose("the server does not answer");
    pollfd waiting{.fd = PQsocket(connection_.get()), .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, 1'000) > 0 && PQconsumeInput(connection_.get()) == 0)
      lose(PQerrorMessage(connection_.get()));
  }
}

// Each answer but that of a sync is followed by an empty one.
Result Connection::next() {
  const Pending pending = pending_.front();
  wait_for_answer();
  Result result(PQgetResult(connection_.get()));
  if (!result) lose(PQerrorMessage(connection_.get()));
  const ExecStatusType status = PQresultStatus(result.get());
  pending_.pop_front();
  if (pending.kind == Kind::sync) {
    if (status != PGRES_PIPELINE_SYNC) lose("the answers are out of step");
    return result;
  }
  wait_for_answer();
  const Result end(PQgetResult(connection_.get()));
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return result;
  // Whatever was not carried out must be prepared again.
  if (pending.kind == Kind::parse) prepared_[pending.statement] = false;
  if (status == PGRES_PIPELINE_ABORTED && error_) return result;
  fail(failure(connection_.get(), result.get(), statements_->at(pending.statement).name));
}

void Connection::take_next() {
  const Pending pending = pending_.front();
  const Result result = next();
  if (pending.kind == Kind::run) {
    const char* const rows = PQcmdTuples(result.get());
    std::int64_t count = 0;
    std::from_chars(rows, rows + std::char_traits<char>::length(rows), count);
    changed_.at(pending.ticket) = count;
  } else if (pending.kind == Kind::frame) {
    if (pending.ticket == static_cast<std::size_t>(Frame::transaction_id))
      transaction_id_ = ResultRow(result.get(), 0).integer(0);
    // A transaction that had failed before answers ROLLBACK.
    if (pending.ticket == static_cast<std::size_t>(Frame::commit))
      committed_ = std::string_view(PQcmdStatus(result.get())) == "COMMIT";
  }
}

// Takes every answer that is still due, of a unit that has ended: what failed there is nobody's any more.
void Connection::drain() {
  while (!pending_.empty()) {
    try {
      next();
    } catch (const std::exception&) {
      if (broken_) throw;
    }
  }
  error_ = nullptr;
}

// Keeps the first error of a unit and throws it.
void Connection::fail(const std::exception_ptr& error) {
  if (!error_) error_ = error;
  if (PQstatus(connection_.get()) != CONNECTION_OK) broken_ = true;
  try {
    std::rethrow_exception(error);
  } catch (const Lost&) {
    broken_ = true;
    throw;
  }
}

void Connection::lose(std::string_view what) {
  broken_ = true;
  if (!error_) error_ = std::make_exception_ptr(Lost(base::single_line(what)));
  std::rethrow_exception(error_);
}

}  // namespace storage::postgres
