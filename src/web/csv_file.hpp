// A CSV download of any length in constant memory: it grows in a nameless file and is sent from there.
#pragma once

#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "web/response.hpp"

namespace web {

class CsvFile {
 public:
  // The file lies in `directory` and is gone with the answer. Throws std::system_error when there is no room.
  explicit CsvFile(const std::string& directory);

  void row(std::span<const std::string_view> cells);
  void row(std::initializer_list<std::string_view> cells) { row(std::span(cells.begin(), cells.size())); }

  // The answer that downloads it under that name.
  [[nodiscard]] Response finish(std::string_view file_name);

 private:
  void write_out();

  std::shared_ptr<const int> descriptor_;
  std::string buffer_;
  std::uint64_t length_ = 0;
};

}  // namespace web
