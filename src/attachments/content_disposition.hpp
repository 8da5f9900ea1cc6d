// How a browser is told to save a file, and under which name (RFC 6266, RFC 8187).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace attachments {

enum class Disposition : std::uint8_t { attachment, shown };

// `attachment; filename="o___.pdf"; filename*=UTF-8''%D0%BE%D1%82%D1%87.pdf`; the first for readers that know
// only ASCII. `name` is valid UTF-8.
[[nodiscard]] std::string content_disposition(Disposition disposition, std::string_view name);

}  // namespace attachments
