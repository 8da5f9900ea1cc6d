#include "web/markdown.hpp"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>

#include "base/text.hpp"
#include "web/html.hpp"

namespace web {
namespace {

constexpr int options =
    CMARK_OPT_DEFAULT | CMARK_OPT_HARDBREAKS | CMARK_OPT_VALIDATE_UTF8 |
    CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE;  // raw HTML and unsafe links are left out by default

// Whether Markdown would leave the text as it is but for paragraphs and line ends.
bool is_plain(std::string_view text) {
  if (text.find_first_of("*_`[]<>|~\\&#\t") != std::string_view::npos) return false;
  if (text.find("://") != std::string_view::npos || text.find("www.") != std::string_view::npos) return false;
  if (text.find('@') != std::string_view::npos) return false;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '-' || c == '+' || c == '=' || c == ' ' || (c >= '0' && c <= '9'))) return false;
    line_begins = c == '\n';
  }
  return true;
}

std::string paragraphs(std::string_view text) {
  Html html;
  bool open = false;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (base::trim(line).empty()) {
      if (open) html.raw("</p>\n");
      open = false;
      continue;
    }
    html.raw(open ? "<br />\n" : "<p>");
    open = true;
    html.text(base::trim(line));
  }
  if (open) html.raw("</p>\n");
  return html.take();
}

std::string full(std::string_view text) {
  static std::once_flag once;
  std::call_once(once, cmark_gfm_core_extensions_ensure_registered);
  const std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)> parser(cmark_parser_new(options),
                                                                           cmark_parser_free);
  for (const char* name : {"table", "strikethrough", "autolink"}) {
    if (auto* extension = cmark_find_syntax_extension(name)) {
      cmark_parser_attach_syntax_extension(parser.get(), extension);
    }
  }
  cmark_parser_feed(parser.get(), text.data(), text.size());
  const std::unique_ptr<cmark_node, decltype(&cmark_node_free)> document(cmark_parser_finish(parser.get()),
                                                                         cmark_node_free);
  // Pictures from elsewhere would tell their host who reads; they become links by their text alone.
  const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> walk(cmark_iter_new(document.get()),
                                                                     cmark_iter_free);
  for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(walk.get())) {
    cmark_node* node = cmark_iter_get_node(walk.get());
    if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) == CMARK_NODE_IMAGE)
      cmark_node_set_url(node, "");
  }
  const std::unique_ptr<char, decltype(&std::free)> html(
      cmark_render_html(document.get(), options, cmark_parser_get_syntax_extensions(parser.get())),
      std::free);
  return html ? std::string(html.get()) : std::string{};
}

}  // namespace

base::SafeHtml markdown(std::string_view text) {
  return base::SafeHtml::trusted(is_plain(text) ? paragraphs(text) : full(text));
}

std::string plain_excerpt(std::string_view text, std::size_t points) {
  std::string line = base::single_line(base::prefix(text, points * 2));
  std::erase_if(line, [](char c) { return c == '*' || c == '`' || c == '#' || c == '>'; });
  if (base::length(line) <= points) return line;
  return std::string(base::trim(base::prefix(line, points))) + "…";
}

}  // namespace web
