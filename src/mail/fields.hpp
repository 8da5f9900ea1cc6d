// How a mail's own values lie in its row: as a JSON object, secrets sealed with the installation's key.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/mail.hpp"

namespace mail {

// The values named "secret" and "password" are sealed. No values make an empty text.
[[nodiscard]] std::string encode_fields(const Fields& fields);

// Empty when it was written under another key or was damaged.
[[nodiscard]] std::optional<Fields> decode_fields(std::string_view text);

}  // namespace mail
