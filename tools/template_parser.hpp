// Templates as trees. The language is described in template_compiler.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tools {

struct TemplateNode {
  enum class Kind : std::uint8_t { text, value, message, asset, icon, condition, loop, include };

  Kind kind = Kind::text;
  std::size_t line = 1;
  std::string
      text;  // static text; expression; key; name of an asset or icon; loop: the range; include: the path
  bool dynamic = false;  // message, icon: `text` is an expression, not a name
  std::vector<std::string>
      arguments;  // message: expressions; icon: further classes; loop: names of item and index
  std::vector<std::pair<std::string, std::string>> with;  // include: name and expression

  // condition: one branch for each if, elif and else, whose condition is in `conditions` (empty for else).
  // loop: one branch, the body.
  std::vector<std::vector<TemplateNode>> branches;
  std::vector<std::string> conditions;
  std::vector<std::size_t> lines;  // of the conditions
  std::size_t end_line = 0;        // of endif or endfor
};

struct Template {
  std::string path;         // relative to src/, used in errors and #line
  std::string view_type;    // cases::CaseView; empty for a part that is only included
  std::string view_header;  // cases/views.hpp
  std::size_t view_line = 0;
  std::vector<TemplateNode> nodes;
};

// Throws SourceError.
[[nodiscard]] Template parse_template(std::string_view path, std::string_view source);

}  // namespace tools
