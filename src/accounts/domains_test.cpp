#include "accounts/domains.hpp"

#include <gtest/gtest.h>

#include "accounts/accounts.hpp"
#include "base/message_keys.hpp"
#include "mail/testing.hpp"

namespace accounts {
namespace {

using storage::Transaction;

TEST(Domains, AreReadAsPeopleTypeThem) {
  EXPECT_EQ(parse_domains(" B.ru;a.RU, @a.ru\n c.b.ru"),
            (std::vector<std::string>{"a.ru", "b.ru", "c.b.ru"}));
  EXPECT_TRUE(parse_domains(" , ").empty());
}

TEST(Domains, TellTheOrganisationOfAnAddress) {
  mail::testing::World world;
  world.database.write([&](Transaction& tx) { set_domains(tx, world.account.id, {"romashka.ru"}); });
  world.database.read([&](Transaction& tx) {
    EXPECT_EQ(find_by_address(tx, "Somebody@Romashka.RU")->id, world.account.id);
    EXPECT_FALSE(find_by_address(tx, "somebody@sub.romashka.ru"));
    EXPECT_FALSE(find_by_address(tx, "romashka.ru"));
    EXPECT_TRUE(check_domains(tx, world.account.id, {"romashka.ru"}));
    const auto refused = check_domains(tx, {1}, {"romashka.ru", "mail.ru", "x", "-a.ru", "почта.рф"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields.size(), 4U);
  });
}

}  // namespace
}  // namespace accounts
