// Compression for generated files: zlib's format (RFC 1950, RFC 1951), good at rows that repeat.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace demo {

// Looks for repetitions of the byte before and of the byte `row` bytes before (1 to 32768), no others.
[[nodiscard]] std::string compress(std::string_view bytes, std::size_t row);

// CRC-32 as PNG and ZIP use it.
[[nodiscard]] std::uint32_t crc32(std::string_view bytes);

}  // namespace demo
