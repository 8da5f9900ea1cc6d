#include "tools/query_parser.hpp"

#include <algorithm>
#include <map>

#include "tools/catalogue.hpp"
#include "tools/files.hpp"

namespace tools {
namespace {

class Parser {
 public:
  explicit Parser(std::string_view path) : path_(path) {}

  QueryFile parse(std::string_view source) {
    for (const std::string_view line : split(source, '\n')) {
      ++line_;
      take(line);
    }
    finish_query();
    return std::move(file_);
  }

 private:
  enum class Engine : unsigned char { both, sqlite, postgres };

  void take(std::string_view raw) {
    const std::string_view line = trim(raw);
    if (const auto name = directive(line, "name"); !name.empty()) {
      finish_query();
      if (!is_identifier(name) || message_identifier(name) != name)
        fail(fmt::format("{} is no name for a query", name));
      current_ = {.name = std::string(name), .comment = {}, .line = line_, .sqlite = {}, .postgres = {}};
      query_type_.clear();
      engine_ = Engine::both;
    } else if (const auto type = directive(line, "type"); !type.empty()) {
      take_type(type);
    } else if (const auto engine = directive(line, "engine"); !engine.empty()) {
      take_engine(engine);
    } else if (line.starts_with("--")) {
      if (!current_.name.empty() && trim(sql_).empty()) current_.comment.emplace_back(trim(line.substr(2)));
    } else if (current_.name.empty()) {
      if (!line.empty()) fail("SQL before the first -- name:");
    } else {
      std::string_view kept = raw;
      while (!kept.empty() && (kept.back() == ' ' || kept.back() == '\t' || kept.back() == '\r'))
        kept.remove_suffix(1);
      sql_.append(kept).append("\n");
    }
  }

  // The rest of `-- word: rest`, empty when the line is none.
  static std::string_view directive(std::string_view line, std::string_view word) {
    if (!line.starts_with("--")) return {};
    line = trim(line.substr(2));
    if (!line.starts_with(word) || !line.substr(word.size()).starts_with(":")) return {};
    return trim(line.substr(word.size() + 1));
  }

  void take_type(std::string_view rest) {
    const std::size_t in = rest.find(" in \"");
    if (in == std::string_view::npos || !rest.ends_with('"'))
      fail("expected: -- type: <type> in \"<header>\"");
    const std::string type(trim(rest.substr(0, in)));
    const std::string header(rest.substr(in + 5, rest.size() - in - 6));
    if (std::ranges::find(file_.headers, header) == file_.headers.end()) file_.headers.push_back(header);
    const std::size_t colon = type.rfind(':');
    types_[colon == std::string::npos ? type : type.substr(colon + 1)] = type;
    types_[type] = type;
    std::string& target = current_.name.empty() ? file_type_ : query_type_;
    if (target.empty()) target = type;
  }

  void take_engine(std::string_view name) {
    if (current_.name.empty()) fail("-- engine: belongs to a query");
    finish_variant();
    if (name == "sqlite")
      engine_ = Engine::sqlite;
    else if (name == "postgres")
      engine_ = Engine::postgres;
    else
      fail("the engines are sqlite and postgres");
  }

  void finish_variant() {
    std::string_view text = trim(sql_);
    if (text.ends_with(';')) text = trim(text.substr(0, text.size() - 1));
    if (!text.empty()) {
      const std::vector<QueryPiece> parsed = pieces(text);
      if (engine_ != Engine::postgres) current_.sqlite = parsed;
      if (engine_ != Engine::sqlite) current_.postgres = parsed;
    }
    sql_.clear();
  }

  void finish_query() {
    if (current_.name.empty()) return;
    finish_variant();
    if (current_.sqlite.empty() && current_.postgres.empty())
      throw SourceError(path_, current_.line, fmt::format("{} is empty", current_.name));
    const auto twin = std::ranges::find(file_.queries, current_.name, &NamedQuery::name);
    if (twin == file_.queries.end())
      file_.queries.push_back(std::move(current_));
    else if (!twin->sqlite.empty() && twin->postgres.empty() && current_.sqlite.empty())
      twin->postgres = std::move(current_.postgres);
    else if (!twin->postgres.empty() && twin->sqlite.empty() && current_.postgres.empty())
      twin->sqlite = std::move(current_.sqlite);
    else
      throw SourceError(path_, current_.line, fmt::format("{} stands here twice", current_.name));
    current_ = {};
  }

  // Finds {columns}, {columns:prefix}, {columns:prefix Type}, {columns Type} and the like.
  std::vector<QueryPiece> pieces(std::string_view text) {
    std::vector<QueryPiece> list;
    const auto add_text = [&](std::string_view part) {
      if (!part.empty())
        list.push_back({.kind = QueryPiece::Kind::text, .text = std::string(part), .type = {}});
    };
    for (;;) {
      std::size_t open = text.find('{');
      // Braces around anything but a word are SQL: '{}' or a piece of JSON.
      while (open != std::string_view::npos &&
             (open + 1 == text.size() || text[open + 1] < 'a' || text[open + 1] > 'z'))
        open = text.find('{', open + 1);
      add_text(text.substr(0, open));
      if (open == std::string_view::npos) return list;
      const std::size_t close = text.find('}', open);
      if (close == std::string_view::npos) fail_query("a brace is not closed");
      list.push_back(placeholder(text.substr(open + 1, close - open - 1)));
      text.remove_prefix(close + 1);
    }
  }

  QueryPiece placeholder(std::string_view content) {
    const std::size_t blank = content.find(' ');
    std::string_view head = content.substr(0, blank);
    const std::string_view type = blank == std::string_view::npos ? "" : trim(content.substr(blank));
    std::string_view prefix;
    if (const std::size_t colon = head.find(':'); colon != std::string_view::npos) {
      prefix = head.substr(colon + 1);
      head = head.substr(0, colon);
      if (head != "columns" || !is_identifier(prefix)) fail_query(fmt::format("{{{}}} is unknown", content));
    }
    QueryPiece piece{.kind = QueryPiece::Kind::columns, .text = std::string(prefix), .type = {}};
    if (head == "parameters")
      piece.kind = QueryPiece::Kind::parameters;
    else if (head == "assignments")
      piece.kind = QueryPiece::Kind::assignments;
    else if (head != "columns")
      fail_query(fmt::format("{{{}}} is unknown", content));
    if (type.empty()) {
      piece.type = query_type_.empty() ? file_type_ : query_type_;
      if (piece.type.empty()) fail_query(fmt::format("{{{}}} needs a -- type: line", content));
    } else {
      const auto known = types_.find(type);
      if (known == types_.end()) fail_query(fmt::format("{} has no -- type: line", type));
      piece.type = known->second;
    }
    return piece;
  }

  [[noreturn]] void fail(std::string_view message) const { throw SourceError(path_, line_, message); }
  [[noreturn]] void fail_query(std::string_view message) const {
    throw SourceError(path_, current_.line, fmt::format("{}: {}", current_.name, message));
  }

  std::string_view path_;
  std::size_t line_ = 0;
  QueryFile file_;
  NamedQuery current_;
  std::string sql_;
  std::string file_type_;
  std::string query_type_;
  std::map<std::string, std::string, std::less<>> types_;
  Engine engine_ = Engine::both;
};

// A query's text as a C++ expression.
std::string text_expression(const std::vector<QueryPiece>& pieces) {
  std::string out;
  for (const QueryPiece& piece : pieces) {
    if (!out.empty()) out += " + ";
    switch (piece.kind) {
      case QueryPiece::Kind::text:
        out += fmt::format("std::string({})", literal(piece.text));
        break;
      case QueryPiece::Kind::columns:
        out += fmt::format("storage::columns<{}>({})", piece.type, literal(piece.text));
        break;
      case QueryPiece::Kind::parameters:
        out += fmt::format("storage::parameters<{}>()", piece.type);
        break;
      case QueryPiece::Kind::assignments:
        out += fmt::format("storage::assignments<{}>()", piece.type);
        break;
    }
  }
  return out.empty() ? "std::string()" : out;
}

std::string name_space(std::string_view folder) {
  std::string name;
  for (const std::string_view part : split(folder, '/')) name += fmt::format("{}::", part);
  return name + "sql";
}

}  // namespace

QueryFile parse_queries(std::string_view path, std::string_view source) {
  return Parser(path).parse(source);
}

std::string write_queries_header(const QueryFile& file, std::string_view folder) {
  std::string out = fmt::format(
      "// The queries of src/{}/queries.sql.\n#pragma once\n\n#include \"storage/query.hpp\"\n\n", folder);
  out += fmt::format("namespace {} {{\n", name_space(folder));
  for (const NamedQuery& query : file.queries) {
    out += "\n";
    for (const std::string& line : query.comment)
      out += fmt::format("//{}{}\n", line.empty() ? "" : " ", line);
    out += fmt::format("extern const storage::Query {};\n", query.name);
  }
  return out + fmt::format("\n}}  // namespace {}\n", name_space(folder));
}

std::string write_queries_source(const QueryFile& file, std::string_view folder) {
  std::string out = fmt::format("#include \"{}/queries.hpp\"\n\n#include <string>\n\n", folder);
  for (const std::string& header : file.headers) out += fmt::format("#include \"{}\"\n", header);
  out += fmt::format("#include \"storage/fields.hpp\"\n\nnamespace {} {{\n", name_space(folder));
  for (const NamedQuery& query : file.queries) {
    out += fmt::format("\n#line {} \"src/{}/queries.sql\"\n", query.line, folder);
    out += fmt::format("const storage::Query {}(\"{}.{}\",\n    {},\n    {});\n", query.name, folder,
                       query.name, text_expression(query.sqlite), text_expression(query.postgres));
  }
  return out + fmt::format("\n}}  // namespace {}\n", name_space(folder));
}

}  // namespace tools
