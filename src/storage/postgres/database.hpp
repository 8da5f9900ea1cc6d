// A PostgreSQL server: units that read on a pool of connections, units that write in lanes.
//
// Reads are REPEATABLE READ, writes SERIALIZABLE. Other nodes are woken by NOTIFY.
#pragma once

#include <array>
#include <atomic>

#include "storage/database.hpp"
#include "storage/postgres/listener.hpp"
#include "storage/postgres/options.hpp"
#include "storage/postgres/presence.hpp"
#include "storage/postgres/reader_pool.hpp"
#include "storage/postgres/statements.hpp"
#include "storage/postgres/writer.hpp"

namespace storage::postgres {

class Database final : public storage::Database {
 public:
  // Connects and brings the database to the newest schema. Throws Unavailable when the server cannot be
  // reached, std::logic_error that names a query which the schema does not know.
  explicit Database(Options options);

  void listen(Signal signal, std::function<void()> wake) override;
  // Zero while other nodes are connected: what they commit is heard of a moment later.
  std::uint64_t epoch(Shared set) const override;
  bool exclusive() const override { return listener_.solitude() != 0; }
  std::string describe() override;

  [[nodiscard]] Writer::Totals totals() const { return writer_.totals(); }

 protected:
  void run_read(base::FunctionRef<void(Transaction&)> work) override { readers_.run(work); }
  void run_write(base::FunctionRef<bool(Transaction&)> work) override { writer_.run(work); }

 private:
  static Statements prepare(const Options& options);
  void note_changed(unsigned shared);

  Options options_;
  Statements statements_;
  Presence presence_;
  std::array<std::atomic<std::uint64_t>, shared_count> changes_{1, 1};
  Listener listener_;
  ReaderPool readers_;
  Writer writer_;
};

}  // namespace storage::postgres
