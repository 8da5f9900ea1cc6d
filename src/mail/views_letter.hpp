// A letter as HTML.
#pragma once

#include <string>

#include "mail/letter.hpp"

namespace mail {

// A whole document for mail readers: tables, inline styles, no scripts and nothing fetched from elsewhere.
[[nodiscard]] std::string html_of(const Letter& letter);

}  // namespace mail
