#include "web/csv_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/csv.hpp"

namespace web {
namespace {

constexpr std::size_t full_buffer = 256 * 1024;

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

std::shared_ptr<const int> open_nameless(const std::string& directory) {
  const int descriptor = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) fail("a file for a download");
  return {new int(descriptor), [](const int* open) {
            ::close(*open);
            delete open;
          }};
}

}  // namespace

CsvFile::CsvFile(const std::string& directory) : descriptor_(open_nameless(directory)) {
  // So that spreadsheets know the encoding.
  buffer_ = "\xEF\xBB\xBF";
}

void CsvFile::row(std::span<const std::string_view> cells) {
  base::write_csv_row(buffer_, cells);
  if (buffer_.size() >= full_buffer) write_out();
}

Response CsvFile::finish(std::string_view file_name) {
  write_out();
  Response response;
  response.with("Content-Type", "text/csv; charset=utf-8")
      .with("Content-Disposition", fmt::format("attachment; filename=\"{}\"", file_name))
      .with("Cache-Control", "no-store");
  response.body = FileBody{.descriptor = descriptor_, .offset = 0, .length = length_};
  return response;
}

void CsvFile::write_out() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(*descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("writing a download");
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  length_ += buffer_.size();
  buffer_.clear();
}

}  // namespace web
