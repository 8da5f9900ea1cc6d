#include "demo/deflate.hpp"

#include <algorithm>
#include <array>

namespace demo {
namespace {

constexpr std::size_t shortest_match = 3;
constexpr std::size_t longest_match = 258;

// The lengths (from 3) and distances (from 1) at which each code begins; RFC 1951, section 3.2.5.
constexpr std::array<std::uint16_t, 29> length_bases{3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                                     15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                                     67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<std::uint8_t, 29> length_extras{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                     2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<std::uint16_t, 30> distance_bases{
    1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
    193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
constexpr std::array<std::uint8_t, 30> distance_extras{0, 0, 0, 0, 1, 1, 2, 2,  3,  3,  4,  4,  5,  5,  6,
                                                       6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};

template <class Bases>
std::size_t code_of(const Bases& bases, std::size_t value) {
  return static_cast<std::size_t>(std::ranges::upper_bound(bases, value) - bases.begin()) - 1;
}

class BitWriter {
 public:
  explicit BitWriter(std::string& out) : out_(out) {}

  // Numbers begin with their lowest bit, codes with their highest.
  void number(std::uint32_t value, int bits) {
    pending_ |= value << filled_;
    filled_ += bits;
    while (filled_ >= 8) {
      out_ += static_cast<char>(pending_ & 0xFFU);
      pending_ >>= 8;
      filled_ -= 8;
    }
  }
  void code(std::uint32_t value, int bits) {
    std::uint32_t turned = 0;
    for (int i = 0; i < bits; ++i) turned |= ((value >> i) & 1U) << (bits - 1 - i);
    number(turned, bits);
  }
  void finish() {
    if (filled_ > 0) number(0, 8 - filled_);
  }

 private:
  std::string& out_;
  std::uint32_t pending_ = 0;
  int filled_ = 0;
};

// The fixed code of a literal byte, the end (256) or a length.
void put_symbol(BitWriter& bits, std::uint32_t symbol) {
  if (symbol < 144) return bits.code(0x30 + symbol, 8);
  if (symbol < 256) return bits.code(0x190 + symbol - 144, 9);
  if (symbol < 280) return bits.code(symbol - 256, 7);
  bits.code(0xC0 + symbol - 280, 8);
}

void put_match(BitWriter& bits, std::size_t length, std::size_t distance) {
  const std::size_t length_code = code_of(length_bases, length);
  put_symbol(bits, static_cast<std::uint32_t>(257 + length_code));
  bits.number(static_cast<std::uint32_t>(length - length_bases[length_code]), length_extras[length_code]);
  const std::size_t distance_code = code_of(distance_bases, distance);
  bits.code(static_cast<std::uint32_t>(distance_code), 5);
  bits.number(static_cast<std::uint32_t>(distance - distance_bases[distance_code]),
              distance_extras[distance_code]);
}

std::size_t match_at(std::string_view bytes, std::size_t at, std::size_t distance) {
  if (distance > at) return 0;
  const std::size_t most = std::min(longest_match, bytes.size() - at);
  std::size_t length = 0;
  while (length < most && bytes[at + length] == bytes[at + length - distance]) ++length;
  return length;
}

std::uint32_t adler32(std::string_view bytes) {
  constexpr std::uint32_t modulus = 65521;
  std::uint32_t a = 1;
  std::uint32_t b = 0;
  for (const char c : bytes) {
    a = (a + static_cast<unsigned char>(c)) % modulus;
    b = (b + a) % modulus;
  }
  return (b << 16) | a;
}

}  // namespace

std::string compress(std::string_view bytes, std::size_t row) {
  std::string out("\x78\x01", 2);
  BitWriter bits(out);
  bits.number(1, 1);  // the last block
  bits.number(1, 2);  // with the fixed codes
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t run = match_at(bytes, at, 1);
    const std::size_t repeated = run < longest_match ? match_at(bytes, at, row) : 0;
    const std::size_t length = std::max(run, repeated);
    if (length >= shortest_match) {
      put_match(bits, length, run >= repeated ? 1 : row);
      at += length;
    } else {
      put_symbol(bits, static_cast<unsigned char>(bytes[at]));
      ++at;
    }
  }
  put_symbol(bits, 256);
  bits.finish();
  const std::uint32_t sum = adler32(bytes);
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((sum >> shift) & 0xFFU);
  return out;
}

std::uint32_t crc32(std::string_view bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> made{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit) value = (value & 1U) != 0 ? 0xEDB88320U ^ (value >> 1) : value >> 1;
      made[i] = value;
    }
    return made;
  }();
  std::uint32_t sum = 0xFFFFFFFFU;
  for (const char c : bytes) sum = table[(sum ^ static_cast<unsigned char>(c)) & 0xFFU] ^ (sum >> 8);
  return ~sum;
}

}  // namespace demo
