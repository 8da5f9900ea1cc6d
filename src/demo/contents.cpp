#include "demo/contents.hpp"

#include <atomic>
#include <future>
#include <mutex>
#include <vector>

#include "attachments/media_type.hpp"
#include "attachments/thumbnail.hpp"
#include "demo/files.hpp"
#include "demo/shown_case.hpp"

namespace demo {
namespace {

Content keep(blobs::Store& store, const MadeFile& made) {
  const std::string staged = "demo-" + std::to_string(std::hash<std::string>{}(made.name));
  Content content;
  {
    const auto file = store.staging().open(staged, blobs::Staging::Rival::dismiss);
    if (file->size() > 0) blobs::truncate(file->file(), 0);  // what an interrupted filling left
    blobs::append(file->file(), made.bytes);
    file->sync();
    blobs::Digest digest;
    digest.update(made.bytes);
    content.digest = digest.hex();
    content.size = static_cast<std::int64_t>(made.bytes.size());
    content.media_type = attachments::media_type_of(file->file());
    store.put(content.digest, file->path());
    if (attachments::is_picture(content.media_type)) {
      if (const auto small = attachments::make_thumbnail(file->file())) {
        store.put_thumbnail(content.digest, *small);
        content.thumbnail = true;
      }
    }
  }
  store.staging().remove(staged);
  return content;
}

}  // namespace

std::map<std::string, Content> store_contents(blobs::Store& store, base::Instant day) {
  std::vector<FileHint> hints = all_files();
  for (FileHint& hint : shown_case_files()) hints.push_back(std::move(hint));

  std::map<std::string, Content> contents;
  std::mutex mutex;
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < hints.size(); i = next++) {
      const MadeFile made = make_file(hints[i], day);
      Content content = keep(store, made);
      const std::lock_guard lock(mutex);
      contents.insert_or_assign(made.name, std::move(content));
    }
  };
  // Most of the time goes into waiting for the disk.
  std::vector<std::future<void>> workers;
  for (int i = 0; i < 4; ++i) workers.push_back(std::async(std::launch::async, work));
  for (auto& worker : workers) worker.get();
  return contents;
}

}  // namespace demo
