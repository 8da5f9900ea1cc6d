#include "mail/seal.hpp"

#include <sodium.h>

#include <array>
#include <vector>

namespace mail {
namespace {

using Bytes = std::vector<unsigned char>;
using Key = std::array<unsigned char, crypto_secretbox_KEYBYTES>;

constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// A key for this purpose alone, so that what is sealed says nothing about proofs made with the same secret.
Key derive(std::string_view key) {
  static constexpr std::string_view purpose = "otklik mail fields";
  Key derived{};
  crypto_generichash_state state;
  crypto_generichash_init(&state, bytes_of(purpose), purpose.size(), derived.size());
  crypto_generichash_update(&state, bytes_of(key), key.size());
  crypto_generichash_final(&state, derived.data(), derived.size());
  return derived;
}

std::string encode(const Bytes& bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  text.pop_back();  // the terminating NUL
  return text;
}

std::optional<Bytes> decode(std::string_view text) {
  if (text.empty()) return std::nullopt;
  Bytes bytes(text.size());
  std::size_t size = 0;
  if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, nullptr,
                        variant) != 0)
    return std::nullopt;
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::string seal(std::string_view key, std::string_view plain) {
  Bytes sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size());
  randombytes_buf(sealed.data(), crypto_secretbox_NONCEBYTES);
  const Key derived = derive(key);
  crypto_secretbox_easy(sealed.data() + crypto_secretbox_NONCEBYTES, bytes_of(plain), plain.size(),
                        sealed.data(), derived.data());
  return encode(sealed);
}

std::optional<std::string> unseal(std::string_view key, std::string_view sealed) {
  constexpr std::size_t overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  const auto bytes = decode(sealed);
  if (!bytes || bytes->size() < overhead) return std::nullopt;
  std::string plain(bytes->size() - overhead, '\0');
  const Key derived = derive(key);
  const int failed = crypto_secretbox_open_easy(
      reinterpret_cast<unsigned char*>(plain.data()), bytes->data() + crypto_secretbox_NONCEBYTES,
      bytes->size() - crypto_secretbox_NONCEBYTES, bytes->data(), derived.data());
  if (failed != 0) return std::nullopt;
  return plain;
}

}  // namespace mail
