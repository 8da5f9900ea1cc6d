// Well-formed UTF-8 (Unicode 15, table 3-7), for text that comes from outside.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace web {

// Bytes of the sequence at the front of `text`, which is not empty; 0 when it is not well-formed.
[[nodiscard]] std::size_t sequence_length(std::string_view text);

// The code point of a well-formed sequence.
[[nodiscard]] char32_t code_point(std::string_view sequence);

// The text with every byte that belongs to no well-formed sequence, and every NUL, replaced by U+FFFD.
[[nodiscard]] std::string valid_text(std::string text);

}  // namespace web
