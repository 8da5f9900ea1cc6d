#include "attachments/media_type.hpp"

#include <magic.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>
#include <vector>

namespace attachments {
namespace {

constexpr std::size_t looked_at = 256 * 1024;  // bytes from the beginning
constexpr const char* unknown = "application/octet-stream";

struct MagicCloser {
  void operator()(magic_t handle) const { magic_close(handle); }
};
using Magic = std::unique_ptr<std::remove_pointer_t<magic_t>, MagicCloser>;

Magic open_magic() {
  Magic handle(magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF |
                          MAGIC_NO_CHECK_TOKENS | MAGIC_NO_CHECK_APPTYPE));
  if (handle && magic_load(handle.get(), nullptr) != 0) handle.reset();
  return handle;
}

// A handle serves one thread at a time and holds the whole list of signatures, so there are only as many as
// were ever needed at once.
class Handles {
 public:
  Magic take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        Magic handle = std::move(free_.back());
        free_.pop_back();
        return handle;
      }
    }
    return open_magic();
  }

  void give_back(Magic handle) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(handle));
  }

 private:
  std::mutex mutex_;
  std::vector<Magic> free_;
};

Handles& handles() {
  static Handles all;
  return all;
}

}  // namespace

std::string media_type_of(const blobs::File& file) {
  std::string beginning(looked_at, '\0');
  beginning.resize(blobs::read_at(file, 0, beginning.data(), beginning.size()));
  Magic handle = handles().take();
  if (!handle || beginning.empty()) return unknown;
  const char* found = magic_buffer(handle.get(), beginning.data(), beginning.size());
  std::string type = found == nullptr ? unknown : found;
  handles().give_back(std::move(handle));
  return type;
}

bool is_picture(std::string_view media_type) {
  static constexpr std::array pictures{"image/png", "image/jpeg", "image/gif", "image/webp"};
  return std::ranges::find(pictures, media_type) != pictures.end();
}

}  // namespace attachments
