#include "tools/template_writer.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <utility>

#include "tools/catalogue.hpp"
#include "tools/files.hpp"
#include "tools/html_context.hpp"

namespace tools {
namespace {

constexpr std::size_t deepest_include = 16;
constexpr std::string_view sprite = "icons.svg";

struct ViewName {
  std::string name_space;
  std::string function;
};

// cases/views/case_page.html: cases::views and case_page.
ViewName view_name(const Template& source) {
  const std::filesystem::path path(source.path);
  std::string name_space;
  for (const auto& folder : path.parent_path()) {
    if (!name_space.empty()) name_space += "::";
    name_space += folder.string();
  }
  ViewName name{.name_space = name_space, .function = path.stem().string()};
  if (!is_identifier(name.function) || message_identifier(name.function) != name.function)
    throw SourceError(source.path, source.view_line,
                      fmt::format("{} is no name for a function", name.function));
  return name;
}

class Writer {
 public:
  Writer(const Template& source, const TemplateSurroundings& surroundings, std::vector<std::string>& included)
      : source_(source), surroundings_(surroundings), included_(included), path_(source.path) {}

  std::string write() {
    const ViewName name = view_name(source_);
    body_.indent = 1;
    write_nodes(source_.nodes);
    flush();
    at(last_line_, [&] { context_.finish(); });

    std::string out = "#include <string_view>\n\n#include \"base/messages.hpp\"\n";
    out += fmt::format("#include \"{}\"\n#include \"web/html.hpp\"\n#include \"web/page.hpp\"\n\n",
                       source_.view_header);
    if (!messages_.empty()) {
      out += "namespace base::linked {\n\n";
      for (const std::string& message : messages_) out += fmt::format("extern const Message {};\n", message);
      out += "\n}  // namespace base::linked\n\n";
    }
    if (!assets_.empty()) {
      out += "namespace web::asset_path {\n\n";
      for (const std::string& asset : assets_)
        out += fmt::format("extern const std::string_view {};\n", asset);
      out += "\n}  // namespace web::asset_path\n\n";
    }
    out += fmt::format("namespace {} {{\n\n", name.name_space);
    out += fmt::format("void {}(web::Html& out, const web::Page& page, const {}& view);\n\n", name.function,
                       source_.view_type);
    out += fmt::format("void {}(web::Html& out, const web::Page& page, const {}& view) {{\n", name.function,
                       source_.view_type);
    out += "  using namespace std::string_view_literals;\n";
    out += body_.text;
    out += fmt::format("}}\n\n}}  // namespace {}\n", name.name_space);
    return out;
  }

 private:
  struct Code {
    std::string text;
    std::size_t indent = 1;
  };

  void write_nodes(const std::vector<TemplateNode>& nodes) {
    for (const TemplateNode& node : nodes) {
      last_line_ = node.line;
      switch (node.kind) {
        case TemplateNode::Kind::text:
          text(node);
          break;
        case TemplateNode::Kind::value:
          value(node);
          break;
        case TemplateNode::Kind::message:
          message(node);
          break;
        case TemplateNode::Kind::asset:
          at(node.line, [&] { context_.address(); });
          asset(node.text, node.line);
          break;
        case TemplateNode::Kind::icon:
          icon(node);
          break;
        case TemplateNode::Kind::condition:
          condition(node);
          break;
        case TemplateNode::Kind::loop:
          loop(node);
          break;
        case TemplateNode::Kind::include:
          include(node);
          break;
      }
    }
  }

  // Feeds line by line, so that an error names the right one.
  void text(const TemplateNode& node) {
    std::size_t line = node.line;
    std::string_view rest = node.text;
    // A run of blanks must reach the context whole to be made one.
    while (!rest.empty()) {
      std::size_t end = rest.find('\n');
      if (end != std::string_view::npos) end = rest.find_first_not_of(" \t\r\n", end);
      const std::string_view piece = rest.substr(0, end);
      at(line, [&] { static_ += context_.feed(piece); });
      line += static_cast<std::size_t>(std::ranges::count(piece, '\n'));
      rest.remove_prefix(piece.size());
    }
    last_line_ = line;
  }

  void value(const TemplateNode& node) {
    line_break();
    Escaping escaping{};
    at(node.line, [&] { escaping = context_.value(); });
    constexpr std::array functions = {"text", "attribute", "url", "url_part", "url_query"};
    statement(node.line,
              fmt::format("out.{}({});", functions[static_cast<std::size_t>(escaping)], node.text));
  }

  void message(const TemplateNode& node) {
    line_break();
    at(node.line, [&] { context_.message(); });
    const std::string name =
        node.dynamic ? node.text : message_constant(node.text, node.arguments.size(), node.line);
    std::string call = fmt::format("out.message(page.locale, {}", name);
    for (const std::string& argument : node.arguments) call += fmt::format(", {}", argument);
    statement(node.line, call + ");");
  }

  std::string message_constant(std::string_view key, std::optional<std::size_t> arguments, std::size_t line) {
    const auto found = surroundings_.messages.find(key);
    if (found == surroundings_.messages.end()) fail(line, fmt::format("there is no message {}", key));
    if (arguments && *arguments != found->second.arguments)
      fail(line, fmt::format("the message {} takes {} arguments, not {}", key, found->second.arguments,
                             *arguments));
    const std::string name = message_identifier(key);
    messages_.insert(name);
    return "base::linked::" + name;
  }

  void asset(std::string_view name, std::size_t line) {
    if (surroundings_.assets.empty()) {
      static_ += fmt::format("/assets/{}", name);
      return;
    }
    if (!surroundings_.assets.contains(name)) fail(line, fmt::format("there is no asset {}", name));
    const std::string identifier = asset_identifier(name);
    assets_.insert(identifier);
    statement(line, fmt::format("out.raw(web::asset_path::{});", identifier));
  }

  void icon(const TemplateNode& node) {
    at(node.line, [&] { context_.element(); });
    if (!node.dynamic && !surroundings_.icons.empty() && !surroundings_.icons.contains(node.text))
      fail(node.line, fmt::format("there is no icon {}; icons are listed in frontend/icons.txt", node.text));
    static_ += "<svg class=\"icon";
    for (const std::string& name : node.arguments) static_ += " " + name;
    static_ += "\" aria-hidden=\"true\" focusable=\"false\"><use href=\"";
    asset(sprite, node.line);
    static_ += '#';
    if (node.dynamic)
      statement(node.line, fmt::format("out.url_part({});", node.text));
    else
      static_ += node.text;
    static_ += "\"/></svg>";
  }

  void condition(const TemplateNode& node) {
    flush();
    const HtmlContext before = context_;
    std::vector<HtmlContext> ends;
    for (std::size_t i = 0; i < node.branches.size(); ++i) {
      const std::string& test = node.conditions[i];
      if (i == 0) line_directive(node.lines[i]);
      code(fmt::format("{}{}{{", i == 0 ? "" : "} else ", test.empty() ? "" : fmt::format("if ({}) ", test)));
      ++body_.indent;
      context_ = before;
      write_nodes(node.branches[i]);
      flush();
      --body_.indent;
      ends.push_back(context_);
    }
    code("}");
    if (!node.conditions.back().empty()) ends.push_back(before);
    context_ = ends.front();
    for (const HtmlContext& end : ends)
      at(node.end_line, [&] { context_ = HtmlContext::join(context_, end); });
  }

  void loop(const TemplateNode& node) {
    flush();
    // The body is read once for what it leaves behind: the second round begins there.
    const HtmlContext before = context_;
    const Code kept = body_;
    write_nodes(node.branches[0]);
    flush();
    at(node.end_line, [&] { context_ = HtmlContext::join(before, context_); });
    body_ = kept;

    const bool counted = node.arguments.size() == 2;
    if (counted) {
      code("{");
      ++body_.indent;
      code(fmt::format("std::size_t next_{} = 0;", node.arguments[1]));
    }
    statement(node.line, fmt::format("for (const auto& {} : {}) {{", node.arguments[0], node.text));
    ++body_.indent;
    if (counted) code(fmt::format("const std::size_t {0} = next_{0}++;", node.arguments[1]));
    const HtmlContext start = context_;
    write_nodes(node.branches[0]);
    flush();
    at(node.end_line, [&] { context_ = HtmlContext::join(start, context_); });
    --body_.indent;
    code("}");
    if (counted) {
      --body_.indent;
      code("}");
    }
  }

  void include(const TemplateNode& node) {
    flush();
    if (open_.size() == deepest_include) fail(node.line, "includes are nested too deeply");
    std::string content;
    try {
      content = surroundings_.read(node.text);
    } catch (const std::exception&) {
      fail(node.line, fmt::format("cannot read {}", node.text));
    }
    if (std::ranges::find(included_, node.text) == included_.end()) included_.push_back(node.text);
    const Template part = parse_template(node.text, content);

    // First all values in the outer scope, then the names: `name = name` means the outer one.
    code("{");
    ++body_.indent;
    const std::size_t number = ++includes_;
    for (const auto& [name, expression] : node.with) {
      const std::string right = expression.starts_with("t ")
                                    ? message_constant(trim(expression.substr(2)), std::nullopt, node.line)
                                    : expression;
      statement(node.line, fmt::format("auto&& given_{}_{} = {};", number, name, right));
    }
    code("{");
    ++body_.indent;
    for (const auto& [name, expression] : node.with)
      code(fmt::format("auto&& {0} = given_{1}_{0};", name, number));

    open_.push_back(std::exchange(path_, node.text));
    write_nodes(part.nodes);
    flush();
    path_ = std::move(open_.back());
    open_.pop_back();
    last_line_ = node.line;

    for (int i = 0; i < 2; ++i) {
      --body_.indent;
      code("}");
    }
  }

  void line_break() {
    if (context_.needs_line_break()) static_ += '\n';
  }

  // Writes the static text gathered so far.
  void flush() {
    if (static_.empty()) return;
    code(fmt::format("out.raw({}sv);", literal(static_)));
    static_.clear();
  }

  void statement(std::size_t line, std::string_view text) {
    flush();
    line_directive(line);
    code(text);
  }

  void line_directive(std::size_t line) {
    body_.text += fmt::format("#line {} {}\n", line, literal("src/" + path_));
  }

  void code(std::string_view text) {
    body_.text.append(body_.indent * 2, ' ');
    body_.text += text;
    body_.text += '\n';
  }

  // Runs `work` and gives what it throws the place in the template.
  template <class Work>
  void at(std::size_t line, Work work) {
    try {
      work();
    } catch (const SourceError&) {
      throw;
    } catch (const std::runtime_error& error) {
      fail(line, error.what());
    }
  }

  [[noreturn]] void fail(std::size_t line, std::string_view message) const {
    throw SourceError("src/" + path_, line, message);
  }

  const Template& source_;
  const TemplateSurroundings& surroundings_;
  std::vector<std::string>& included_;
  std::string path_;
  std::vector<std::string> open_;  // templates that include the current one
  HtmlContext context_;
  std::string static_;
  Code body_;
  std::size_t includes_ = 0;
  std::size_t last_line_ = 1;
  std::set<std::string> messages_;
  std::set<std::string> assets_;
};

}  // namespace

std::string write_view(const Template& source, const TemplateSurroundings& surroundings,
                       std::vector<std::string>& included) {
  if (source.view_type.empty()) return "// Included by other templates.\n";
  return Writer(source, surroundings, included).write();
}

std::string write_views_header(const std::vector<Template>& templates) {
  std::set<std::string> headers;
  std::map<std::string, std::map<std::string, std::string>> functions;
  for (const Template& source : templates) {
    if (source.view_type.empty()) continue;
    const ViewName name = view_name(source);
    headers.insert(source.view_header);
    functions[name.name_space][name.function] = source.view_type;
  }
  std::string out = "// Views: each writes its page or fragment to `out`.\n#pragma once\n\n";
  for (const std::string& header : headers) out += fmt::format("#include \"{}\"\n", header);
  out += "#include \"web/html.hpp\"\n#include \"web/page.hpp\"\n";
  for (const auto& [name_space, list] : functions) {
    out += fmt::format("\nnamespace {} {{\n\n", name_space);
    for (const auto& [function, type] : list)
      out += fmt::format("void {}(web::Html& out, const web::Page& page, const {}& view);\n", function, type);
    out += fmt::format("\n}}  // namespace {}\n", name_space);
  }
  return out;
}

std::string asset_identifier(std::string_view name) {
  std::string out = "asset_";
  for (const char c : name) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    out += word ? c : '_';
  }
  return out;
}

}  // namespace tools
