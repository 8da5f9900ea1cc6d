#include "web/html.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/message_keys.hpp"

namespace web {
namespace {

template <class Write>
std::string written(Write write) {
  Html out;
  write(out);
  return out.take();
}

std::string text(std::string_view value) {
  return written([&](Html& out) { out.text(value); });
}
std::string url(std::string_view value) {
  return written([&](Html& out) { out.url(value); });
}
std::string url_part(std::string_view value) {
  return written([&](Html& out) { out.url_part(value); });
}
std::string url_query(std::string_view value) {
  return written([&](Html& out) { out.url_query(value); });
}

TEST(Html, WritesStaticTextAsItIs) {
  EXPECT_EQ(written([](Html& out) { out.raw("<p class=\"a\">&amp;</p>"); }), "<p class=\"a\">&amp;</p>");
}

TEST(Html, EscapesText) {
  EXPECT_EQ(text(""), "");
  EXPECT_EQ(text("обращение"), "обращение");
  EXPECT_EQ(text("<script>alert('x') & \"y\"</script>"),
            "&lt;script&gt;alert(&#39;x&#39;) &amp; &quot;y&quot;&lt;/script&gt;");
  EXPECT_EQ(text("a&"), "a&amp;");
  EXPECT_EQ(text("&a"), "&amp;a");
}

TEST(Html, EscapesAttributes) {
  EXPECT_EQ(written([](Html& out) { out.attribute("\" onclick=\"x"); }), "&quot; onclick=&quot;x");
  EXPECT_EQ(written([](Html& out) { out.attribute("' x"); }), "&#39; x");
}

TEST(Html, WritesSafeHtmlAsItIs) {
  EXPECT_EQ(written([](Html& out) { out.text(base::SafeHtml::trusted("<b>да</b>")); }), "<b>да</b>");
}

TEST(Html, WritesNumbers) {
  EXPECT_EQ(written([](Html& out) {
              out.text(0);
              out.raw(" ");
              out.text(std::numeric_limits<std::int64_t>::min());
              out.raw(" ");
              out.attribute(std::numeric_limits<std::uint64_t>::max());
              out.raw(" ");
              out.url_part(std::uint8_t{7});
            }),
            "0 -9223372036854775808 18446744073709551615 7");
}

template <class T>
constexpr bool takes_text = requires(Html& out, T value) { out.text(value); };
template <class T>
constexpr bool takes_attribute = requires(Html& out, T value) { out.attribute(value); };

TEST(Html, TakesOnlyWhatHasOneMeaning) {
  EXPECT_TRUE(takes_text<const char*>);
  EXPECT_TRUE(takes_text<std::string>);
  EXPECT_TRUE(takes_text<unsigned>);
  EXPECT_TRUE(takes_text<base::SafeHtml>);
  EXPECT_FALSE(takes_text<bool>);
  EXPECT_FALSE(takes_text<char>);
  EXPECT_FALSE(takes_text<double>);
  EXPECT_FALSE(takes_text<base::Locale>);
  EXPECT_FALSE(takes_attribute<base::SafeHtml>);
  EXPECT_FALSE(takes_attribute<bool>);
}

TEST(Html, KeepsSafeAddresses) {
  for (const std::string_view safe :
       {"/", "/cases/06746620", "?sort=number", "#comments", "https://example.org/a?b=c",
        "HTTP://example.org", "mailto:help@example.org", "tel:+74951234567", ""})
    EXPECT_EQ(url(safe), safe);
  EXPECT_EQ(url("/cases?a=1&b=\"2\""), "/cases?a=1&amp;b=&quot;2&quot;");
}

TEST(Html, ReplacesDangerousAddresses) {
  for (const std::string_view bad :
       {"javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
        "data:text/html,x", "vbscript:x", "//evil.example", "/\\evil.example", "/\tx", "\\\\evil", "cases/1",
        "https", "x", ":", "/a\nb", "/\x7f"})
    EXPECT_EQ(url(bad), "#") << bad;
  EXPECT_EQ(url(std::string_view("/a\0b", 4)), "#");
}

TEST(Html, EncodesPartsOfAddresses) {
  EXPECT_EQ(url_part("a b/c?d&e=ё\"'"), "a%20b%2Fc%3Fd%26e%3D%D1%91%22%27");
  EXPECT_EQ(url_part("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(url_query("q=%D1%91&sort=number"), "q=%D1%91&amp;sort=number");
  EXPECT_EQ(url_query("q=\"><b> '#"), "q=%22%3E%3Cb%3E%20%27%23");
}

TEST(Html, WritesMessagesEscaped) {
  EXPECT_EQ(written([](Html& out) { out.message(base::Locale::en, msg::count_cases, 1); }), "1 case");
  EXPECT_EQ(written([](Html& out) { out.message(base::Locale::ru, msg::count_cases, 21'000); }),
            "21\u00a0000 обращений");
  EXPECT_EQ(written([](Html& out) { out.message(base::Locale::ru, msg::count_cases, "<b>"); }),
            "&lt;b&gt; обращение");
}

std::string unescaped(std::string_view html) {
  constexpr std::pair<std::string_view, char> references[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
  std::string out;
  while (!html.empty()) {
    std::size_t taken = 1;
    char c = html[0];
    for (const auto& [reference, character] : references) {
      if (!html.starts_with(reference)) continue;
      taken = reference.size();
      c = character;
    }
    out += c;
    html.remove_prefix(taken);
  }
  return out;
}

RC_GTEST_PROP(Html, EscapedTextReadsBackAndHoldsNoMarkup, (const std::string& value)) {
  const std::string escaped = text(value);
  RC_ASSERT(escaped.find_first_of("<>\"'") == std::string::npos);
  RC_ASSERT(unescaped(escaped) == value);
}

RC_GTEST_PROP(Html, AddressesNeverLeaveTheirAttribute, (const std::string& value)) {
  for (const std::string& address : {url(value), url_part(value), url_query(value)})
    RC_ASSERT(address.find_first_of("<>\"'") == std::string::npos);
  const std::string whole = unescaped(url(value));
  RC_ASSERT(whole == "#" || is_safe_url(whole));
}

}  // namespace
}  // namespace web
