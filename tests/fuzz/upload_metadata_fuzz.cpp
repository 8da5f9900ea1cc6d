// The headers of uploads and downloads, and the names of files: whatever comes, what is read of it keeps its
// promises.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "attachments/byte_range.hpp"
#include "attachments/content_disposition.hpp"
#include "attachments/tus_headers.hpp"
#include "base/file_name.hpp"
#include "base/text.hpp"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

void read_metadata(std::string_view header) {
  const auto metadata = attachments::parse_upload_metadata(header);
  if (!metadata) return;
  const auto again = attachments::parse_upload_metadata(attachments::format_upload_metadata(*metadata));
  expect(again && again->file_name == metadata->file_name && again->draft == metadata->draft);
}

void name_file(std::string_view name) {
  const std::string clean = base::clean_file_name(name);
  expect(!clean.empty() && clean.size() <= base::longest_file_name && base::valid_utf8(clean));
  expect(clean.find_first_of("/\\") == std::string::npos && clean != "." && clean != "..");
  expect(base::clean_file_name(clean) == clean);
  const auto header = attachments::content_disposition(attachments::Disposition::attachment, clean);
  for (const char c : header) expect(c >= ' ' && c < '\x7f');
}

void read_range(std::string_view header, std::uint64_t size) {
  const auto range = attachments::choose_range(header, size);
  expect(range.offset <= size && range.length <= size - range.offset);
  expect(range.kind != attachments::ByteRange::Kind::part || range.length > 0);
  static_cast<void>(attachments::names_etag(header, "\"a\""));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  read_metadata(text);
  name_file(text);
  read_range(text, data[0]);
  read_range(text, UINT64_MAX);
  const auto number = attachments::parse_upload_number(text);
  expect(!number || *number >= 0);
  const auto checksum = attachments::parse_upload_checksum(text);
  expect(!checksum || checksum->digest.size() == 20 || checksum->digest.size() == 32);
  return 0;
}
