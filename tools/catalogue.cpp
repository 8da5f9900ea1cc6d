#include "tools/catalogue.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "tools/files.hpp"

namespace tools {
namespace {

// The text between the quotes at the end of a PO line, with escapes undone.
std::string quoted(std::string_view path, std::size_t line, std::string_view text) {
  text = trim(text);
  if (text.size() < 2 || text.front() != '"' || text.back() != '"')
    throw SourceError(path, line, "expected a quoted string");
  text = text.substr(1, text.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') throw SourceError(path, line, "a quote inside a string needs a backslash");
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    if (++i == text.size()) throw SourceError(path, line, "a string ends in a backslash");
    switch (text[i]) {
      case 'n':
        out += '\n';
        break;
      case 't':
        out += '\t';
        break;
      case '"':
      case '\\':
        out += text[i];
        break;
      default:
        throw SourceError(path, line, "unknown escape in a string");
    }
  }
  return out;
}

class Reader {
 public:
  Reader(std::string_view path, std::size_t plural_forms) : path_(path), plural_forms_(plural_forms) {}

  std::vector<Translation> read(std::string_view text) {
    for (const std::string_view raw : split(text, '\n')) {
      ++line_;
      take(trim(raw));
    }
    finish();
    return std::move(entries_);
  }

 private:
  void take(std::string_view line) {
    if (line.starts_with("#,") && line.contains("fuzzy")) throw SourceError(path_, line_, "a fuzzy entry");
    if (line.empty() || line.front() == '#') return;
    if (line.starts_with("msgid ")) {
      finish();
      started_ = true;
      current_ = {.key = quoted(path_, line_, line.substr(6)), .forms = {}, .plural = false, .line = line_};
      target_ = &current_.key;
    } else if (line.starts_with("msgid_plural ")) {
      current_.plural = true;
      plural_id_ = quoted(path_, line_, line.substr(13));
      target_ = &plural_id_;
    } else if (line.starts_with("msgstr")) {
      const std::size_t space = line.find_first_of(" \t");
      const std::string_view head = line.substr(0, space);
      const std::string expected =
          current_.plural ? fmt::format("msgstr[{}]", current_.forms.size()) : std::string("msgstr");
      if (!started_ || space == std::string_view::npos || head != expected ||
          (!current_.plural && !current_.forms.empty()))
        throw SourceError(path_, line_, fmt::format("expected {}", expected));
      current_.forms.push_back(quoted(path_, line_, line.substr(space)));
      target_ = &current_.forms.back();
    } else if (line.front() == '"' && target_ != nullptr) {
      *target_ += quoted(path_, line_, line);
    } else {
      throw SourceError(path_, line_, "unknown line");
    }
  }

  void finish() {
    if (!started_) return;
    started_ = false;
    target_ = nullptr;
    if (current_.key.empty()) return;  // the header
    const std::size_t expected = current_.plural ? plural_forms_ : 1;
    if (current_.forms.size() != expected)
      throw SourceError(path_, current_.line, fmt::format("{} needs {} msgstr", current_.key, expected));
    if (std::ranges::any_of(current_.forms, &std::string::empty))
      throw SourceError(path_, current_.line, fmt::format("{} is not translated", current_.key));
    if (!std::ranges::all_of(current_.key, [](char c) {
          return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
        }))
      throw SourceError(
          path_, current_.line,
          fmt::format("{}: a key has small letters, digits, dots, hyphens and underscores", current_.key));
    if (!keys_.insert(current_.key).second)
      throw SourceError(path_, current_.line, fmt::format("{} stands here twice", current_.key));
    entries_.push_back(std::move(current_));
  }

  std::string_view path_;
  std::size_t plural_forms_;
  std::size_t line_ = 0;
  bool started_ = false;
  Translation current_;
  std::string plural_id_;
  std::string* target_ = nullptr;
  std::set<std::string> keys_;
  std::vector<Translation> entries_;
};

std::set<std::size_t> placeholders(std::string_view text) {
  std::set<std::size_t> found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '}') throw std::runtime_error("a closing brace without its opening one");
    if (text[i] != '{') continue;
    if (i + 2 >= text.size() || text[i + 1] < '0' || text[i + 1] > '9' || text[i + 2] != '}')
      throw std::runtime_error("a brace begins no placeholder such as {0}");
    found.insert(static_cast<std::size_t>(text[i + 1] - '0'));
    i += 2;
  }
  return found;
}

// The placeholders of all forms. A plural form may leave out the number itself ("one case").
std::set<std::size_t> placeholders(std::string_view path, const Translation& entry) {
  std::set<std::size_t> all;
  for (const std::string& form : entry.forms) {
    try {
      all.merge(placeholders(form));
    } catch (const std::runtime_error& error) {
      throw SourceError(path, entry.line, fmt::format("{}: {}", entry.key, error.what()));
    }
  }
  if (entry.plural) all.insert(0);
  return all;
}

}  // namespace

std::vector<Translation> read_po(std::string_view path, std::string_view text, std::size_t plural_forms) {
  return Reader(path, plural_forms).read(text);
}

std::vector<CatalogueEntry> read_catalogue(std::string_view russian_path, std::string_view russian,
                                           std::string_view english_path, std::string_view english) {
  const std::vector<Translation> ru = read_po(russian_path, russian, 3);
  const std::vector<Translation> en = read_po(english_path, english, 2);
  std::map<std::string, const Translation*> by_key;
  for (const Translation& entry : en) by_key.emplace(entry.key, &entry);

  std::vector<CatalogueEntry> catalogue;
  std::map<std::string, std::string> identifiers;
  for (const Translation& entry : ru) {
    const auto other = by_key.find(entry.key);
    if (other == by_key.end())
      throw SourceError(russian_path, entry.line,
                        fmt::format("{} is missing in {}", entry.key, english_path));
    const Translation& twin = *other->second;
    if (twin.plural != entry.plural)
      throw SourceError(english_path, twin.line,
                        fmt::format("{} has plural forms in one language alone", entry.key));
    const std::set<std::size_t> used = placeholders(russian_path, entry);
    if (placeholders(english_path, twin) != used)
      throw SourceError(
          english_path, twin.line,
          fmt::format("{} has other placeholders than {}:{}", entry.key, russian_path, entry.line));
    if (!used.empty() && *used.rbegin() + 1 != used.size())
      throw SourceError(russian_path, entry.line, fmt::format("{} leaves out a placeholder", entry.key));
    const auto [known, fresh] = identifiers.emplace(message_identifier(entry.key), entry.key);
    if (!fresh)
      throw SourceError(russian_path, entry.line,
                        fmt::format("{} and {} get the same name in C++", entry.key, known->second));
    catalogue.push_back({.key = entry.key,
                         .forms = {entry.forms, twin.forms},
                         .arguments = used.size(),
                         .plural = entry.plural});
    by_key.erase(other);
  }
  if (!by_key.empty()) {
    const Translation& alone = *by_key.begin()->second;
    throw SourceError(english_path, alone.line, fmt::format("{} is missing in {}", alone.key, russian_path));
  }
  std::ranges::sort(catalogue, {}, &CatalogueEntry::key);
  return catalogue;
}

std::string message_identifier(std::string_view key) {
  static const std::set<std::string_view> words = {
      "auto",     "bool",     "break",   "case",      "catch",    "char",     "class",   "const",
      "continue", "default",  "delete",  "do",        "double",   "else",     "enum",    "explicit",
      "export",   "extern",   "false",   "float",     "for",      "friend",   "goto",    "if",
      "inline",   "int",      "long",    "namespace", "new",      "operator", "private", "protected",
      "public",   "register", "return",  "short",     "signed",   "sizeof",   "static",  "struct",
      "switch",   "template", "this",    "throw",     "true",     "try",      "typedef", "union",
      "unsigned", "using",    "virtual", "void",      "volatile", "while",    "and",     "or",
      "not"};
  std::string name(key);
  std::ranges::replace_if(name, [](char c) { return c == '.' || c == '-'; }, '_');
  if (words.contains(name) || (!name.empty() && name.front() >= '0' && name.front() <= '9')) name += '_';
  return name;
}

}  // namespace tools
