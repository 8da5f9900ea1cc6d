// Embeds migrations/NNNN_name.sql in the program, with NNNN_name.postgres.sql as the other engine's text
// where it is.
//
//   migration_compiler --out gen/storage/migration_data.cpp migrations/0001_accounts.sql …

#include <map>

#include "tools/files.hpp"

namespace {

struct Texts {
  std::string name;
  std::string sqlite;
  std::string postgres;
};

std::map<int, Texts> read(const std::vector<std::string>& paths) {
  std::map<int, Texts> migrations;
  for (const std::string& path : paths) {
    std::string stem = std::filesystem::path(path).stem().string();
    const bool for_postgres = stem.ends_with(".postgres");
    if (for_postgres) stem.resize(stem.size() - std::string_view(".postgres").size());
    if (stem.size() < 6 || stem[4] != '_')
      throw tools::SourceError(path, 1, "the name must be NNNN_name.sql");
    Texts& texts = migrations[std::stoi(stem.substr(0, 4))];
    if (!texts.name.empty() && texts.name != stem.substr(5))
      throw tools::SourceError(path, 1, "the number is taken");
    texts.name = stem.substr(5);
    (for_postgres ? texts.postgres : texts.sqlite) = tools::read_file(path);
  }
  return migrations;
}

std::string write(const std::map<int, Texts>& migrations) {
  std::string out =
      "#include \"base/random.hpp\"\n#include \"storage/migrator.hpp\"\n\n"
      "namespace storage {\nnamespace {\n\n"
      "Migration migration(int version, std::string name, std::string sqlite, std::string postgres) {\n"
      "  std::string digest = base::digest(sqlite + '\\n' + postgres);\n"
      "  if (postgres.empty()) postgres = sqlite;\n"
      "  return {version, std::move(name), std::move(digest), std::move(sqlite), std::move(postgres)};\n"
      "}\n\n}  // namespace\n\n"
      "const std::vector<Migration>& all_migrations() {\n  static const std::vector<Migration> all{\n";
  for (const auto& [version, texts] : migrations) {
    out += fmt::format("      migration({}, {},\n{},\n{}),\n", version, tools::literal(texts.name),
                       tools::literal(texts.sqlite), tools::literal(texts.postgres));
  }
  return out + "  };\n  return all;\n}\n\n}  // namespace storage\n";
}

}  // namespace

int main(int argc, char** argv) {
  return tools::run([&] {
    const tools::Arguments arguments(argc, argv, {"out"});
    tools::write_if_changed(arguments.option("out"), write(read(arguments.rest())));
  });
}
