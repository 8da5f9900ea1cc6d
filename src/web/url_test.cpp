#include "web/url.hpp"

#include <gtest/gtest.h>

#include <string>

namespace web {
namespace {

TEST(DecodePath, DecodesOnce) {
  EXPECT_EQ(decode_path("/"), "/");
  EXPECT_EQ(decode_path("/a%20b+c"), "/a b+c");
  EXPECT_EQ(decode_path("/%D1%91"), "/ё");
  EXPECT_EQ(decode_path("/ё"), "/ё");
  EXPECT_EQ(decode_path("/%2541"), "/%41");
  EXPECT_EQ(decode_path("/%2e%2E%2f"), "/../");
}

TEST(DecodePath, RefusesWhatIsNoText) {
  for (const char* wrong : {"", "a", "/%", "/%4", "/%4g", "/%g4", "/%00", "/%FF", "/%C0%AF", "/%ED%A0%80",
                            "/%F5%80%80%80", "/%E2%82", "/%-1", "/%+1"}) {
    EXPECT_EQ(decode_path(wrong), std::nullopt) << wrong;
  }
}

TEST(EncodeComponent, IsUndoneByDecoding) {
  EXPECT_EQ(encode_component("a-._~Z9"), "a-._~Z9");
  EXPECT_EQ(encode_component("a b/ё&="), "a%20b%2F%D1%91%26%3D");
  std::string all;
  for (int i = 1; i < 128; ++i) all += static_cast<char>(i);
  EXPECT_EQ(decode_path("/" + encode_component(all)), "/" + all);
  EXPECT_EQ(parse_parameters("x=" + encode_component(all))->get("x"), all);
}

TEST(Parameters, AreParsedInOrder) {
  const auto parameters = parse_parameters("a=1&b=%D1%91+x&a=2&&flag&=nameless&c==d");
  ASSERT_TRUE(parameters);
  EXPECT_EQ(parameters->get("a"), "1");
  EXPECT_EQ(parameters->all("a"), (std::vector<std::string_view>{"1", "2"}));
  EXPECT_EQ(parameters->get("b"), "ё x");
  EXPECT_TRUE(parameters->has("flag"));
  EXPECT_EQ(parameters->get("flag"), "");
  EXPECT_EQ(parameters->get(""), "nameless");
  EXPECT_EQ(parameters->get("c"), "=d");
  EXPECT_FALSE(parameters->has("absent"));
  EXPECT_EQ(parameters->pairs().size(), 6u);
}

TEST(Parameters, AreAlwaysText) {
  EXPECT_EQ(parse_parameters("q=100%&r=%zz&s=%4")->get("q"), "100%");
  EXPECT_EQ(parse_parameters("q=100%&r=%zz&s=%4")->get("r"), "%zz");
  EXPECT_EQ(parse_parameters("q=%FFa%00")->get("q"), "\uFFFDa\uFFFD");
  EXPECT_EQ(parse_parameters("q=\xD1")->get("q"), "\uFFFD");
}

TEST(Parameters, AreLimited) {
  const ParameterLimits limits{.count = 2, .name_bytes = 3, .value_bytes = 4};
  EXPECT_TRUE(parse_parameters("abc=%31234&b=", limits));
  EXPECT_FALSE(parse_parameters("a&b&c", limits));
  EXPECT_FALSE(parse_parameters("abcd=1", limits));
  EXPECT_FALSE(parse_parameters("a=12345", limits));
  EXPECT_TRUE(parse_parameters("", limits)->pairs().empty());
}

}  // namespace
}  // namespace web
