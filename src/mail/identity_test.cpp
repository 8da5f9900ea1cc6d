#include "mail/identity.hpp"

#include <gtest/gtest.h>

#include "mail/fields.hpp"
#include "mail/seal.hpp"
#include "mail/testing.hpp"

namespace mail {
namespace {

constexpr Identity identity{.case_id = {123}, .mail_id = {456}};

class IdentityTest : public ::testing::Test {
 protected:
  void SetUp() override { configure(testing::test_settings()); }

  static void use_another_secret() {
    Settings other = testing::test_settings();
    other.secret = "another";
    configure(other);
  }
};

TEST_F(IdentityTest, MessageIdComesBackWithOrWithoutBrackets) {
  const std::string id = make_message_id(identity);
  EXPECT_TRUE(id.starts_with("123.456."));
  EXPECT_TRUE(id.ends_with("@support.example.test"));
  for (const std::string& text : {id, "<" + id + ">"}) {
    const auto read = read_message_id(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->case_id, identity.case_id);
    EXPECT_EQ(read->mail_id, identity.mail_id);
  }
}

TEST_F(IdentityTest, ForgedMessageIdIsNotOurs) {
  std::string id = make_message_id(identity);
  id[0] = '9';  // another case
  EXPECT_FALSE(read_message_id(id));
  EXPECT_FALSE(read_message_id(""));
  EXPECT_FALSE(read_message_id("<1.2.3@x>"));
  EXPECT_FALSE(read_message_id("1.2.@"));
  use_another_secret();
  EXPECT_FALSE(read_message_id(make_message_id(identity).replace(0, 3, "124")));
}

TEST_F(IdentityTest, ReferenceIsFoundInQuotedText) {
  const std::string token = make_reference(6746620);
  EXPECT_TRUE(token.starts_with("ref:06746620."));
  EXPECT_EQ(find_reference("> > С уважением\n> " + token + "\n"), 6746620);
}

TEST_F(IdentityTest, ForgedReferenceBeforeTheRealOneIsPassedOver) {
  const std::string text = "ref:06746621.AAAA:ref и ref: просто слово " + make_reference(6746620);
  EXPECT_EQ(find_reference(text), 6746620);
  EXPECT_FALSE(find_reference("ref:06746620.AAAAAAAAAAAAAAAAAAAAAA:ref"));
}

TEST_F(IdentityTest, SecretsAreSealed) {
  const std::string stored = encode_fields({{"secret", "open sesame"}, {"comment", "42"}});
  EXPECT_EQ(stored.find("sesame"), std::string::npos);
  EXPECT_NE(stored.find("42"), std::string::npos);
  const auto read = decode_fields(stored);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->at("secret"), "open sesame");
  EXPECT_EQ(read->at("comment"), "42");
  use_another_secret();
  EXPECT_FALSE(decode_fields(stored));
}

TEST_F(IdentityTest, SealedTextIsDifferentEachTimeAndCannotBeChanged) {
  const std::string sealed = seal("key", "plain");
  EXPECT_NE(sealed, seal("key", "plain"));
  EXPECT_EQ(unseal("key", sealed), "plain");
  for (std::size_t i = 0; i < sealed.size(); i += 7) {
    std::string changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(unseal("key", changed)) << i;
  }
  EXPECT_FALSE(unseal("key", ""));
  EXPECT_FALSE(unseal("key", "!!"));
}

TEST_F(IdentityTest, NoFieldsCostNothing) {
  EXPECT_EQ(encode_fields({}), "");
  EXPECT_TRUE(decode_fields("")->empty());
  EXPECT_FALSE(decode_fields("[1]"));
  EXPECT_FALSE(decode_fields("{"));
}

}  // namespace
}  // namespace mail
