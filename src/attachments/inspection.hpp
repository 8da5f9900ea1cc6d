// Whether database and store agree about the bytes of files. For the doctor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "blobs/store.hpp"
#include "storage/database.hpp"

namespace attachments {

enum class Depth : std::uint8_t {
  sizes,     // quick
  contents,  // reads every byte
};

struct Inspection {
  std::size_t blobs = 0;             // that the database knows
  std::vector<std::string> missing;  // digests without bytes
  std::vector<std::string> damaged;  // whose bytes are others than they were
  std::vector<std::string> strays;   // bytes that nothing refers to, such as a crash leaves

  [[nodiscard]] bool sound() const { return missing.empty() && damaged.empty(); }
};

// May run beside the server. Nothing is changed.
[[nodiscard]] Inspection inspect(storage::Database& database, blobs::Store& store, Depth depth);

// Removes strays that are strays still.
void remove_strays(storage::Database& database, blobs::Store& store, const std::vector<std::string>& strays);

}  // namespace attachments
