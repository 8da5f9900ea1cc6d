// One session with the server.
//
// Statements are sent without waiting for the answers of those before (libpq's pipeline mode): only a select,
// a number of changed rows that somebody asks for, and settle() wait. So an error may come to light later
// than its statement; it then ends the whole unit, and everything sent after it was not carried out.
//
// Used by one thread at a time. Throws what failure.hpp tells.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <deque>
#include <exception>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/function_ref.hpp"
#include "storage/postgres/options.hpp"
#include "storage/postgres/parameters.hpp"
#include "storage/postgres/result.hpp"
#include "storage/postgres/statements.hpp"
#include "storage/query.hpp"
#include "storage/value.hpp"

namespace storage::postgres {

struct ConnectionCloser {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};

class Connection {
 public:
  enum class Use : std::uint8_t { reading, writing, plain };

  // Throws Lost when the server cannot be reached or refuses.
  Connection(const Options& options, Use use);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Needed before any of the functions of a unit; must outlive the connection.
  void use(const Statements& statements);

  // Between units: several statements, without results.
  void execute(const std::string& sql);
  // Between units: the first column of the first row, empty when there is none.
  [[nodiscard]] std::string ask(const std::string& sql);

  // Within a unit.
  void select(const Query& query, std::span<const Value> values, base::FunctionRef<bool(const Row&)> take);
  // Whether a query changes something; a select may.
  [[nodiscard]] bool changes(const Query& query) const { return statements_->at(query.index).changes; }
  // Gives a ticket for rows_changed().
  std::size_t change(const Query& query, std::span<const Value> values);
  [[nodiscard]] std::int64_t rows_changed(std::size_t ticket);
  void send(Frame frame, std::span<const Value> values = {});
  // Waits for all answers.
  void settle();
  // The id that Frame::transaction_id has asked for, once settled.
  [[nodiscard]] std::int64_t transaction_id() const { return transaction_id_; }
  [[nodiscard]] bool committed() const { return committed_; }

  // Ends a unit that only read: nothing waits for the answer.
  void end_reading();
  // Ends a unit that failed, whatever state it is in.
  void abandon() noexcept;
  // What has ended the unit, if anything did.
  [[nodiscard]] std::exception_ptr error() const { return error_; }

  [[nodiscard]] bool broken() const { return broken_; }
  [[nodiscard]] PGconn* handle() const { return connection_.get(); }

 private:
  enum class Kind : std::uint8_t { parse, run, frame, wanted, sync };
  struct Pending {
    Kind kind;
    std::size_t statement;
    std::size_t ticket;
  };
  static constexpr std::size_t most_pending = 512;

  void enter_pipeline();
  void leave_pipeline();
  void queue(std::size_t index, std::span<const Value> values, Kind kind, std::size_t ticket);
  void require_sent(int sent);
  void flush_request();
  void sync();
  Result next();  // the answer to pending_.front(), which is taken away
  void take_next();
  void drain();
  void wait_for_answer();
  void flush();
  [[noreturn]] void fail(const std::exception_ptr& error);
  [[noreturn]] void lose(std::string_view what);

  std::unique_ptr<PGconn, ConnectionCloser> connection_;
  const Statements* statements_ = nullptr;
  std::vector<bool> prepared_;
  Parameters parameters_;
  std::deque<Pending> pending_;
  std::deque<std::int64_t> changed_;  // by ticket
  std::chrono::milliseconds patience_;
  std::exception_ptr error_;
  std::int64_t transaction_id_ = 0;
  bool committed_ = false;
  bool pipeline_ = false;
  bool broken_ = false;
};

}  // namespace storage::postgres
