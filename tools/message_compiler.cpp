// Turns locale/ru.po and locale/en.po into C++ for base/messages.hpp.
//
//   message_compiler --out DIR ru.po en.po
//
//   message_keys.hpp   namespace msg { inline constexpr base::Message case_open_submit{12}; … }
//   message_data.cpp   the texts, and base::linked::<name> for generated views, which so need no header that
//   changes messages.index     key, number of arguments and "plural" a line, for the template compiler
//
// A PO entry: msgid is a dotted key, msgstr the words. With msgid_plural (its text is free) Russian has
// msgstr[0..2] for one, few, many and English msgstr[0..1] for one, other; argument 0 is the number that
// chooses. Placeholders are {0} to {9}. Refused: a key missing in one language, differing placeholders, empty
// and fuzzy entries.

#include "tools/catalogue.hpp"
#include "tools/files.hpp"

namespace {

std::string keys_header(const std::vector<tools::CatalogueEntry>& catalogue) {
  std::string out = "#pragma once\n\n#include \"base/messages.hpp\"\n\nnamespace msg {\n\n";
  for (std::size_t i = 0; i < catalogue.size(); ++i)
    out += fmt::format("inline constexpr base::Message {}{{{}}};\n",
                       tools::message_identifier(catalogue[i].key), i);
  return out + "\n}  // namespace msg\n";
}

std::string data_source(const std::vector<tools::CatalogueEntry>& catalogue) {
  std::string out = "#include \"base/messages.hpp\"\n\nnamespace base {\nnamespace {\n\n";
  constexpr std::array names = {"russian", "english"};
  for (std::size_t language = 0; language < names.size(); ++language) {
    out += fmt::format("constexpr MessageText {}[] = {{\n", names[language]);
    for (const tools::CatalogueEntry& entry : catalogue) {
      out += "  {{";
      for (const std::string& form : entry.forms[language]) out += tools::literal(form) + ", ";
      // A form that the language lacks is never asked for; the last one stands in.
      for (std::size_t i = entry.forms[language].size(); i < 3; ++i)
        out += tools::literal(entry.forms[language].back()) + ", ";
      out += fmt::format("}}, {}}},  // {}\n", entry.plural, entry.key);
    }
    out += "  {{\"\", \"\", \"\"}, false}};\n\n";
  }
  out += "}  // namespace\n\n";
  out += fmt::format(
      "extern const MessageText* const message_texts[2];\nextern const std::size_t message_count;\n");
  out += "constinit const MessageText* const message_texts[2] = {russian, english};\n";
  out += fmt::format("constinit const std::size_t message_count = {};\n\n", catalogue.size());
  out += "namespace linked {\n\n";
  for (std::size_t i = 0; i < catalogue.size(); ++i) {
    const std::string name = tools::message_identifier(catalogue[i].key);
    out += fmt::format("extern const Message {0};\nconstinit const Message {0}{{{1}}};\n", name, i);
  }
  return out + "\n}  // namespace linked\n}  // namespace base\n";
}

std::string index(const std::vector<tools::CatalogueEntry>& catalogue) {
  std::string out;
  for (const tools::CatalogueEntry& entry : catalogue)
    out += fmt::format("{}\t{}\t{}\n", entry.key, entry.arguments, entry.plural ? "plural" : "");
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  return tools::run([&] {
    const tools::Arguments arguments(argc, argv, {"out"});
    if (arguments.rest().size() != 2)
      throw std::runtime_error("usage: message_compiler --out DIR ru.po en.po");
    const std::string& ru = arguments.rest()[0];
    const std::string& en = arguments.rest()[1];
    const auto catalogue = tools::read_catalogue(ru, tools::read_file(ru), en, tools::read_file(en));
    const std::filesystem::path out = arguments.option("out");
    tools::write_if_changed(out / "message_keys.hpp", keys_header(catalogue));
    tools::write_if_changed(out / "message_data.cpp", data_source(catalogue));
    tools::write_if_changed(out / "messages.index", index(catalogue));
  });
}
