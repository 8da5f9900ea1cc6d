// Files on their way: they grow here, piece by piece, until they are whole and go to the store.
//
// One writer at a time has a file. The length of the file is the truth about how much has come, also after a
// crash.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "blobs/digest.hpp"
#include "blobs/file.hpp"

namespace blobs {

class Staging;

namespace detail {

// What is known of a staged file while it has a writer, and between two of its pieces.
struct Staged {
  std::mutex mutex;
  std::uint64_t writers = 0;  // so far; the newest one alone may write
  bool held = false;
  std::chrono::steady_clock::time_point written_at;
  Digest digest;  // of the first `digested` bytes
  std::uint64_t digested = 0;
};

}  // namespace detail

// The writer of a staged file. It loses the file to a later writer when it stands still, or when the file is
// removed. Used by one thread at a time.
class IncomingFile {
 public:
  IncomingFile(Staging& staging, std::string name, std::shared_ptr<detail::Staged> staged, File file);
  IncomingFile(const IncomingFile&) = delete;
  IncomingFile& operator=(const IncomingFile&) = delete;
  ~IncomingFile();

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const File& file() const { return file_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::filesystem::path path() const;

  // False when another writer has the file now; then nothing was written. Throws Full with the disk; what
  // fitted stays and is counted.
  [[nodiscard]] bool append(std::string_view bytes);

  // Whether no other writer has the file.
  [[nodiscard]] bool is_current() const;

  // A place to go back to.
  struct Mark {
    std::uint64_t size = 0;
    Digest digest;
    std::uint64_t digested = 0;
  };
  [[nodiscard]] Mark mark() const;
  // Forgets what came since. False when another writer has the file now.
  [[nodiscard]] bool go_back(const Mark& mark);

  // Returns when all that was appended is on the disk.
  void sync() const { blobs::sync(file_); }

  // Of the whole content. Reads the file only when some of it came before this process.
  [[nodiscard]] std::string digest();

 private:
  [[nodiscard]] bool is_mine() const { return staged_->writers == turn_; }

  Staging& staging_;
  std::string name_;
  std::shared_ptr<detail::Staged> staged_;
  std::uint64_t turn_;
  File file_;
  std::uint64_t size_;
};

class Staging {
 public:
  // Makes the directory when it is missing.
  explicit Staging(std::filesystem::path directory);

  // What to do about a writer that has the file: wait for nobody, or send it away.
  enum class Rival : std::uint8_t { respect, dismiss };

  // Opens the file for its next piece, or makes it. Empty when another writer is at work on it: one that has
  // brought something within the last `patience`. `name` is made of letters, digits, '-' and '_' alone.
  [[nodiscard]] std::unique_ptr<IncomingFile> open(const std::string& name, Rival rival = Rival::respect);

  // Bytes that have come so far; 0 when there is no such file.
  [[nodiscard]] std::uint64_t size(const std::string& name) const;

  // A writer that has the file learns of it with its next piece.
  void remove(const std::string& name);

  // Names of files that nobody has written to since `age` ago.
  [[nodiscard]] std::vector<std::string> untouched_for(std::chrono::seconds age) const;

  [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }

  static constexpr std::chrono::seconds patience{10};

 private:
  friend class IncomingFile;
  void release(const std::string& name, detail::Staged& staged, std::uint64_t turn);
  [[nodiscard]] std::filesystem::path path_of(const std::string& name) const;

  std::filesystem::path directory_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<detail::Staged>> staged_;
};

}  // namespace blobs
