#include "base/random.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>
#include <vector>

namespace base {
namespace {

const bool ready = [] {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  return true;
}();

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string base64url(const unsigned char* bytes, std::size_t size) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(size, variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes, size, variant);
  text.pop_back();  // the terminating NUL
  return text;
}

}  // namespace

std::string random_token(std::size_t bytes) {
  std::vector<unsigned char> buffer(bytes);
  randombytes_buf(buffer.data(), buffer.size());
  return base64url(buffer.data(), buffer.size());
}

std::string random_password() {
  static constexpr std::string_view alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string text;
  for (int i = 0; i < 15; ++i) {
    if (i > 0 && i % 5 == 0) text += '-';
    text += alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
  }
  return text;
}

std::string digest(std::string_view text) {
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash(hash.data(), hash.size(), bytes_of(text), text.size(), nullptr, 0);
  std::string hex(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

std::string proof(std::string_view key, std::string_view text) {
  std::array<unsigned char, crypto_generichash_BYTES> derived{};
  crypto_generichash(derived.data(), derived.size(), bytes_of(key), key.size(), nullptr, 0);
  std::array<unsigned char, crypto_generichash_BYTES_MIN> mac{};
  crypto_generichash(mac.data(), mac.size(), bytes_of(text), text.size(), derived.data(), derived.size());
  return base64url(mac.data(), mac.size());
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace base
