// A browser as its owner knows it.
#pragma once

#include <string>
#include <string_view>

namespace sessions {

// «Firefox, Windows» from a User-Agent header; the part that is not recognised is left out.
[[nodiscard]] std::string describe_browser(std::string_view user_agent);

}  // namespace sessions
