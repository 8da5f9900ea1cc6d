// The name of a content: BLAKE2b-256 (RFC 7693), computed while the bytes go by.
#pragma once

#include <sodium/crypto_generichash.h>

#include <string>
#include <string_view>

namespace blobs {

// Copies go on separately: a copy taken before a piece is the way back when the piece is refused.
class Digest {
 public:
  Digest();

  void update(std::string_view bytes);

  // 64 lower-case hex digits of what has gone by so far.
  [[nodiscard]] std::string hex() const;

 private:
  crypto_generichash_state state_;
};

// Whether `text` can be a digest. Only such text ever becomes part of a path.
[[nodiscard]] bool is_digest(std::string_view text);

}  // namespace blobs
