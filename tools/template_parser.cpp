#include "tools/template_parser.hpp"

#include <algorithm>
#include <optional>

#include "tools/files.hpp"

namespace tools {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The index after the string or character literal that begins at `at`, or npos when it does not end.
std::size_t skip_literal(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == quote)
      return i + 1;
  }
  return std::string_view::npos;
}

// Whether a literal begins at `at`; an apostrophe between digits only groups them.
bool begins_literal(std::string_view text, std::size_t at) {
  return text[at] == '"' || (text[at] == '\'' && (at == 0 || !is_word(text[at - 1])));
}

// Where `close` stands outside of literals, from `at` on.
std::size_t find_outside_literals(std::string_view text, std::size_t at, std::string_view close) {
  while (at < text.size()) {
    if (text.substr(at).starts_with(close)) return at;
    if (begins_literal(text, at)) {
      at = skip_literal(text, at);
      if (at == std::string_view::npos) return at;
    } else {
      ++at;
    }
  }
  return std::string_view::npos;
}

class Parser {
 public:
  Parser(std::string_view path, std::string_view source) : path_(path), source_(source) {}

  Template parse() {
    Template result;
    result.path = path_;
    template_ = &result;
    result.nodes = nodes({});
    return result;
  }

 private:
  [[noreturn]] void fail(std::size_t line, std::string_view message) const {
    throw SourceError(path_, line, message);
  }

  // Reads up to one of the tags in `ends`, which is left in tag_, or to the end of the file.
  std::vector<TemplateNode> nodes(std::vector<std::string_view> ends) {
    std::vector<TemplateNode> list;
    const std::size_t begun = line_;
    for (;;) {
      const std::size_t brace = next_opening();
      add_text(list, brace);
      if (brace == std::string_view::npos) {
        if (!ends.empty()) fail(begun, fmt::format("{} is missing", ends.back()));
        return list;
      }
      const std::size_t line = line_;
      const char kind = source_[brace + 1];
      const std::string_view content = take_tag(kind);
      if (kind == '#') continue;
      if (kind == '{') {
        list.push_back(value(content, line));
        continue;
      }
      const std::string_view word = content.substr(0, content.find_first_of(" \t\n"));
      const std::string_view rest = trim(content.substr(word.size()));
      if (std::ranges::find(ends, word) != ends.end()) {
        tag_ = word;
        tag_rest_ = rest;
        tag_line_ = line;
        return list;
      }
      if (word == "view") {
        view(rest, line);
      } else if (word == "if") {
        list.push_back(condition(rest, line));
      } else if (word == "for") {
        list.push_back(loop(rest, line));
      } else if (word == "include") {
        list.push_back(include(rest, line));
      } else {
        fail(line, fmt::format("{} is unknown or does not belong here", word));
      }
      seen_content_ = true;
    }
  }

  std::size_t next_opening() const {
    for (std::size_t at = position_;; ++at) {
      at = source_.find('{', at);
      if (at == std::string_view::npos || at + 1 == source_.size()) return std::string_view::npos;
      if (source_[at + 1] == '{' || source_[at + 1] == '%' || source_[at + 1] == '#') return at;
    }
  }

  // Static text up to `end`. A block tag or comment alone on its line takes the line with it.
  void add_text(std::vector<TemplateNode>& list, std::size_t end) {
    std::string_view text = source_.substr(position_, end == std::string_view::npos ? end : end - position_);
    const std::size_t begin_line = line_;
    line_ += static_cast<std::size_t>(std::ranges::count(text, '\n'));
    position_ = end == std::string_view::npos ? source_.size() : end;
    if (end != std::string_view::npos && alone_on_line(end)) {
      while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    }
    if (text.empty()) return;
    if (!trim(text).empty()) seen_content_ = true;
    list.push_back({.kind = TemplateNode::Kind::text, .line = begin_line, .text = std::string(text)});
  }

  bool alone_on_line(std::size_t at) const {
    if (source_[at + 1] == '{') return false;
    std::size_t begin = at;
    while (begin > 0 && is_blank(source_[begin - 1])) --begin;
    if (begin > 0 && source_[begin - 1] != '\n') return false;
    std::size_t end = tag_end(at);
    while (end < source_.size() && is_blank(source_[end])) ++end;
    return end == source_.size() || source_[end] == '\n' || source_.substr(end).starts_with("\r\n");
  }

  // The index after the tag that begins at `at`.
  std::size_t tag_end(std::size_t at) const {
    const char kind = source_[at + 1];
    const std::string close = kind == '{' ? "}}" : kind == '%' ? "%}" : "#}";
    const std::size_t end =
        kind == '#' ? source_.find(close, at + 2) : find_outside_literals(source_, at + 2, close);
    if (end == std::string_view::npos) fail(line_, fmt::format("{{{} is not closed by {}", kind, close));
    return end + 2;
  }

  std::string_view take_tag(char kind) {
    const std::size_t begin = position_;
    const bool alone = kind != '{' && alone_on_line(begin);
    std::size_t end = tag_end(begin);
    const std::string_view content = trim(source_.substr(begin + 2, end - begin - 4));
    if (alone) {
      end = source_.find('\n', end);
      end = end == std::string_view::npos ? source_.size() : end + 1;
    }
    line_ += static_cast<std::size_t>(std::ranges::count(source_.substr(begin, end - begin), '\n'));
    position_ = end;
    if (kind == '{') seen_content_ = true;
    return content;
  }

  void view(std::string_view rest, std::size_t line) {
    if (seen_content_ || !template_->view_type.empty()) fail(line, "view must be the first line");
    const std::size_t from = rest.find(" from ");
    const std::string_view header = from == std::string_view::npos ? "" : trim(rest.substr(from + 6));
    if (header.size() < 3 || header.front() != '"' || header.back() != '"')
      fail(line, "expected: view <type> from \"<header>\"");
    template_->view_type = trim(rest.substr(0, from));
    template_->view_header = header.substr(1, header.size() - 2);
    template_->view_line = line;
    check_expression(template_->view_type, line);
  }

  TemplateNode value(std::string_view content, std::size_t line) {
    TemplateNode node{.kind = TemplateNode::Kind::value, .line = line};
    if (const auto rest = after_word(content, "t")) {
      node.kind = TemplateNode::Kind::message;
      std::vector<std::string> parts = list(*rest, line);
      name_or_expression(node, parts.empty() ? "" : parts[0], line);
      for (std::size_t i = 1; i < parts.size(); ++i) node.arguments.push_back(expression(parts[i], line));
    } else if (const auto name = after_word(content, "asset")) {
      node.kind = TemplateNode::Kind::asset;
      node.text = *name;
    } else if (const auto icon = after_word(content, "icon")) {
      node.kind = TemplateNode::Kind::icon;
      std::string_view classes;
      if (icon->starts_with('(')) {
        const std::size_t close = closing_parenthesis(*icon, line);
        name_or_expression(node, icon->substr(0, close + 1), line);
        classes = icon->substr(close + 1);
      } else {
        const std::size_t blank = icon->find_first_of(" \t\n");
        name_or_expression(node, icon->substr(0, blank), line);
        classes = blank == std::string_view::npos ? "" : icon->substr(blank);
      }
      for (const std::string_view part : split(trim(classes), ' ')) {
        if (part.empty()) continue;
        if (!std::ranges::all_of(part, [](char c) { return is_word(c) || c == '-'; }))
          fail(line, fmt::format("{} is no name of a class", part));
        node.arguments.emplace_back(part);
      }
    } else {
      node.text = expression(content, line);
    }
    return node;
  }

  // What follows `word` and a blank, if `content` begins so.
  static std::optional<std::string_view> after_word(std::string_view content, std::string_view word) {
    if (!content.starts_with(word) || content.size() == word.size()) return std::nullopt;
    const char next = content[word.size()];
    if (!is_blank(next) && next != '\n') return std::nullopt;
    return trim(content.substr(word.size()));
  }

  // A bare name, or an expression in parentheses.
  void name_or_expression(TemplateNode& node, std::string_view text, std::size_t line) {
    text = trim(text);
    if (text.starts_with('(')) {
      node.dynamic = true;
      node.text = expression(text, line);
    } else if (!text.empty() &&
               std::ranges::all_of(text, [](char c) { return is_word(c) || c == '.' || c == '-'; })) {
      node.text = text;
    } else {
      fail(line, "expected a name, or an expression in parentheses");
    }
  }

  std::size_t closing_parenthesis(std::string_view text, std::size_t line) const {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (begins_literal(text, i)) {
        i = skip_literal(text, i);
        if (i == std::string_view::npos) break;
        --i;
      } else if (text[i] == '(') {
        ++depth;
      } else if (text[i] == ')' && --depth == 0) {
        return i;
      }
    }
    fail(line, "a parenthesis is not closed");
  }

  TemplateNode condition(std::string_view rest, std::size_t line) {
    TemplateNode node{.kind = TemplateNode::Kind::condition, .line = line};
    node.conditions.push_back(expression(rest, line));
    node.lines.push_back(line);
    for (;;) {
      const bool may_go_on = !node.conditions.back().empty();
      node.branches.push_back(nodes(may_go_on ? std::vector<std::string_view>{"elif", "else", "endif"}
                                              : std::vector<std::string_view>{"endif"}));
      if (tag_ == "endif") {
        node.end_line = tag_line_;
        return node;
      }
      node.conditions.push_back(tag_ == "elif" ? expression(tag_rest_, tag_line_) : std::string());
      node.lines.push_back(tag_line_);
    }
  }

  TemplateNode loop(std::string_view rest, std::size_t line) {
    TemplateNode node{.kind = TemplateNode::Kind::loop, .line = line};
    const std::size_t in = rest.find(" in ");
    if (in == std::string_view::npos) fail(line, "expected: for <name> in <expression>");
    for (const std::string_view name : split(rest.substr(0, in), ','))
      node.arguments.push_back(name_of(name, line));
    if (node.arguments.size() > 2)
      fail(line, "a loop has a name for the item and at most one for its number");
    node.text = expression(rest.substr(in + 4), line);
    node.branches.push_back(nodes({"endfor"}));
    node.end_line = tag_line_;
    return node;
  }

  TemplateNode include(std::string_view rest, std::size_t line) {
    TemplateNode node{.kind = TemplateNode::Kind::include, .line = line};
    const std::size_t end = rest.starts_with('"') ? skip_literal(rest, 0) : std::string_view::npos;
    if (end == std::string_view::npos) fail(line, "expected: include \"<folder>/views/<name>.html\"");
    node.text = rest.substr(1, end - 2);
    rest = trim(rest.substr(end));
    if (rest.empty()) return node;
    const auto given = after_word(rest, "with");
    if (!given) fail(line, "expected: with <name> = <expression>, …");
    for (const std::string& pair : list(*given, line)) {
      const std::size_t equals = pair.find('=');
      if (equals == std::string::npos) fail(line, "expected: with <name> = <expression>, …");
      const std::string_view right = trim(std::string_view(pair).substr(equals + 1));
      std::string given_value;
      if (const auto key = after_word(right, "t"))
        given_value = fmt::format("t {}", *key);
      else
        given_value = expression(right, line);
      node.with.emplace_back(name_of(std::string_view(pair).substr(0, equals), line), std::move(given_value));
    }
    return node;
  }

  std::string name_of(std::string_view text, std::size_t line) const {
    text = trim(text);
    if (!is_identifier(text)) fail(line, fmt::format("{} is no name", text));
    return std::string(text);
  }

  // Parts between commas that stand outside of brackets and literals.
  std::vector<std::string> list(std::string_view text, std::size_t line) const {
    std::vector<std::string> parts;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (begins_literal(text, i)) {
        i = skip_literal(text, i) - 1;
        if (i >= text.size()) fail(line, "a literal is not closed");
      } else if (text[i] == '(' || text[i] == '[') {
        ++depth;
      } else if (text[i] == ')' || text[i] == ']') {
        --depth;
      } else if (text[i] == ',' && depth == 0) {
        parts.emplace_back(trim(text.substr(begin, i - begin)));
        begin = i + 1;
      }
    }
    parts.emplace_back(trim(text.substr(begin)));
    return parts;
  }

  std::string expression(std::string_view text, std::size_t line) const {
    text = trim(text);
    check_expression(text, line);
    return std::string(text);
  }

  // An expression must stay one wherever it is put: brackets match, and nothing ends the statement.
  void check_expression(std::string_view text, std::size_t line) const {
    if (text.empty()) fail(line, "an expression is missing");
    std::string open;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (begins_literal(text, i)) {
        i = skip_literal(text, i) - 1;
        if (i >= text.size()) fail(line, "a literal is not closed");
      } else if (c == ';' || c == '{' || c == '}' || c == '#' || c == '\\' ||
                 text.substr(i).starts_with("//") || text.substr(i).starts_with("/*")) {
        fail(line, fmt::format("{} may not stand in an expression", c));
      } else if (c == '(' || c == '[') {
        open += c == '(' ? ')' : ']';
      } else if (c == ')' || c == ']') {
        if (open.empty() || open.back() != c) fail(line, "brackets do not match");
        open.pop_back();
      }
    }
    if (!open.empty()) fail(line, "brackets do not match");
  }

  std::string path_;
  std::string_view source_;
  std::size_t position_ = 0;
  std::size_t line_ = 1;
  bool seen_content_ = false;
  Template* template_ = nullptr;
  std::string_view tag_;
  std::string_view tag_rest_;
  std::size_t tag_line_ = 0;
};

}  // namespace

Template parse_template(std::string_view path, std::string_view source) {
  return Parser(path, source).parse();
}

}  // namespace tools
