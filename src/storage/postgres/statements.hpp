// The texts that the program sends, with the types of their parameters as the server understands them.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <string>
#include <vector>

namespace storage::postgres {

// Types of pg_type that parameters and columns may have.
enum class Type : Oid {
  unknown = 0,
  boolean = 16,
  int8 = 20,
  int2 = 21,
  int4 = 23,
  text = 25,
  varchar = 1043,
  tsvector = 3614,
  tsquery = 3615
};

struct Statement {
  std::string name;
  std::string id;  // by which a session knows it
  std::string text;
  std::vector<Type> types;  // of $1, $2, …
  bool changes = false;
};

// Statements that frame units of work.
enum class Frame : std::uint8_t {
  begin,
  commit,
  rollback,
  savepoint,
  undo_savepoint,
  release_savepoint,
  transaction_id,
  notify
};
inline constexpr std::size_t frame_count = 8;

class Statements {
 public:
  // Asks the server about every query of the program. Throws std::logic_error that names the one which the
  // schema does not know. Blocks; `connection` must be in no transaction.
  explicit Statements(PGconn* connection);

  [[nodiscard]] std::size_t size() const { return all_.size(); }
  [[nodiscard]] const Statement& at(std::size_t index) const { return all_.at(index); }
  // Where a frame stands; queries stand at Query::index.
  [[nodiscard]] std::size_t index_of(Frame frame) const {
    return all_.size() - frame_count + static_cast<std::size_t>(frame);
  }

 private:
  std::vector<Statement> all_;
};

// The highest parameter that a text names, and whether it names each of them: those that it leaves out have
// no type which the server could find.
[[nodiscard]] std::vector<bool> named_parameters(const std::string& sql);

}  // namespace storage::postgres
