#include "blobs/file_store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "base/random.hpp"

namespace blobs {
namespace {

constexpr std::string_view thumbnail_ending = ".thumbnail";
constexpr std::string_view unfinished_ending = ".new-";  // and something random

// A file that takes its real name only when it is whole. What a crash leaves is found by its name.
class NewFile {
 public:
  explicit NewFile(const std::filesystem::path& path)
      : path_(path),
        temporary_(fmt::format("{}{}{}", path.native(), unfinished_ending, base::random_token(9))) {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
  }

  [[nodiscard]] const std::string& temporary() const { return temporary_; }

  void write(std::string_view bytes) {
    if (!file_) file_ = create_file(temporary_);
    append(file_, bytes);
  }

  void take_name() {
    if (file_) sync(file_);
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) {
      throw Unavailable(
          fmt::format("cannot rename to {}: {}", path_.native(), std::system_category().message(errno)));
    }
    temporary_.clear();
  }

 private:
  std::filesystem::path path_;
  std::string temporary_;
  File file_;
};

// A second name for the same bytes; where the disk knows no such thing, a copy of them.
void duplicate(const std::filesystem::path& from, const std::filesystem::path& to) {
  NewFile file(to);
  if (::link(from.c_str(), file.temporary().c_str()) != 0) {
    const File source = open_file(from);
    if (!source) throw Unavailable(fmt::format("{} is gone", from.native()));
    file.write({});
    for_each_piece(source, [&](std::string_view piece) { file.write(piece); });
  }
  file.take_name();
}

std::optional<Opened> open_for_reading(const std::filesystem::path& path) {
  File file = open_file(path);
  if (!file) return std::nullopt;
  const std::uint64_t size = size_of(file);
  auto descriptor = std::shared_ptr<const int>(new int(file.descriptor()), [](const int* closing) {
    ::close(*closing);
    delete closing;
  });
  static_cast<void>(file.release());
  return Opened{.descriptor = std::move(descriptor), .size = size};
}

}  // namespace

FileStore::FileStore(const std::filesystem::path& data)
    : Store(data / "uploads"), directory_(data / "blobs") {
  make_directories(directory_);
}

std::filesystem::path FileStore::path_of(const std::string& digest) const {
  if (!is_digest(digest)) throw std::invalid_argument("not a digest");
  return directory_ / digest.substr(0, 2) / digest.substr(2, 2) / digest;
}

std::filesystem::path FileStore::thumbnail_of(const std::string& digest) const {
  return path_of(digest) += thumbnail_ending;
}

void FileStore::put(const std::string& digest, const std::filesystem::path& file) {
  const auto path = path_of(digest);
  make_directories(path.parent_path());
  const File present = open_file(path);
  // A file of another length was cut short by something outside: the whole one takes its place.
  if (!present || size_of(present) != std::filesystem::file_size(file)) duplicate(file, path);
  sync_directory(path.parent_path());
}

void FileStore::put_thumbnail(const std::string& digest, std::string_view bytes) {
  const auto path = thumbnail_of(digest);
  make_directories(path.parent_path());
  NewFile file(path);
  file.write(bytes);
  file.take_name();
}

std::optional<Opened> FileStore::open(const std::string& digest) {
  return open_for_reading(path_of(digest));
}

std::optional<Opened> FileStore::open_thumbnail(const std::string& digest) {
  return open_for_reading(thumbnail_of(digest));
}

void FileStore::remove(const std::string& digest) {
  ::unlink(thumbnail_of(digest).c_str());
  ::unlink(path_of(digest).c_str());
}

void FileStore::list(base::FunctionRef<bool(const std::string&, std::uint64_t)> take) {
  std::error_code gone;  // files may vanish while we look
  for (auto at = std::filesystem::recursive_directory_iterator(directory_, gone);
       at != std::filesystem::recursive_directory_iterator(); at.increment(gone)) {
    const std::string name = at->path().filename();
    if (!is_digest(name)) continue;
    const std::uint64_t size = at->file_size(gone);
    if (!gone && !take(name, size)) return;
  }
}

Condition FileStore::verify(const std::string& digest) {
  const File file = open_file(path_of(digest));
  if (!file) return Condition::missing;
  Digest content;
  for_each_piece(file, [&](std::string_view piece) { content.update(piece); });
  return content.hex() == digest ? Condition::sound : Condition::damaged;
}

}  // namespace blobs
