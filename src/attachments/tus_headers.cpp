#include "attachments/tus_headers.hpp"

#include <sodium/utils.h>

#include <algorithm>
#include <charconv>
#include <system_error>
#include <vector>

namespace attachments {
namespace {

std::optional<std::string> decode_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3, '\0');
  std::size_t size = 0;
  if (text.size() % 4 != 0 ||
      sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

std::string encode_base64(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the NUL at the end
  return text;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_key(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) { return c > ' ' && c < '\x7f' && c != ','; });
}

}  // namespace

std::optional<UploadMetadata> parse_upload_metadata(std::string_view header) {
  UploadMetadata metadata;
  if (trimmed(header).empty()) return metadata;
  std::vector<std::string_view> seen;
  while (true) {
    const auto comma = header.find(',');
    const auto pair = trimmed(header.substr(0, comma));
    const auto space = pair.find(' ');
    const auto key = pair.substr(0, space);
    if (!is_key(key) || std::ranges::find(seen, key) != seen.end()) return std::nullopt;
    seen.push_back(key);
    const auto value =
        decode_base64(space == std::string_view::npos ? std::string_view() : trimmed(pair.substr(space)));
    if (!value) return std::nullopt;
    if (key == "filename") metadata.file_name = *value;
    if (key == "draft") metadata.draft = {base::parse_id(*value).value_or(0)};
    if (comma == std::string_view::npos) return metadata;
    header.remove_prefix(comma + 1);
  }
}

std::string format_upload_metadata(const UploadMetadata& metadata) {
  std::string header = "filename " + encode_base64(metadata.file_name);
  if (metadata.draft) header += ",draft " + encode_base64(base::to_string(metadata.draft));
  return header;
}

std::optional<std::int64_t> parse_upload_number(std::string_view header) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(header.data(), header.data() + header.size(), number);
  if (error != std::errc() || end != header.data() + header.size() || header.front() == '-')
    return std::nullopt;
  return number;
}

std::optional<UploadChecksum> parse_upload_checksum(std::string_view header) {
  const auto space = header.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto name = header.substr(0, space);
  auto digest = decode_base64(header.substr(space + 1));
  if (!digest) return std::nullopt;
  using Algorithm = UploadChecksum::Algorithm;
  if (name == "sha1" && digest->size() == 20) return UploadChecksum{Algorithm::sha1, *std::move(digest)};
  if (name == "sha256" && digest->size() == 32) return UploadChecksum{Algorithm::sha256, *std::move(digest)};
  return std::nullopt;
}

}  // namespace attachments
