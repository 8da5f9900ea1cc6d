// Unguessable tokens and the digests under which they are stored.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace base {

// `bytes` of the kernel's randomness as base64url without padding (32 bytes make 43 characters).
[[nodiscard]] std::string random_token(std::size_t bytes = 32);

// A temporary password that can be read out on the phone: groups of letters and digits that cannot be
// mistaken.
[[nodiscard]] std::string random_password();

// BLAKE2b-256 as lower-case hex: how tokens lie in the database, so that its reader cannot use them.
[[nodiscard]] std::string digest(std::string_view text);

// Keyed BLAKE2b, 16 bytes as base64url (22 characters): proofs that only this installation can make.
[[nodiscard]] std::string proof(std::string_view key, std::string_view text);

// Equality that takes the same time whatever differs.
[[nodiscard]] bool same(std::string_view a, std::string_view b);

}  // namespace base
