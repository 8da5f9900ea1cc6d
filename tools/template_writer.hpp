// C++ from templates.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tools/template_parser.hpp"

namespace tools {

// What a template may refer to.
struct TemplateSurroundings {
  struct Message {
    std::size_t arguments = 0;
    bool plural = false;
  };
  std::map<std::string, Message, std::less<>> messages;
  std::set<std::string, std::less<>>
      assets;  // logical names; empty: nothing is checked, names are used as they are
  std::set<std::string, std::less<>> icons;                // empty: nothing is checked
  std::function<std::string(std::string_view path)> read;  // the source of an included template
};

// The file that defines the view's function: `void <folder>::views::<name>(web::Html&, const web::Page&,
// const View&)`. Only a comment for a template without a view line. `included` receives the paths of all
// templates taken in. Throws SourceError.
[[nodiscard]] std::string write_view(const Template& source, const TemplateSurroundings& surroundings,
                                     std::vector<std::string>& included);

// The header that declares the views of one folder.
[[nodiscard]] std::string write_views_header(const std::vector<Template>& templates);

// How generated code names an asset: `app.css` gives `asset_app_css`.
[[nodiscard]] std::string asset_identifier(std::string_view name);

}  // namespace tools
