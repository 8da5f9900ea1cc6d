// The headers of the resumable upload protocol tus 1.0 (https://tus.io/protocols/resumable-upload).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"

namespace attachments {

// What we ask of Upload-Metadata: `filename`, and as `draft` the form that the file was chosen in.
struct UploadMetadata {
  std::string file_name;
  base::DraftId draft;
};

// "filename d29ybGQ=,draft MTI=": pairs of a key and a value in base64, which may be missing. Other keys are
// skipped. Empty when it is malformed or a key comes twice.
[[nodiscard]] std::optional<UploadMetadata> parse_upload_metadata(std::string_view header);
[[nodiscard]] std::string format_upload_metadata(const UploadMetadata& metadata);

// Upload-Length and Upload-Offset: decimal digits alone, below 2^63.
[[nodiscard]] std::optional<std::int64_t> parse_upload_number(std::string_view header);

// "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="
struct UploadChecksum {
  enum class Algorithm : std::uint8_t { sha1, sha256 };
  Algorithm algorithm = Algorithm::sha1;
  std::string digest;  // its bytes
};
inline constexpr std::string_view checksum_algorithms = "sha1,sha256";

// Empty when it is malformed, of another algorithm, or not as long as the algorithm's digests are.
[[nodiscard]] std::optional<UploadChecksum> parse_upload_checksum(std::string_view header);

}  // namespace attachments
