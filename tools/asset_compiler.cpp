// Puts the built front end into the program.
//
//   asset_compiler --manifest build/frontend/manifest.txt --out gen/web
//
// The manifest has a line for each asset: logical name, hashed file name, content type, with tabs between;
// the files and their .gz twins lie beside it.
//
//   asset_data.S     the bytes
//   asset_data.cpp   the list for web/assets.hpp, and web::asset_path::asset_<name> for generated views
//   assets.names     the logical names, for the template compiler

#include <cstdint>

#include "tools/files.hpp"
#include "tools/template_writer.hpp"

namespace {

struct Entry {
  std::string name;
  std::string file;
  std::string content_type;
  std::filesystem::path path;
  bool compressed = false;
  std::string fingerprint;
};

// FNV-1a of the content: the assembler's output must change whenever the bytes do, whatever the file is
// called.
std::string fingerprint(std::string_view content) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : content) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return fmt::format("{:016x}", hash);
}

std::vector<Entry> read_manifest(const std::filesystem::path& path) {
  std::vector<Entry> entries;
  const std::string content = tools::read_file(path);
  std::size_t line = 0;
  for (const std::string_view text : tools::split(content, '\n')) {
    ++line;
    if (tools::trim(text).empty()) continue;
    const auto columns = tools::split(tools::trim(text), '\t');
    if (columns.size() != 3) throw tools::SourceError(path.string(), line, "expected three columns");
    Entry entry{.name = std::string(columns[0]),
                .file = std::string(columns[1]),
                .content_type = std::string(columns[2]),
                .path = std::filesystem::absolute(path.parent_path() / columns[1])};
    std::string bytes = tools::read_file(entry.path);
    const std::filesystem::path twin = entry.path.string() + ".gz";
    if (std::filesystem::exists(twin) && std::filesystem::file_size(twin) < bytes.size()) {
      entry.compressed = true;
      bytes += tools::read_file(twin);
    }
    entry.fingerprint = fingerprint(bytes);
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::string assembly(const std::vector<Entry>& entries) {
  std::string out = "  .section .rodata\n";
  const auto add = [&](std::string_view label, const std::filesystem::path& path) {
    out += fmt::format(
        "\n  .balign 16\n  .global {0}_begin\n  .global {0}_end\n{0}_begin:\n  .incbin \"{1}\"\n{0}_end:\n",
        label, path.string());
  };
  for (std::size_t i = 0; i < entries.size(); ++i) {
    out += fmt::format("\n// {} {}\n", entries[i].file, entries[i].fingerprint);
    add(fmt::format("otklik_asset_{}", i), entries[i].path);
    if (entries[i].compressed) add(fmt::format("otklik_asset_{}_gzip", i), entries[i].path.string() + ".gz");
  }
  return out + "\n  .section .note.GNU-stack,\"\",%progbits\n";
}

std::string list(const std::vector<Entry>& entries) {
  std::string out =
      "#include <span>\n#include <string_view>\n\n#include \"web/assets.hpp\"\n\nextern \"C\" {\n";
  const auto declare = [&](std::string_view label) {
    out += fmt::format("extern const char {0}_begin[];\nextern const char {0}_end[];\n", label);
  };
  for (std::size_t i = 0; i < entries.size(); ++i) {
    declare(fmt::format("otklik_asset_{}", i));
    if (entries[i].compressed) declare(fmt::format("otklik_asset_{}_gzip", i));
  }
  out += "}\n\nnamespace web {\n\nnamespace asset_path {\n\n";
  for (const Entry& entry : entries) {
    const std::string name = tools::asset_identifier(entry.name);
    out += fmt::format(
        "extern const std::string_view {0};\nconstinit const std::string_view {0} = \"/assets/{1}\";\n", name,
        entry.file);
  }
  out += "\n}  // namespace asset_path\n\nstd::span<const EmbeddedAsset> embedded_assets();\n\n";
  out += "std::span<const EmbeddedAsset> embedded_assets() {\n";
  if (entries.empty()) return out + "  return {};\n}\n\n}  // namespace web\n";
  out += "  static const EmbeddedAsset list[] = {\n";
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto bytes = [](std::string_view label) { return fmt::format("{{{0}_begin, {0}_end}}", label); };
    out += fmt::format("    {{\"{}\", \"/assets/{}\",\n     {{{}, {}, \"{}\"}}}},\n", entries[i].name,
                       entries[i].file, bytes(fmt::format("otklik_asset_{}", i)),
                       entries[i].compressed ? bytes(fmt::format("otklik_asset_{}_gzip", i)) : "{}",
                       entries[i].content_type);
  }
  return out + "  };\n  return list;\n}\n\n}  // namespace web\n";
}

}  // namespace

int main(int argc, char** argv) {
  return tools::run([&] {
    const tools::Arguments arguments(argc, argv, {"manifest", "out"});
    const std::vector<Entry> entries = read_manifest(arguments.option("manifest"));
    const std::filesystem::path out = arguments.option("out");
    std::string names;
    for (const Entry& entry : entries) names += entry.name + "\n";
    tools::write_if_changed(out / "asset_data.S", assembly(entries));
    tools::write_if_changed(out / "asset_data.cpp", list(entries));
    tools::write_if_changed(out / "assets.names", names);
  });
}
