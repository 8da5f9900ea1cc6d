#include "tools/template_writer.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace tools {
namespace {

constexpr std::string_view view_line = "{% view cases::CaseView from \"cases/views.hpp\" %}\n";

TemplateSurroundings surroundings() {
  TemplateSurroundings result;
  result.messages = {{"case.open", {}}, {"count.cases", {.arguments = 1, .plural = true}}};
  result.assets = {"app.css", "icons.svg"};
  result.icons = {"plus", "bell"};
  result.read = [](std::string_view path) -> std::string {
    if (path == "web/views/tag.html") return "<b title=\"{{ name }}\">\n  {{ label }}\n</b>\n";
    if (path == "web/views/label.html") return "{{ t (label) }}";
    if (path == "web/views/self.html") return "{% include \"web/views/self.html\" %}";
    if (path == "web/views/bad.html") return "<p>\n<p title={{ x }}>";
    throw std::runtime_error("no such file");
  };
  return result;
}

std::string compile(std::string_view body, std::string_view path = "cases/views/page.html") {
  std::vector<std::string> included;
  return write_view(parse_template(path, std::string(view_line) + std::string(body)), surroundings(),
                    included);
}

// The statements of the view alone, without #line.
std::string statements(std::string_view body) {
  const std::string code = compile(body);
  const std::string_view begin = "string_view_literals;\n";
  std::string out;
  std::string_view rest = std::string_view(code).substr(code.find(begin) + begin.size());
  rest = rest.substr(0, rest.find("\n}\n"));
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.starts_with('#')) continue;
    out += line.substr(std::min(line.find_first_not_of(' '), line.size()));
    out += '\n';
  }
  return out;
}

std::string error(std::string_view body) {
  try {
    static_cast<void>(compile(body));
  } catch (const std::runtime_error& thrown) {
    return thrown.what();
  }
  return "accepted";
}

TEST(TemplateWriter, WritesTheWholeFile) {
  EXPECT_EQ(compile("<h1>{{ view.subject }}</h1>\n<p>{{ t case.open }}</p>\n"),
            R"(#include <string_view>

#include "base/messages.hpp"
#include "cases/views.hpp"
#include "web/html.hpp"
#include "web/page.hpp"

namespace base::linked {

extern const Message case_open;

}  // namespace base::linked

namespace cases::views {

void page(web::Html& out, const web::Page& page, const cases::CaseView& view);

void page(web::Html& out, const web::Page& page, const cases::CaseView& view) {
  using namespace std::string_view_literals;
  out.raw("<h1>"sv);
#line 2 "src/cases/views/page.html"
  out.text(view.subject);
  out.raw("</h1>\n"
    "<p>"sv);
#line 3 "src/cases/views/page.html"
  out.message(page.locale, base::linked::case_open);
  out.raw("</p>\n"sv);
}

}  // namespace cases::views
)");
}

TEST(TemplateWriter, EscapesForThePlace) {
  EXPECT_EQ(statements("{{ a }}"), "out.text(a);\n");
  EXPECT_EQ(statements("<p title=\"{{ a }}\">"),
            "out.raw(\"<p title=\\\"\"sv);\nout.attribute(a);\nout.raw(\"\\\">\"sv);\n");
  EXPECT_NE(statements("<p title='x{{ a }}'>").find("out.attribute(a);"), std::string::npos);
  EXPECT_NE(statements("<title>{{ a }}</title>").find("out.attribute(a);"), std::string::npos);
  EXPECT_NE(statements("<a href=\"{{ a }}\">").find("out.url(a);"), std::string::npos);
  EXPECT_NE(statements("<a HREF='{{ a }}'>").find("out.url(a);"), std::string::npos);
  EXPECT_NE(statements("<a href=\"/cases/{{ a }}\">").find("out.url_part(a);"), std::string::npos);
  EXPECT_NE(statements("<a href=\"/cases?q={{ a }}\">").find("out.url_part(a);"), std::string::npos);
  EXPECT_NE(statements("<a href=\"/cases?{{ a }}\">").find("out.url_query(a);"), std::string::npos);
  EXPECT_NE(statements("<a href=\"/cases?b=c&amp;{{ a }}\">").find("out.url_query(a);"), std::string::npos);
  EXPECT_NE(statements("<a href=\"{{ b }}?c={{ a }}\">").find("out.url_part(a);"), std::string::npos);
  EXPECT_NE(statements("<a href=\"mailto:{{ a }}\">").find("out.url_query(a);"), std::string::npos);
}

TEST(TemplateWriter, CollapsesBlanksBetweenTags) {
  EXPECT_EQ(statements("<ul>\n    <li>a</li>\n\n    <li>b  c</li>\n</ul>"),
            "out.raw(\"<ul>\\n\"\n\"<li>a</li>\\n\"\n\"<li>b  c</li>\\n\"\n\"</ul>\"sv);\n");
  EXPECT_EQ(statements("<a\n   href=\"/\"\n   id=\"x\">"),
            "out.raw(\"<a href=\\\"/\\\" id=\\\"x\\\">\"sv);\n");
  EXPECT_EQ(statements("<pre>a\n  b</pre>"), "out.raw(\"<pre>a\\n\"\n\"  b</pre>\"sv);\n");
  EXPECT_EQ(statements("<p>\n  {% if a %}\n  b\n  {% endif %}\n</p>"),
            "out.raw(\"<p>\\n\"sv);\nif (a) {\nout.raw(\"b\\n\"sv);\n}\nout.raw(\"</p>\"sv);\n");
}

TEST(TemplateWriter, ProtectsTheFirstLineBreakOfATextarea) {
  EXPECT_EQ(statements("<textarea>{{ a }}</textarea>"),
            "out.raw(\"<textarea>\\n\"sv);\nout.attribute(a);\nout.raw(\"</textarea>\"sv);\n");
}

TEST(TemplateWriter, WritesConditionsAndLoops) {
  EXPECT_EQ(statements("{% if a > 1 %}1{% elif b %}2{% else %}3{% endif %}"),
            "if (a > 1) {\nout.raw(\"1\"sv);\n} else if (b) {\nout.raw(\"2\"sv);\n} else "
            "{\nout.raw(\"3\"sv);\n}\n");
  EXPECT_EQ(statements("{% for x in view.list %}{{ x.name }}{% endfor %}"),
            "for (const auto& x : view.list) {\nout.text(x.name);\n}\n");
  EXPECT_EQ(statements("{% for x, i in view.list %}{{ i }}{% endfor %}"),
            "{\nstd::size_t next_i = 0;\nfor (const auto& x : view.list) {\nconst std::size_t i = next_i++;\n"
            "out.text(i);\n}\n}\n");
  EXPECT_NE(statements("<option{% if a %} selected{% endif %}>x</option>").find("out.raw(\" selected\"sv);"),
            std::string::npos);
  EXPECT_NE(statements("<a {% if a %}aria-current=\"page\"{% endif %} href=\"/\">").find("aria-current"),
            std::string::npos);
  EXPECT_NE(statements("<p class=\"a{% if b %} c{% endif %}\">").find("out.raw(\" c\"sv);"),
            std::string::npos);
}

TEST(TemplateWriter, WritesMessages) {
  EXPECT_EQ(statements("{{ t count.cases, view.count }}"),
            "out.message(page.locale, base::linked::count_cases, view.count);\n");
  EXPECT_EQ(statements("{{ t (view.label), f(a, b), \"x, y\" }}"),
            "out.message(page.locale, (view.label), f(a, b), \"x, y\");\n");
}

TEST(TemplateWriter, WritesAssetsAndIcons) {
  EXPECT_EQ(
      statements("<link href=\"{{ asset app.css }}\">"),
      "out.raw(\"<link href=\\\"\"sv);\nout.raw(web::asset_path::asset_app_css);\nout.raw(\"\\\">\"sv);\n");
  EXPECT_EQ(statements("{{ icon plus big red }}"),
            "out.raw(\"<svg class=\\\"icon big red\\\" aria-hidden=\\\"true\\\" focusable=\\\"false\\\"><use "
            "href=\\\"\"sv);\n"
            "out.raw(web::asset_path::asset_icons_svg);\nout.raw(\"#plus\\\"/></svg>\"sv);\n");
  EXPECT_NE(statements("{{ icon (view.icon) }}").find("out.url_part((view.icon));"), std::string::npos);
}

TEST(TemplateWriter, IncludesInAScopeOfTheirOwn) {
  EXPECT_EQ(
      statements("{% include \"web/views/tag.html\" with name = name, label = \"a, b\" %}"),
      "{\nauto&& given_1_name = name;\nauto&& given_1_label = \"a, b\";\n{\nauto&& name = given_1_name;\n"
      "auto&& label = given_1_label;\nout.raw(\"<b "
      "title=\\\"\"sv);\nout.attribute(name);\nout.raw(\"\\\">\\n\"sv);\n"
      "out.text(label);\nout.raw(\"\\n\"\n\"</b>\\n\"sv);\n}\n}\n");
  EXPECT_NE(statements("{% include \"web/views/label.html\" with label = t case.open %}")
                .find("auto&& given_1_label = base::linked::case_open;"),
            std::string::npos);
}

TEST(TemplateWriter, DropsComments) {
  EXPECT_EQ(statements("a{# {{ not.read }} #}b"), "out.raw(\"ab\"sv);\n");
}

TEST(TemplateWriter, NamesThePlaceOfAnError) {
  EXPECT_EQ(error("<p>\n\n{{ t no.such }}"),
            "src/cases/views/page.html:4: error: there is no message no.such");
  EXPECT_EQ(error("{% include \"web/views/bad.html\" %}"),
            "src/web/views/bad.html:2: error: the value of the attribute title needs quotes");
}

TEST(TemplateWriter, RefusesValuesWhereEscapingCannotHelp) {
  for (const std::string_view bad : {"<p title={{ a }}>",
                                     "<p {{ a }}>",
                                     "<{{ a }}>",
                                     "<p {{ a }}=\"x\">",
                                     "<script>{{ a }}</script>",
                                     "<style>{{ a }}</style>",
                                     "<!-- {{ a }} -->",
                                     "<p onclick=\"{{ a }}\">",
                                     "<p ONCLICK='x({{ a }})'>",
                                     "<p style=\"width:{{ a }}\">",
                                     "<iframe srcdoc=\"{{ a }}\">",
                                     "<img srcset=\"{{ a }}\">",
                                     "<p hx-on:click=\"{{ a }}\">",
                                     "<a href=\"javascript:{{ a }}\">",
                                     "<a href=\"//{{ a }}\">",
                                     "<a href=\"x{{ a }}\">",
                                     "<a href=\"{% if b %}x{% endif %}{{ a }}\">",
                                     "<p title={% if b %}c{% endif %}>{{ a }}>",
                                     "<a {% if b %}on{% endif %}click=\"{{ a }}\">",
                                     "<a href=\"{{ t case.open }}\">",
                                     "<p title=\"{{ icon plus }}\">"})
    EXPECT_NE(error(bad), "accepted") << bad;
}

TEST(TemplateWriter, RefusesBrokenTemplates) {
  for (const std::string_view bad : {"{{ a",
                                     "{% if a %}",
                                     "{% if %}x{% endif %}",
                                     "{% endif %}",
                                     "{% else %}",
                                     "{% for x %}{% endfor %}",
                                     "{% for 1 in a %}{% endfor %}",
                                     "{% nonsense %}",
                                     "{{ a; b }}",
                                     "{{ f({}) }}",
                                     "{{ (a }}",
                                     "{{ a) }}",
                                     "{{ }}",
                                     "{{ \"a }}",
                                     "{% include web %}",
                                     "{% include \"no/file.html\" %}",
                                     "{% include \"web/views/self.html\" %}",
                                     "{{ t count.cases }}",
                                     "{{ t case.open, 1 }}",
                                     "{{ asset no.css }}",
                                     "{{ icon no-such }}",
                                     "{{ a // b }}",
                                     "{% if a %}<p {% endif %}>",
                                     "{% for x in a %}<!-- {% endfor %}",
                                     "<p",
                                     "<textarea>",
                                     "<!-- x",
                                     "{% if a %}<script>{% endif %}",
                                     "{% if a %}x{% else %}y{% elif b %}z{% endif %}",
                                     "{{ icon plus \"><b> }}",
                                     "{% view a::B from \"c.hpp\" %}",
                                     "a < b"})
    EXPECT_NE(error(bad), "accepted") << bad;
}

TEST(TemplateWriter, DeclaresTheViewsOfAFolder) {
  const std::vector<Template> templates = {
      parse_template("cases/views/page.html", "{% view cases::CaseView from \"cases/views.hpp\" %}\n"),
      parse_template("cases/views/list.html", "{% view cases::ListView from \"cases/views.hpp\" %}\n"),
      parse_template("cases/views/_part.html", "only included")};
  EXPECT_EQ(write_views_header(templates), R"(// Views: each writes its page or fragment to `out`.
#pragma once

#include "cases/views.hpp"
#include "web/html.hpp"
#include "web/page.hpp"

namespace cases::views {

void list(web::Html& out, const web::Page& page, const cases::ListView& view);
void page(web::Html& out, const web::Page& page, const cases::CaseView& view);

}  // namespace cases::views
)");
}

}  // namespace
}  // namespace tools
