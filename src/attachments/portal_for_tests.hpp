// An installation in a directory of its own, for the tests of this module.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "attachments/uploads.hpp"
#include "blobs/file_store.hpp"
#include "storage/sqlite/database.hpp"

namespace attachments::for_tests {

inline constexpr people::Viewer anna{.id = {1}, .account_id = {10}, .role = people::Role::customer};
inline constexpr people::Viewer boris{.id = {2}, .account_id = {20}, .role = people::Role::customer};
inline constexpr people::Viewer maria{.id = {3}, .account_id = {90}, .role = people::Role::agent};

class Directory {
 public:
  Directory() : path_(testing::TempDir() + "uploads-XXXXXX") {
    if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("mkdtemp");
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline UploadOptions without_limits() {
  UploadOptions options;
  options.spared = 0;
  options.thumbnailer = make_thumbnail;
  return options;
}

// Database and store of one installation; made anew it is the same after a restart.
struct Portal {
  explicit Portal(const std::string& data, UploadOptions options = without_limits(),
                  const std::string& files = {})
      : database({.path = data + "/otklik.db"}),
        store(files.empty() ? data : files),
        uploads(database, store, std::move(options)) {}

  Upload create(std::int64_t size, const people::Viewer& viewer = anna, base::DraftId draft = {}) const {
    return uploads.create(viewer, {.name = "снимок.png", .size = size, .draft = draft}).value();
  }

  // A whole upload of these bytes.
  Upload bring(std::string_view bytes, const people::Viewer& viewer = anna, base::DraftId draft = {}) const {
    Upload upload = create(static_cast<std::int64_t>(bytes.size()), viewer, draft);
    if (bytes.empty()) return upload;
    const auto piece = uploads.append(viewer, upload.id, 0, PieceKind::plain).value();
    EXPECT_TRUE(piece->write(bytes));
    return piece->finish().value();
  }

  std::string content(const std::string& digest) {
    const auto opened = store.open(digest);
    if (!opened) return "(missing)";
    std::string bytes(opened->size, '\0');
    EXPECT_EQ(::pread(*opened->descriptor, bytes.data(), bytes.size(), 0),
              static_cast<ssize_t>(bytes.size()));
    return bytes;
  }

  base::Result<std::vector<Attachment>> attach_to(const Place& place, const std::vector<std::string>& ids,
                                                  const people::Viewer& viewer = anna) {
    return database.write([&](storage::Transaction& tx) { return attach(tx, viewer, place, ids); });
  }

  storage::sqlite::Database database;
  blobs::FileStore store;
  Uploads uploads;
};

}  // namespace attachments::for_tests
