#include "mail/ledger.hpp"

#include <gtest/gtest.h>

#include <set>

#include "mail/fields.hpp"
#include "mail/identity.hpp"
#include "mail/testing.hpp"

namespace mail {
namespace {

using storage::Transaction;

constexpr base::Duration after_lease{lease.microseconds + 1'000'000};

class LedgerTest : public ::testing::Test {
 protected:
  std::vector<Mail> take(std::size_t limit = 100) {
    return world.database.write([&](Transaction& tx) { return take_due(tx, limit); });
  }
  Mail only() {
    const auto mails = world.mails();
    EXPECT_EQ(mails.size(), 1U);
    return mails.at(0);
  }
  static base::MailId only_id(Transaction& tx) {
    for (const Tab tab : {Tab::waiting, Tab::sent, Tab::failed})
      for (const Mail& mail : page(tx, tab, std::nullopt, 1)) return mail.id;
    return {};
  }
  void enqueue_password(const std::string& password) {
    world.database.write([&](Transaction& tx) {
      enqueue(tx, Kind::temporary_password, world.anton, {.account_id = world.account.id},
              {{"password", password}});
    });
  }
  template <class Work>
  auto write(Work work) {
    return world.database.write(work);
  }

  testing::World world;
};

TEST_F(LedgerTest, OpeningACaseWritesItsMail) {
  const cases::Case report = world.open();
  const Mail mail = only();
  EXPECT_EQ(mail.kind, Kind::case_opened);
  EXPECT_EQ(mail.state, State::waiting);
  EXPECT_EQ(mail.case_id, report.id);
  EXPECT_EQ(mail.to_address, "anton@example.test");
  EXPECT_EQ(mail.fields_json, "");
  EXPECT_EQ(mail.subject, "Обращение № " + cases::format_number(report.number) +
                              " зарегистрировано: Не формируется отчёт ОСАГО");
  EXPECT_EQ(read_message_id(mail.message_id)->mail_id, mail.id);
}

TEST_F(LedgerTest, SubjectOfTheSolutionIsAsTheGuideHasIt) {
  EXPECT_EQ(
      subject_line(Kind::solution_proposed, base::Locale::ru, {.number = 6746620, .subject = "Проблема"}),
      "Обновление по вашему обращению – Предложено решение по обращению# 06746620");
}

TEST_F(LedgerTest, NoMailForPeopleWithoutAccessOrAddress) {
  write([&](Transaction& tx) {
    people::Person person = world.anton;
    person.state = people::State::deactivated;
    enqueue(tx, Kind::case_opened, person, {});
    person.state = people::State::contact;
    enqueue(tx, Kind::case_opened, person, {});
    person.state = people::State::active;
    person.email = "not an address\r\nRCPT TO:<x@y>";
    enqueue(tx, Kind::case_opened, person, {});
  });
  EXPECT_TRUE(world.mails().empty());
}

TEST_F(LedgerTest, ATakenMailIsTakenOnceUntilItsLeaseEnds) {
  world.open();
  ASSERT_EQ(take().size(), 1U);
  EXPECT_TRUE(take().empty());
  testing::ClockMoved clock(after_lease);
  const auto again = take();
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].attempts, 2);
  EXPECT_EQ(again[0].message_id, only().message_id);
}

TEST_F(LedgerTest, TheNextStartOfTheOnlyProcessTakesThemAtOnce) {
  world.open();
  ASSERT_EQ(take().size(), 1U);
  write([](Transaction& tx) { end_leases(tx); });
  const auto again = take();
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].attempts, 2);
}

TEST_F(LedgerTest, OnlyTheLatestTakerNotesTheEnd) {
  world.open();
  const Mail slow = take().at(0);
  testing::ClockMoved clock(after_lease);
  const Mail quick = take().at(0);
  write([&](Transaction& tx) { note_failed(tx, slow, "late"); });
  EXPECT_EQ(only().state, State::sending);
  write([&](Transaction& tx) { note_sent(tx, quick, "250 ok"); });
  EXPECT_EQ(only().state, State::sent);
  EXPECT_EQ(only().answer, "250 ok");
  EXPECT_TRUE(only().sent_at);
}

TEST_F(LedgerTest, DelaysDoubleUpToFourHoursAndLastFourDays) {
  EXPECT_EQ(retry_delay(1), base::minutes(1));
  EXPECT_EQ(retry_delay(2), base::minutes(2));
  EXPECT_EQ(retry_delay(8), base::minutes(128));
  EXPECT_EQ(retry_delay(9), base::hours(4));
  EXPECT_EQ(retry_delay(1000), base::hours(4));
  base::Duration total;
  for (int attempt = 1; attempt < most_attempts; ++attempt)
    total.microseconds += retry_delay(attempt).microseconds;
  EXPECT_GE(total, base::days(3));
  EXPECT_LE(total, base::days(4));
}

TEST_F(LedgerTest, WaitsForADeadServerAndFailsInTheEnd) {
  world.open();
  testing::ClockMoved clock({});
  base::Duration passed;
  for (int attempt = 1; attempt <= most_attempts; ++attempt) {
    const auto mails = take();
    ASSERT_EQ(mails.size(), 1U) << attempt;
    EXPECT_EQ(mails[0].attempts, attempt);
    write([&](Transaction& tx) { note_deferred(tx, mails[0], "connection refused"); });
    if (attempt == most_attempts) break;
    ASSERT_EQ(only().state, State::waiting) << attempt;
    EXPECT_TRUE(take().empty());
    passed.microseconds += retry_delay(attempt).microseconds + base::seconds(1).microseconds;
    clock.to(passed);
  }
  EXPECT_EQ(only().state, State::failed);
  EXPECT_EQ(only().answer, "connection refused");
  EXPECT_GE(passed, base::days(3));
}

TEST_F(LedgerTest, GivenBackMailsWereNotTried) {
  world.open();
  write([&](Transaction& tx) { give_back(tx, take_due(tx, 1).at(0)); });
  EXPECT_EQ(only().state, State::waiting);
  EXPECT_EQ(take().at(0).attempts, 1);
}

TEST_F(LedgerTest, ASentMailCanBeSentAgainWithTheSameId) {
  world.open();
  write([&](Transaction& tx) { note_sent(tx, take_due(tx, 1).at(0), "250"); });
  const std::string id = only().message_id;
  EXPECT_TRUE(write([&](Transaction& tx) { return resend(tx, only_id(tx)); }));
  EXPECT_EQ(take().at(0).message_id, id);
  EXPECT_EQ(write([&](Transaction& tx) { return resend(tx, only_id(tx)); }).error().kind,
            base::ErrorKind::conflict);
  EXPECT_EQ(write([&](Transaction& tx) { return resend(tx, base::MailId{1}); }).error().kind,
            base::ErrorKind::not_found);
}

TEST_F(LedgerTest, EveryFailedMailIsSentAgain) {
  for (int i = 0; i < 5; ++i) world.open("Тема " + std::to_string(i));
  write([&](Transaction& tx) {
    for (const Mail& mail : take_due(tx, 4)) note_failed(tx, mail, "550 no");
  });
  EXPECT_EQ(resend_failed(world.database), 4);
  EXPECT_EQ(resend_failed(world.database), 0);
  EXPECT_EQ(take().size(), 5U);
}

TEST_F(LedgerTest, SecretsAreWipedOnceSentAndThenNotSentAgain) {
  enqueue_password("abcde-fghij");
  EXPECT_EQ(only().fields_json.find("abcde"), std::string::npos);
  EXPECT_EQ(decode_fields(only().fields_json)->at("password"), "abcde-fghij");
  write([&](Transaction& tx) { note_sent(tx, take_due(tx, 1).at(0), "250"); });
  EXPECT_EQ(only().fields_json, "");
  EXPECT_EQ(write([&](Transaction& tx) { return resend(tx, only_id(tx)); }).error().kind,
            base::ErrorKind::conflict);
}

TEST_F(LedgerTest, SecretsOfFailedMailsAreWipedOnceTheyHaveExpired) {
  enqueue_password("abcde-fghij");
  write([&](Transaction& tx) { note_failed(tx, take_due(tx, 1).at(0), "550 no"); });
  write([&](Transaction& tx) { wipe_expired(tx); });
  EXPECT_NE(only().fields_json, "");
  testing::ClockMoved clock(base::minutes(61));
  write([&](Transaction& tx) { wipe_expired(tx); });
  EXPECT_EQ(only().fields_json, "");
  EXPECT_EQ(resend_failed(world.database), 0);
}

TEST_F(LedgerTest, PagesFollowOneAnotherAndCountsAreRight) {
  for (int i = 0; i < 7; ++i) world.open("Тема " + std::to_string(i));
  write([&](Transaction& tx) {
    const auto mails = take_due(tx, 5);
    for (const Mail& mail : mails) note_sent(tx, mail, "250");
  });
  const auto ids = [&](Tab tab) {
    std::vector<base::MailId> seen;
    std::optional<Key> after;
    while (true) {
      const auto part = world.database.read([&](Transaction& tx) { return page(tx, tab, after, 2); });
      if (part.empty()) return seen;
      for (const Mail& mail : part) seen.push_back(mail.id);
      after = key_of(part.back());
    }
  };
  const auto sent = ids(Tab::sent);
  EXPECT_EQ(sent.size(), 5U);
  EXPECT_EQ(ids(Tab::waiting).size(), 2U);
  EXPECT_TRUE(ids(Tab::failed).empty());
  EXPECT_EQ(std::set(sent.begin(), sent.end()).size(), 5U);
  const Counts counted = world.database.read([](Transaction& tx) { return counts(tx); });
  EXPECT_EQ(counted.sent, 5);
  EXPECT_EQ(counted.waiting, 2);
  EXPECT_EQ(counted.failed, 0);
}

}  // namespace
}  // namespace mail
