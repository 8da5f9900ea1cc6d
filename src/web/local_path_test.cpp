#include "web/local_path.hpp"

#include <gtest/gtest.h>

namespace web {
namespace {

TEST(LocalPath, TakesPagesOfThePortal) {
  EXPECT_EQ(local_path("/cases?view=mine&q=%D0%BE"), "/cases?view=mine&q=%D0%BE");
  EXPECT_EQ(local_path("/"), "/");
  EXPECT_EQ(local_path("/passwords"), "/passwords");
}

TEST(LocalPath, RefusesOtherSites) {
  for (const std::string_view bad :
       {"", "cases", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)",
        "/\t/evil.example", "/cases\r\nSet-Cookie: a=b", "\\\\evil.example"})
    EXPECT_EQ(local_path(bad), "/") << bad;
  EXPECT_EQ(local_path("//evil.example", "/profile"), "/profile");
}

TEST(LocalPath, RefusesCircles) {
  for (const std::string_view bad :
       {"/sign-in", "/sign-in?next=/cases", "/sign-out", "/password/change", "/theme"})
    EXPECT_EQ(local_path(bad), "/") << bad;
}

TEST(LocalPath, RefusesTheEndless) {
  EXPECT_EQ(local_path("/" + std::string(5000, 'a')), "/");
}

TEST(LocalPath, GoesIntoAnAddress) {
  EXPECT_EQ(with_next("/sign-in", "/cases?q=a b"), "/sign-in?next=%2Fcases%3Fq%3Da%20b");
  EXPECT_EQ(with_next("/sign-in", "/"), "/sign-in");
}

}  // namespace
}  // namespace web
