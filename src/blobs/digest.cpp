#include "blobs/digest.hpp"

#include <sodium/utils.h>

#include <algorithm>
#include <array>

namespace blobs {
namespace {

constexpr std::size_t digest_bytes = 32;

}  // namespace

Digest::Digest() {
  crypto_generichash_init(&state_, nullptr, 0, digest_bytes);
}

void Digest::update(std::string_view bytes) {
  crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

std::string Digest::hex() const {
  crypto_generichash_state last = state_;
  std::array<unsigned char, digest_bytes> digest{};
  crypto_generichash_final(&last, digest.data(), digest.size());
  std::array<char, 2 * digest_bytes + 1> text{};
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  return text.data();
}

bool is_digest(std::string_view text) {
  return text.size() == 2 * digest_bytes &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace blobs
