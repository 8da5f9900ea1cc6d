// Proves the layers: prints each include of src/ that points upward, and ends with 1 if there is one.
//
//   check_includes src
//
//   base      includes base
//   storage   base; its drivers (storage/sqlite, storage/postgres) also storage
//   blobs     base
//   jobs      neither modules nor web
//   net       neither modules nor storage; only app and main.cpp include it
//   modules   other modules, storage, blobs, jobs, base; no circles.
//             pages*, api*, views*, commands*, *_pages and *_api stand above the modules and may also include
//             web
//   drivers   are included by app alone
//
// Tests (*_test, *_for_tests, testing) may include what they like.

#include <map>

#include "tools/files.hpp"
#include "tools/include_rules.hpp"

int main(int argc, char** argv) {
  return tools::run([&] {
    const tools::Arguments arguments(argc, argv, {});
    if (arguments.rest().size() != 1) throw std::runtime_error("usage: check_includes src");
    const std::filesystem::path root = arguments.rest()[0];
    std::map<std::string, std::string> sources;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      const std::filesystem::path& path = entry.path();
      if (path.extension() == ".cpp" || path.extension() == ".hpp")
        sources.emplace(std::filesystem::relative(path, root).generic_string(), tools::read_file(path));
    }
    const std::vector<tools::Breach> breaches = tools::check_includes(sources);
    for (const tools::Breach& breach : breaches)
      fmt::print("{}/{}:{}: {}\n", root.string(), breach.path, breach.line, breach.why);
    if (!breaches.empty())
      throw std::runtime_error(fmt::format("{} includes break the layers", breaches.size()));
  });
}
