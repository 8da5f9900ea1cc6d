// Names of files as people see them. They never become part of a path on our disk.
#pragma once

#include <string>
#include <string_view>

namespace base {

inline constexpr std::size_t longest_file_name = 240;  // bytes; disks take 255, and a browser may add " (1)"

// What a sender calls a file, made fit to be shown and to be saved under: the last part of a path, valid
// UTF-8, without control characters, without marks that turn the direction of writing or cannot be seen (so
// that "fdp.exe" cannot pass as "exe.pdf"), without spaces around it or dots at its end, at most
// `longest_file_name` bytes with the extension kept. "file" when nothing is left.
[[nodiscard]] std::string clean_file_name(std::string_view name);

}  // namespace base
