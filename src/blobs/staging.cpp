#include "blobs/staging.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace blobs {
namespace {

// Digests of files between two pieces, half a kilobyte each. Above, a file is read again when it is whole.
constexpr std::size_t most_remembered = 1024;

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= 128 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace

IncomingFile::IncomingFile(Staging& staging, std::string name, std::shared_ptr<detail::Staged> staged,
                           File file)
    : staging_(staging),
      name_(std::move(name)),
      staged_(std::move(staged)),
      turn_(staged_->writers),
      file_(std::move(file)),
      size_(size_of(file_)) {
  if (staged_->digested > size_) {
    staged_->digest = Digest();
    staged_->digested = 0;
  }
}

IncomingFile::~IncomingFile() {
  staging_.release(name_, *staged_, turn_);
}

std::filesystem::path IncomingFile::path() const {
  return staging_.path_of(name_);
}

bool IncomingFile::append(std::string_view bytes) {
  const std::lock_guard lock(staged_->mutex);
  if (!is_mine()) return false;
  const bool digest_follows = staged_->digested == size_;
  try {
    blobs::append(file_, bytes);
  } catch (...) {
    size_ = size_of(file_);
    throw;
  }
  size_ += bytes.size();
  if (digest_follows) {
    staged_->digest.update(bytes);
    staged_->digested = size_;
  }
  staged_->written_at = std::chrono::steady_clock::now();
  return true;
}

bool IncomingFile::is_current() const {
  const std::lock_guard lock(staged_->mutex);
  return is_mine();
}

IncomingFile::Mark IncomingFile::mark() const {
  const std::lock_guard lock(staged_->mutex);
  return {.size = size_, .digest = staged_->digest, .digested = staged_->digested};
}

bool IncomingFile::go_back(const Mark& mark) {
  const std::lock_guard lock(staged_->mutex);
  if (!is_mine()) return false;
  truncate(file_, mark.size);
  size_ = mark.size;
  staged_->digest = mark.digest;
  staged_->digested = mark.digested;
  return true;
}

std::string IncomingFile::digest() {
  {
    const std::lock_guard lock(staged_->mutex);
    if (staged_->digested == size_) return staged_->digest.hex();
  }
  Digest whole;
  for_each_piece(file_, [&](std::string_view piece) { whole.update(piece); });
  return whole.hex();
}

Staging::Staging(std::filesystem::path directory) : directory_(std::move(directory)) {
  make_directories(directory_);
}

std::filesystem::path Staging::path_of(const std::string& name) const {
  if (!is_name(name)) throw std::invalid_argument("not the name of a staged file");
  return directory_ / name;
}

std::unique_ptr<IncomingFile> Staging::open(const std::string& name, Rival rival) {
  const auto path = path_of(name);
  const std::lock_guard lock(mutex_);
  const auto known = staged_.find(name);
  auto staged = known != staged_.end() ? known->second : std::make_shared<detail::Staged>();

  // Who holds the lock is writing at this moment.
  std::unique_lock turn(staged->mutex, std::defer_lock);
  if (rival == Rival::dismiss) {
    turn.lock();
  } else if (!turn.try_lock()) {
    return nullptr;
  }
  const auto now = std::chrono::steady_clock::now();
  if (staged->held && rival == Rival::respect && now - staged->written_at < patience) return nullptr;
  auto file = create_file(path);
  ++staged->writers;
  staged->held = true;
  staged->written_at = now;
  staged_[name] = staged;
  return std::make_unique<IncomingFile>(*this, name, std::move(staged), std::move(file));
}

void Staging::release(const std::string& name, detail::Staged& staged, std::uint64_t turn) {
  const std::lock_guard lock(mutex_);
  {
    const std::lock_guard mine(staged.mutex);
    if (staged.writers != turn) return;
    staged.held = false;
    if (staged.digested != 0 && staged_.size() <= most_remembered) return;
  }
  const auto found = staged_.find(name);
  if (found != staged_.end() && found->second.get() == &staged) staged_.erase(found);
}

std::uint64_t Staging::size(const std::string& name) const {
  struct stat status{};
  const auto path = path_of(name);
  if (::stat(path.c_str(), &status) == 0) return static_cast<std::uint64_t>(status.st_size);
  if (errno == ENOENT) return 0;
  throw Unavailable(path.native() + ": " + std::system_category().message(errno));
}

void Staging::remove(const std::string& name) {
  const auto path = path_of(name);
  const std::lock_guard lock(mutex_);
  if (const auto found = staged_.find(name); found != staged_.end()) {
    const std::lock_guard turn(found->second->mutex);
    ++found->second->writers;
    found->second->held = false;
  }
  staged_.erase(name);
  ::unlink(path.c_str());
}

std::vector<std::string> Staging::untouched_for(std::chrono::seconds age) const {
  std::vector<std::string> names;
  const auto before = std::filesystem::file_time_type::clock::now() - age;
  for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
    std::error_code gone;  // a file may vanish while we look
    const auto written_at = entry.last_write_time(gone);
    if (!gone && written_at < before && is_name(entry.path().filename().native())) {
      names.push_back(entry.path().filename());
    }
  }
  return names;
}

}  // namespace blobs
