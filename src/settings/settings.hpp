// What administrators change about the portal while it runs: its name and how support is reached.
#pragma once

#include <memory>

#include "settings/portal.hpp"
#include "storage/database.hpp"
#include "storage/transaction.hpp"

namespace settings {

[[nodiscard]] Portal read(storage::Transaction& tx);
void write(storage::Transaction& tx, const Portal& portal);

// The same, kept in memory while nothing changes it. Safe to call from any thread.
[[nodiscard]] std::shared_ptr<const Portal> current(storage::Database& database);

}  // namespace settings
