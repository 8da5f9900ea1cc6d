#include "web/markdown.hpp"

#include <gtest/gtest.h>

namespace web {
namespace {

TEST(Markdown, PlainTextKeepsItsLines) {
  EXPECT_EQ(markdown("Раз\nдва\n\nТри < четыре").view(), "<p>Раз<br />\nдва</p>\n<p>Три &lt; четыре</p>\n");
}

TEST(Markdown, MarksBecomeElements) {
  EXPECT_EQ(markdown("**жирный**").view(), "<p><strong>жирный</strong></p>\n");
  EXPECT_EQ(markdown("1. раз\n2. два").view(), "<ol>\n<li>раз</li>\n<li>два</li>\n</ol>\n");
}

TEST(Markdown, NothingOfItCanRun) {
  for (const char* hostile :
       {"<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>",
        "[x](data:text/html,<b>)", "![x](http://evil.example/pixel.png)"}) {
    const auto html = markdown(hostile);
    for (const char* sign : {"<script", "javascript:", "<img src=x", "data:text", "evil.example"}) {
      EXPECT_EQ(html.view().find(sign), std::string_view::npos) << hostile << " gives " << html.view();
    }
  }
}

}  // namespace
}  // namespace web
