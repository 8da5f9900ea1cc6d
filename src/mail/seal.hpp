// Secrets that must lie in the database for a while, unreadable without the installation's key.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mail {

// XSalsa20-Poly1305 under a key derived from `key` and a random nonce; base64url.
[[nodiscard]] std::string seal(std::string_view key, std::string_view plain);

// Empty when the key is another or the text was changed.
[[nodiscard]] std::optional<std::string> unseal(std::string_view key, std::string_view sealed);

}  // namespace mail
