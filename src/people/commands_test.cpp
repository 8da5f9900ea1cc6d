#include "people/commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "mail/testing.hpp"

namespace people::commands {
namespace {

using testing::HasSubstr;

class UserCommands : public testing::Test {
 protected:
  int invite(const Invite& invitation) {
    out.str({});
    return commands::invite(world.database, invitation, out);
  }

  std::string everybody() {
    out.str({});
    EXPECT_EQ(list(world.database, out), 0);
    return out.str();
  }

  mail::testing::World world;
  std::ostringstream out;
};

TEST_F(UserCommands, AnInvitedPersonGetsAWelcomeMail) {
  EXPECT_EQ(
      invite(
          {.email = "vera@example.test", .name = "Вера Лис", .account = "АО «Ромашка»", .role = "manager"}),
      0);
  const auto mails = world.mails();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].kind, mail::Kind::welcome);
  EXPECT_EQ(mails[0].to_address, "vera@example.test");
  EXPECT_THAT(everybody(), HasSubstr("vera@example.test\tmanager\tactive\tАО «Ромашка»\tВера Лис\n"));
}

TEST_F(UserCommands, AnOrganisationIsMadeOnlyWhenAskedFor) {
  Invite invitation{.email = "vera@example.test", .name = "Вера", .account = "Новая"};
  EXPECT_EQ(invite(invitation), 1);
  EXPECT_THAT(out.str(), HasSubstr("--create-account"));
  invitation.create_account = true;
  EXPECT_EQ(invite(invitation), 0);
}

TEST_F(UserCommands, AgentsBelongToTheVendor) {
  EXPECT_EQ(invite({.email = "a@vendor.test", .name = "А", .account = "АО «Ромашка»", .role = "agent"}), 1);
  EXPECT_EQ(invite({.email = "a@vendor.test", .name = "А", .account = "Поставщик"}), 1);
  EXPECT_EQ(invite({.email = "a@vendor.test", .name = "А", .account = "Поставщик", .role = "agent"}), 0);
}

TEST_F(UserCommands, RefusesWhatItCannotDo) {
  EXPECT_EQ(invite({.email = "not an address", .name = "Вера", .account = "АО «Ромашка»"}), 1);
  EXPECT_EQ(invite({.email = "v@example.test", .name = " ", .account = "АО «Ромашка»"}), 1);
  EXPECT_EQ(invite({.email = "v@example.test", .name = "В", .account = "АО «Ромашка»", .role = "king"}), 1);
  EXPECT_EQ(invite({.email = "v@example.test", .name = "В", .account = "АО «Ромашка»", .language = "xx"}), 1);
  EXPECT_EQ(invite({.email = "anton@example.test", .name = "Антон", .account = "АО «Ромашка»"}), 1);
  EXPECT_TRUE(world.mails().empty());
}

TEST_F(UserCommands, ANewLinkEndsTheEarlierOne) {
  EXPECT_EQ(reset(world.database, "anton@example.test", out), 0);
  EXPECT_EQ(reset(world.database, "anton@example.test", out), 0);
  EXPECT_EQ(reset(world.database, "nobody@example.test", out), 1);
  EXPECT_EQ(world.mails().size(), 2U);
}

}  // namespace
}  // namespace people::commands
