// What every build tool needs: reading, writing only what changed, and errors that an editor can jump to.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

// A fault in a source of ours. what() is "path:line: error: message".
class SourceError : public std::runtime_error {
 public:
  SourceError(std::string_view path, std::size_t line, std::string_view message)
      : std::runtime_error(fmt::format("{}:{}: error: {}", path, line, message)) {}
};

// The whole file. Throws std::runtime_error when it cannot be read.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

// Writes `content` unless the file holds it already, so that what depends on it is not built again.
// Makes the folders on the way. Throws std::runtime_error.
void write_if_changed(const std::filesystem::path& path, std::string_view content);

[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string_view trim(std::string_view text);

// `text` as a C++ string literal with its quotes, broken over lines after each newline.
[[nodiscard]] std::string literal(std::string_view text);

// Letters, digits and underscores, not beginning with a digit.
[[nodiscard]] bool is_identifier(std::string_view text);

// The arguments of a tool: `--name value` pairs and the rest in order. Throws on an unknown or incomplete
// option.
struct Arguments {
  Arguments(int count, char** values, std::vector<std::string_view> options);

  [[nodiscard]] std::string option(std::string_view name) const;  // empty when not given
  [[nodiscard]] const std::vector<std::string>& rest() const { return rest_; }

 private:
  std::vector<std::pair<std::string, std::string>> given_;
  std::vector<std::string> rest_;
};

// Runs `work` and prints what it throws. Gives the exit status of the tool.
template <class Work>
int run(Work work) {
  try {
    work();
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}

}  // namespace tools
