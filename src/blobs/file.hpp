// Files of the operating system, with the promise that what was synced survives a power cut.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace blobs {

// The disk cannot do it now. What was written before stays.
class Unavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// There is no room left on the disk, or no more than is kept for the database.
class Full : public Unavailable {
 public:
  using Unavailable::Unavailable;
};

// An open file, closed with its owner.
class File {
 public:
  File() = default;
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  File& operator=(File&& other) noexcept;
  ~File();

  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] explicit operator bool() const { return descriptor_ >= 0; }
  [[nodiscard]] int release() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_ = -1;
};

// For reading. Empty when there is none.
[[nodiscard]] File open_file(const std::filesystem::path& path);
// For reading and appending, made when missing; readable by its owner alone.
[[nodiscard]] File create_file(const std::filesystem::path& path);

[[nodiscard]] std::uint64_t size_of(const File& file);

// All of it or an exception: `Full` when the disk is. What fitted stays written.
void append(const File& file, std::string_view bytes);

void truncate(const File& file, std::uint64_t size);

// Returns when the content is on the disk.
void sync(const File& file);
// The same for the names in a directory.
void sync_directory(const std::filesystem::path& directory);

// Makes what is missing on the way to `directory`, durably.
void make_directories(const std::filesystem::path& directory);

// Calls `take(std::string_view)` for the whole content in pieces of at most 256 KiB.
template <class Take>
void for_each_piece(const File& file, Take take);

// Reads up to `size` bytes at `offset`; less only at the end of the file.
[[nodiscard]] std::size_t read_at(const File& file, std::uint64_t offset, char* buffer, std::size_t size);

// Bytes that ordinary processes may still write to the disk that holds `path`.
[[nodiscard]] std::uint64_t free_space(const std::filesystem::path& path);

template <class Take>
void for_each_piece(const File& file, Take take) {
  std::string buffer(256 * 1024, '\0');
  for (std::uint64_t offset = 0;;) {
    const std::size_t got = read_at(file, offset, buffer.data(), buffer.size());
    if (got == 0) return;
    take(std::string_view(buffer.data(), got));
    offset += got;
  }
}

}  // namespace blobs
