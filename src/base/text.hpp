// UTF-8 text as people type it: checking, trimming, folding for look-ups.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace base {

[[nodiscard]] bool valid_utf8(std::string_view text);

// Unicode code points; `text` must be valid UTF-8.
[[nodiscard]] std::size_t length(std::string_view text);

// The first `points` code points at most.
[[nodiscard]] std::string_view prefix(std::string_view text, std::size_t points);

// Without spaces, tabs and line ends around it.
[[nodiscard]] std::string_view trim(std::string_view text);

// One line as it is stored: control characters and runs of white space become one space, trimmed.
[[nodiscard]] std::string single_line(std::string_view text);

// Several lines as they are stored: CR LF becomes LF, other control characters go, trailing white space goes.
[[nodiscard]] std::string plain_lines(std::string_view text);

// Lower case with ё as е: equal keys mean equal to a Russian or English reader. Also the order of lists,
// for which the bytes of the key are compared.
[[nodiscard]] std::string fold(std::string_view text);

// The first 60 code points of the folded text: a bounded key to sort by.
[[nodiscard]] std::string sort_key(std::string_view text);

// Folded runs of letters and digits, in order.
[[nodiscard]] std::vector<std::string> words(std::string_view text);

// An e-mail address as it is compared: trimmed, lower case. Empty when it cannot be one.
[[nodiscard]] std::string mail_key(std::string_view address);

// Two letters for an avatar: the first of the first two words.
[[nodiscard]] std::string initials(std::string_view name);

}  // namespace base
