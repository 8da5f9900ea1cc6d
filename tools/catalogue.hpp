// Messages in gettext PO files: a dotted key as msgid, the visible words as msgstr.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

struct Translation {
  std::string key;
  std::vector<std::string> forms;  // one; or the plural forms in the order of the language
  bool plural = false;
  std::size_t line = 0;
};

// Entries of one file in its order, without the header. Throws SourceError on bad syntax, an empty or
// repeated message, a wrong number of plural forms, or a fuzzy entry.
[[nodiscard]] std::vector<Translation> read_po(std::string_view path, std::string_view text,
                                               std::size_t plural_forms);

// One message in both languages.
struct CatalogueEntry {
  std::string key;
  std::array<std::vector<std::string>, 2> forms;  // Russian, English
  std::size_t arguments = 0;                      // placeholders {0} … {arguments-1}
  bool plural = false;
};

// Both files together, sorted by key. Throws SourceError when a key or a placeholder stands in one alone.
[[nodiscard]] std::vector<CatalogueEntry> read_catalogue(std::string_view russian_path,
                                                         std::string_view russian,
                                                         std::string_view english_path,
                                                         std::string_view english);

// The name of a key in C++: `case.open` gives `case_open`; a word of the language gets a trailing underscore.
[[nodiscard]] std::string message_identifier(std::string_view key);

}  // namespace tools
