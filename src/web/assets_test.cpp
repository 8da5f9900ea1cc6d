#include "web/assets.hpp"

#include <gtest/gtest.h>

namespace web {
namespace {

TEST(Assets, AreFoundByTheirHashedPath) {
  const std::string_view path = asset_url("app.css");
  ASSERT_TRUE(path.starts_with("/assets/app.")) << path;
  const Asset* asset = find_asset(path);
  ASSERT_NE(asset, nullptr);
  EXPECT_FALSE(asset->bytes.empty());
  EXPECT_EQ(asset->content_type, "text/css; charset=utf-8");
  ASSERT_GT(asset->gzip.size(), 2U);
  EXPECT_LT(asset->gzip.size(), asset->bytes.size());
  EXPECT_EQ(asset->gzip.substr(0, 2), "\x1f\x8b");
}

TEST(Assets, AreNotFoundByOtherNames) {
  EXPECT_EQ(find_asset("/assets/app.css"), nullptr);
  EXPECT_EQ(find_asset("/assets/../app.css"), nullptr);
  EXPECT_EQ(find_asset(""), nullptr);
  EXPECT_EQ(asset_url("no-such.css"), "");
}

}  // namespace
}  // namespace web
