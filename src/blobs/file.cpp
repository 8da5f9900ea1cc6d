#include "blobs/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/worker_pool.hpp"

namespace blobs {
namespace {

[[noreturn]] void raise(std::string_view what) {
  const int error = errno;
  const std::string text = fmt::format("{}: {}", what, std::system_category().message(error));
  // EFBIG: a limit on the size of files, which is as good as a full disk to who uploads.
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) throw Full(text);
  throw Unavailable(text);
}

}  // namespace

File& File::operator=(File&& other) noexcept {
  if (this != &other) {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = std::exchange(other.descriptor_, -1);
  }
  return *this;
}

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

File open_file(const std::filesystem::path& path) {
  File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file && errno != ENOENT) raise(path.native());
  return file;
}

File create_file(const std::filesystem::path& path) {
  File file(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) raise(path.native());
  return file;
}

std::uint64_t size_of(const File& file) {
  struct stat status{};
  if (::fstat(file.descriptor(), &status) != 0) raise("fstat");
  return static_cast<std::uint64_t>(status.st_size);
}

void append(const File& file, std::string_view bytes) {
  const base::Blocking blocking;
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.descriptor(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) raise("write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void truncate(const File& file, std::uint64_t size) {
  if (::ftruncate(file.descriptor(), static_cast<off_t>(size)) != 0) raise("ftruncate");
}

void sync(const File& file) {
  const base::Blocking blocking;
  if (::fsync(file.descriptor()) != 0) raise("fsync");
}

void sync_directory(const std::filesystem::path& directory) {
  const File file(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!file) raise(directory.native());
  sync(file);
}

void make_directories(const std::filesystem::path& directory) {
  if (::mkdir(directory.c_str(), 0700) == 0) {
    sync_directory(directory.has_parent_path() ? directory.parent_path() : ".");
    return;
  }
  if (errno == EEXIST) return;
  if (errno != ENOENT || !directory.has_parent_path()) raise(directory.native());
  make_directories(directory.parent_path());
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) raise(directory.native());
  sync_directory(directory.parent_path());
}

std::size_t read_at(const File& file, std::uint64_t offset, char* buffer, std::size_t size) {
  const base::Blocking blocking;
  std::size_t got = 0;
  while (got < size) {
    const ssize_t now =
        ::pread(file.descriptor(), buffer + got, size - got, static_cast<off_t>(offset + got));
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) raise("read");
    if (now == 0) break;
    got += static_cast<std::size_t>(now);
  }
  return got;
}

std::uint64_t free_space(const std::filesystem::path& path) {
  struct statvfs status{};
  if (::statvfs(path.c_str(), &status) != 0) raise(path.native());
  return std::uint64_t{status.f_bavail} * status.f_frsize;
}

}  // namespace blobs
