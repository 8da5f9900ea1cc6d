#include "tools/files.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace tools {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error(fmt::format("{}:1: error: cannot read", path.string()));
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_if_changed(const std::filesystem::path& path, std::string_view content) {
  std::error_code ignored;
  if (std::filesystem::file_size(path, ignored) == content.size() && !ignored && read_file(path) == content)
    return;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  if (!out) throw std::runtime_error(fmt::format("{}:1: error: cannot write", path.string()));
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

std::string literal(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '\n':
        out += "\\n";
        if (i + 1 < text.size()) out += "\"\n    \"";
        break;
      case '\t':
        out += "\\t";
        break;
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        // Three octal digits end by themselves, unlike \x. Bytes of UTF-8 stay readable.
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
          out += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
        else
          out += c;
    }
  }
  out += '"';
  return out;
}

bool is_identifier(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return !text.empty() && letter(text.front()) &&
         std::ranges::all_of(text, [&](char c) { return letter(c) || digit(c); });
}

Arguments::Arguments(int count, char** values, std::vector<std::string_view> options) {
  for (int i = 1; i < count; ++i) {
    const std::string_view value = values[i];
    if (!value.starts_with("--")) {
      rest_.emplace_back(value);
      continue;
    }
    const std::string_view name = value.substr(2);
    if (std::ranges::find(options, name) == options.end() || i + 1 == count)
      throw std::runtime_error(
          fmt::format("{}: error: option {} is unknown or lacks its value", values[0], value));
    given_.emplace_back(name, values[++i]);
  }
}

std::string Arguments::option(std::string_view name) const {
  const auto found =
      std::ranges::find(given_, name, [](const auto& pair) -> std::string_view { return pair.first; });
  return found == given_.end() ? std::string() : found->second;
}

}  // namespace tools
