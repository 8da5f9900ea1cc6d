// Markdown as customers and agents write it, made into HTML that is safe to show.
#pragma once

#include <string_view>

#include "base/safe_html.hpp"

namespace web {

// GitHub's dialect without raw HTML; line ends are kept; links go only to http, https, mailto and tel. Plain
// text, which most of it is, takes a short way that gives the same result.
[[nodiscard]] base::SafeHtml markdown(std::string_view text);

// Without any marks, on one line, for lists and notifications; at most `points` characters.
[[nodiscard]] std::string plain_excerpt(std::string_view text, std::size_t points);

}  // namespace web
