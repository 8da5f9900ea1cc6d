// The store in a directory: blobs/ab/cd/<digest>, with <digest>.thumbnail beside it, and uploads/ for what
// arrives.
#pragma once

#include <filesystem>

#include "blobs/store.hpp"

namespace blobs {

class FileStore final : public Store {
 public:
  // `data` holds both directories; they are made when missing, readable by their owner alone.
  explicit FileStore(const std::filesystem::path& data);

  void put(const std::string& digest, const std::filesystem::path& file) override;
  void put_thumbnail(const std::string& digest, std::string_view bytes) override;
  [[nodiscard]] std::optional<Opened> open(const std::string& digest) override;
  [[nodiscard]] std::optional<Opened> open_thumbnail(const std::string& digest) override;
  void remove(const std::string& digest) override;
  void list(base::FunctionRef<bool(const std::string&, std::uint64_t)> take) override;
  [[nodiscard]] Condition verify(const std::string& digest) override;

 private:
  [[nodiscard]] std::filesystem::path path_of(const std::string& digest) const;
  [[nodiscard]] std::filesystem::path thumbnail_of(const std::string& digest) const;

  std::filesystem::path directory_;
};

}  // namespace blobs
