// Where the bytes of files lie: each content once, under its digest. The bytes of a digest never change.
//
// Bytes arrive in `staging()` and are put from there. Which digests are still needed is known to the database
// alone; `guard` keeps the two in step: whoever makes the first reference to a digest, or removes it for want
// of one, holds the guard from before looking until after the commit and the change to the store. (The guard
// serves one process, as the embedded database does.)
//
// Safe to use from any thread. Everything may block; Unavailable and Full are thrown when the store cannot do
// it now.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/function_ref.hpp"
#include "base/worker_pool.hpp"
#include "blobs/staging.hpp"

namespace blobs {

// Bytes open for reading; removing the blob meanwhile takes nothing away. Closed with the last copy.
struct Opened {
  std::shared_ptr<const int> descriptor;
  std::uint64_t size = 0;
};

enum class Condition : std::uint8_t { sound, missing, damaged };

class Store {
 public:
  explicit Store(std::filesystem::path staging_directory) : staging_(std::move(staging_directory)) {}
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  [[nodiscard]] Staging& staging() { return staging_; }

  // Keeps the content of `file`, whose digest is `digest` and which is whole and synced. Durable when it
  // returns. The file itself stays: the caller removes it when nothing can go back on it.
  virtual void put(const std::string& digest, const std::filesystem::path& file) = 0;
  // A small picture of the content, kept and removed together with it.
  virtual void put_thumbnail(const std::string& digest, std::string_view bytes) = 0;

  // Empty when there is none.
  [[nodiscard]] virtual std::optional<Opened> open(const std::string& digest) = 0;
  [[nodiscard]] virtual std::optional<Opened> open_thumbnail(const std::string& digest) = 0;

  // With its thumbnail. Nothing happens when there is none.
  virtual void remove(const std::string& digest) = 0;

  // Calls `take(digest, size)` for every content, in no order, until it gives false.
  virtual void list(base::FunctionRef<bool(const std::string&, std::uint64_t)> take) = 0;

  // Reads the whole content and computes its digest again.
  [[nodiscard]] virtual Condition verify(const std::string& digest) = 0;

  [[nodiscard]] std::unique_lock<std::mutex> guard(const std::string& digest) {
    const base::Blocking blocking;
    return std::unique_lock(guards_[std::hash<std::string>{}(digest) % guards_.size()]);
  }

 private:
  Staging staging_;
  std::array<std::mutex, 64> guards_;
};

}  // namespace blobs
