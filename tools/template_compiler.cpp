// Turns src/<module>/views/<name>.html into `void <module>::views::<name>(web::Html&, const web::Page&, const
// View&)`.
//
//   template_compiler --root src --header gen/cases/views.gen.hpp cases/views/case.html …
//   template_compiler --root src --source gen/cases/views/case.gen.cpp --messages messages.index --assets
//   assets.names
//                     --icons icons.txt --depfile case.gen.cpp.d cases/views/case.html
//
// The language:
//
//   {% view cases::CaseView from "cases/views.hpp" %}   first line; without it a file is only there to be
//   included
//   {{ expression }}                  a C++ expression over `view`, `page` and names in scope: text, a whole
//   number, or
//                                     (in text) base::SafeHtml; escaped for where it stands
//   {{ t key }} {{ t key, a, b }}     a message of the catalogue with its arguments; {{ t (expression), a }}
//   takes a
//                                     base::Message
//   {{ asset app.css }}               the address of an asset
//   {{ icon plus some-class }}        an icon of the sprite; {{ icon (expression) some-class }} by name
//   {% if e %} {% elif e %} {% else %} {% endif %}
//   {% for x in e %} {% for x, i in e %} {% endfor %}   x is const auto&, i counts from 0
//   {% include "web/views/field.html" with name = e, label = t key %}   taken in here, in a scope of its own
//   {# comment #}
//
// A tag of the kinds {% %} and {# #} that is alone on its line leaves no line behind. In addresses (href,
// src, action …) a value that is the whole address must be safe, else "#" is written; a value after / or = is
// percent-encoded; a value right after ? or & is a ready piece of a query. Refused: values in unquoted
// attributes, in scripts, styles, comments, in on*, style, srcdoc and srcset; branches that end in different
// places of the HTML; unknown messages, assets, icons.

#include "tools/files.hpp"
#include "tools/template_parser.hpp"
#include "tools/template_writer.hpp"

namespace {

tools::TemplateSurroundings surroundings(const tools::Arguments& arguments,
                                         const std::filesystem::path& root) {
  tools::TemplateSurroundings result;
  const auto lines = [&](std::string_view option) {
    std::vector<std::string> list;
    const std::string path = arguments.option(option);
    if (path.empty()) return list;
    const std::string content = tools::read_file(path);
    for (const std::string_view line : tools::split(content, '\n'))
      if (!tools::trim(line).empty() && !line.starts_with('#')) list.emplace_back(line);
    return list;
  };
  for (const std::string& line : lines("messages")) {
    const auto columns = tools::split(line, '\t');
    result.messages.emplace(
        columns[0], tools::TemplateSurroundings::Message{.arguments = std::stoul(std::string(columns[1])),
                                                         .plural = columns[2] == "plural"});
  }
  for (const std::string& line : lines("assets")) result.assets.insert(line);
  for (const std::string& line : lines("icons")) result.icons.emplace(tools::trim(line));
  result.read = [root](std::string_view path) { return tools::read_file(root / path); };
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  return tools::run([&] {
    const tools::Arguments arguments(argc, argv,
                                     {"root", "header", "source", "messages", "assets", "icons", "depfile"});
    const std::filesystem::path root = arguments.option("root");
    std::vector<tools::Template> templates;
    for (const std::string& path : arguments.rest())
      templates.push_back(tools::parse_template(path, tools::read_file(root / path)));

    if (const std::string header = arguments.option("header"); !header.empty())
      tools::write_if_changed(header, tools::write_views_header(templates));

    if (const std::string source = arguments.option("source"); !source.empty()) {
      if (templates.size() != 1) throw std::runtime_error("--source takes one template");
      std::vector<std::string> included;
      tools::write_if_changed(source,
                              tools::write_view(templates[0], surroundings(arguments, root), included));
      if (const std::string depfile = arguments.option("depfile"); !depfile.empty()) {
        std::string rule = source + ": " + (root / templates[0].path).string();
        for (const std::string& path : included) rule += " " + (root / path).string();
        tools::write_if_changed(depfile, rule + "\n");
      }
    }
  });
}
