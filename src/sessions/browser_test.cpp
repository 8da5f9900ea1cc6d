#include "sessions/browser.hpp"

#include <gtest/gtest.h>

namespace sessions {
namespace {

TEST(Browser, IsNamedAsItsOwnerKnowsIt) {
  EXPECT_EQ(describe_browser("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"),
            "Firefox, Linux");
  EXPECT_EQ(
      describe_browser("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                       "Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0"),
      "Edge, Windows");
  EXPECT_EQ(describe_browser("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/128.0.0.0 "
                             "YaBrowser/24.10.0 Safari/537.36"),
            "Яндекс Браузер, Windows");
  EXPECT_EQ(describe_browser(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 "
                "Mobile/15E148 Safari/604.1"),
            "Safari, iPhone");
  EXPECT_EQ(describe_browser(
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36"),
            "Chrome, Android");
}

TEST(Browser, MayBeUnknown) {
  EXPECT_EQ(describe_browser(""), "");
  EXPECT_EQ(describe_browser("curl/7.88.1"), "curl");
  EXPECT_EQ(describe_browser("Something (Windows)"), "Windows");
}

}  // namespace
}  // namespace sessions
