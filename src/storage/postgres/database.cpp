#include "storage/postgres/database.hpp"

#include <fmt/format.h>

#include "storage/migrator.hpp"
#include "storage/postgres/schema.hpp"

namespace storage::postgres {

Database::Database(Options options)
    : options_(std::move(options)),
      statements_(prepare(options_)),
      listener_(options_, presence_),
      readers_(options_, statements_),
      writer_(options_, statements_, presence_, listener_,
              [this](unsigned shared) { note_changed(shared); }) {}

void Database::listen(Signal signal, std::function<void()> wake) {
  listener_.listen(signal, std::move(wake));
}

std::uint64_t Database::epoch(Shared set) const {
  constexpr int bits_of_changes = 40;
  const std::uint64_t solitude = listener_.solitude();
  return solitude == 0 ? 0 : solitude << bits_of_changes | changes_[static_cast<std::size_t>(set)].load();
}

std::string Database::describe() {
  Connection connection(options_, Connection::Use::plain);
  return fmt::format("PostgreSQL {}", connection.ask("SHOW server_version"));
}

Statements Database::prepare(const Options& options) {
  Connection connection(options, Connection::Use::plain);
  {
    Schema schema(connection);
    migrate(schema);
  }
  return Statements(connection.handle());
}

void Database::note_changed(unsigned shared) {
  for (std::size_t set = 0; set < changes_.size(); ++set) {
    if ((shared >> set & 1U) != 0) ++changes_[set];
  }
}

}  // namespace storage::postgres
