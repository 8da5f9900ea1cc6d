#include "web/request.hpp"

#include <gtest/gtest.h>

namespace web {
namespace {

TEST(Request, FindsHeadersInAnyCase) {
  Request request;
  request.headers = {{"X-One", "1"}, {"x-one", "2"}, {"Empty", ""}};
  EXPECT_EQ(request.header("x-ONE"), "1");
  EXPECT_EQ(request.header("Empty"), "");
  EXPECT_EQ(request.header("Absent"), "");
}

TEST(Request, FindsCookies) {
  Request request;
  request.headers = {{"Cookie", "theme=dark;language = ru ; quoted=\"a b\"; a=b=c; theme=light; broken; =x"},
                     {"cookie", "more=1"}};
  EXPECT_EQ(request.cookie("theme"), "dark");
  EXPECT_EQ(request.cookie("language"), "ru");
  EXPECT_EQ(request.cookie("quoted"), "a b");
  EXPECT_EQ(request.cookie("a"), "b=c");
  EXPECT_EQ(request.cookie("more"), "1");
  EXPECT_EQ(request.cookie("broken"), std::nullopt);
  EXPECT_EQ(request.cookie("Theme"), std::nullopt);
}

}  // namespace
}  // namespace web
