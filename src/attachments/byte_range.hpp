// Which part of a file a request wants (RFC 9110, section 14).
#pragma once

#include <cstdint>
#include <string_view>

namespace attachments {

struct ByteRange {
  enum class Kind : std::uint8_t {
    whole,
    part,
    unsatisfiable,  // 416
  };
  Kind kind = Kind::whole;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// What to send of `size` bytes for the header `Range`. A header that is not understood, or that asks for
// several parts, counts as none, as the standard allows.
[[nodiscard]] ByteRange choose_range(std::string_view header, std::uint64_t size);

// Whether `etag` (with its quotes) is named by an If-None-Match header, by weak comparison.
[[nodiscard]] bool names_etag(std::string_view header, std::string_view etag);

}  // namespace attachments
