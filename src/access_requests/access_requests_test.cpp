#include "access_requests/access_requests.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "accounts/domains.hpp"
#include "mail/testing.hpp"
#include "notifications/notifications.hpp"

namespace access_requests {
namespace {

using storage::Transaction;

class AccessRequests : public ::testing::Test {
 protected:
  AccessRequests() {
    world.database.write([&](Transaction& tx) {
      accounts::set_domains(tx, world.account.id, {"romashka.ru"});
      manager = *people::create(tx, {.account_id = world.account.id,
                                     .role = people::Role::manager,
                                     .name = "Елена Фомина",
                                     .email = "fomina@romashka.ru"});
    });
  }

  void ask_as(const std::string& email) {
    world.database.write([&](Transaction& tx) {
      ask(tx, {.name = "Пётр Новиков", .email = email, .company = "Ромашка", .phone = {}, .comment = {}},
          Telling::approvers);
    });
  }

  std::vector<Request> waiting(const people::Person& viewer) {
    return world.database.read(
        [&](Transaction& tx) { return page(tx, people::as_viewer(viewer), State::waiting, {}, 10); });
  }

  base::Result<Decision> approve_as(const people::Person& viewer, base::AccessRequestId id,
                                    const std::string& account = {}) {
    return world.database.write([&](Transaction& tx) {
      return approve(tx, people::as_viewer(viewer), {.id = viewer.id, .name = viewer.name, .client = {}}, id,
                     account);
    });
  }

  std::ptrdiff_t mails_of(mail::Kind kind) {
    return std::ranges::count(world.mails(), kind, &mail::Mail::kind);
  }

  std::int64_t unread(const people::Person& person) {
    return world.database.read(
        [&](Transaction& tx) { return people::find(tx, person.id)->unread_notifications; });
  }

  mail::testing::World world;
  people::Person manager;
};

TEST_F(AccessRequests, TellThoseWhoDecideOnce) {
  ask_as("novikov@romashka.ru");
  ask_as("Novikov@Romashka.ru");
  EXPECT_EQ(waiting(manager).size(), 1U);
  EXPECT_EQ(unread(manager), 1);
  EXPECT_EQ(unread(world.maria), 1);
  EXPECT_EQ(unread(world.anton), 0);
}

TEST_F(AccessRequests, OfUnknownDomainsAreForAgentsAlone) {
  ask_as("novikov@elsewhere.ru");
  EXPECT_TRUE(waiting(manager).empty());
  ASSERT_EQ(waiting(world.maria).size(), 1U);
  const auto id = waiting(world.maria).front().id;
  EXPECT_EQ(approve_as(manager, id).error().kind, base::ErrorKind::not_found);
  EXPECT_EQ(approve_as(world.maria, id).error().fields.front().field, "account");
  EXPECT_EQ(approve_as(world.maria, id, "Поставщик").error().fields.front().field, "account");
  EXPECT_EQ(*approve_as(world.maria, id, world.account.name), Decision::made);
}

TEST_F(AccessRequests, OfTheDeactivatedAreForAgentsAlone) {
  world.database.write([&](Transaction& tx) { people::deactivate(tx, world.anton.id); });
  ask_as("anton@example.test");
  EXPECT_TRUE(waiting(manager).empty());
  const auto id = waiting(world.maria).front().id;
  EXPECT_EQ(*approve_as(world.maria, id, world.account.name), Decision::made);
  world.database.read(
      [&](Transaction& tx) { EXPECT_EQ(people::find(tx, world.anton.id)->state, people::State::active); });
}

TEST_F(AccessRequests, OfWhoHasAccessLeaveAMailAndNothingElse) {
  ask_as("anton@example.test");
  EXPECT_TRUE(waiting(world.maria).empty());
  EXPECT_EQ(mails_of(mail::Kind::access_known), 1);
  EXPECT_EQ(unread(world.maria), 0);
}

TEST_F(AccessRequests, ApprovedByManyAtOnceMakeOnePersonAndOneMail) {
  ask_as("novikov@romashka.ru");
  const auto id = waiting(manager).front().id;
  std::vector<std::thread> approvers;
  std::atomic<int> made = 0;
  for (int i = 0; i < 8; ++i) {
    approvers.emplace_back([&, i] {
      const auto decision = approve_as(i % 2 == 0 ? manager : world.maria, id);
      if (decision && *decision == Decision::made) ++made;
    });
  }
  for (std::thread& approver : approvers) approver.join();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(mails_of(mail::Kind::welcome), 1);
}

TEST_F(AccessRequests, RefusedGetAPoliteMailThoughTheyAreNobodysPerson) {
  ask_as("novikov@romashka.ru");
  const auto id = waiting(manager).front().id;
  world.database.write([&](Transaction& tx) {
    EXPECT_EQ(
        *refuse(tx, people::as_viewer(manager), {.id = manager.id, .name = manager.name, .client = {}}, id),
        Decision::made);
  });
  EXPECT_EQ(mails_of(mail::Kind::access_refused), 1);
  EXPECT_EQ(*approve_as(manager, id), Decision::made_before);
  EXPECT_EQ(mails_of(mail::Kind::welcome), 0);
}

}  // namespace
}  // namespace access_requests
