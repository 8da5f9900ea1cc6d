// Puts the demo's files to the store.
#pragma once

#include <map>
#include <string>

#include "blobs/store.hpp"
#include "demo/rows.hpp"

namespace demo {

// Makes every file that the demo's cases may come with, and keeps it with its thumbnail. By the names of the
// files. Rows for the database are the caller's to write.
[[nodiscard]] std::map<std::string, Content> store_contents(blobs::Store& store, base::Instant day);

}  // namespace demo
