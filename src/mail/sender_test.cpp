#include "mail/sender.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <mutex>

#include "mail/demo_mailbox.hpp"
#include "mail/message.hpp"
#include "mail/testing.hpp"
#include "mail/views_letter.hpp"

namespace mail {
namespace {

using storage::Transaction;
using ::testing::HasSubstr;

// Answers as it is told, and keeps what it was given.
struct Script {
  std::mutex mutex;
  std::deque<Delivery> answers;  // then everything is sent
  std::vector<std::string> messages;
};

class ScriptedTransport final : public Transport {
 public:
  explicit ScriptedTransport(Script& script) : script_(script) {}

  Delivery deliver(const Mail& /*mail*/, std::string_view message) override {
    const std::lock_guard lock(script_.mutex);
    script_.messages.emplace_back(message);
    if (script_.answers.empty()) return {.outcome = Outcome::sent, .answer = "250 ok"};
    Delivery answer = script_.answers.front();
    script_.answers.pop_front();
    return answer;
  }

 private:
  Script& script_;
};

class SenderTest : public ::testing::Test {
 protected:
  Sender make() { return Sender(world.database, std::make_unique<ScriptedTransport>(script), html_of); }
  std::size_t delivered() {
    const std::lock_guard lock(script.mutex);
    return script.messages.size();
  }

  testing::World world;
  Script script;
};

TEST_F(SenderTest, SendsWhatIsDueAndNotesTheAnswer) {
  world.open();
  Sender sender = make();
  EXPECT_EQ(sender.run_once(), 1U);
  EXPECT_EQ(sender.run_once(), 0U);
  const Mail mail = world.mails().at(0);
  EXPECT_EQ(mail.state, State::sent);
  EXPECT_EQ(mail.answer, "250 ok");
  const ParsedMessage message = read_message(script.messages.at(0));
  EXPECT_EQ(message.header("Message-ID"), "<" + mail.message_id + ">");
  EXPECT_EQ(message.header("Subject"), mail.subject);
  EXPECT_EQ(message.header("From"), "Служба поддержки <support@example.test>");
  EXPECT_THAT(message.text, HasSubstr("Здравствуйте"));
  EXPECT_THAT(message.html, HasSubstr("<html lang=\"ru\""));
  EXPECT_EQ(sender.totals().sent, 1U);
}

TEST_F(SenderTest, MailsOfACaseAnswerToItsFirst) {
  const cases::Case report = world.open();
  world.database.write([&](Transaction& tx) {
    ASSERT_TRUE(cases::comment(tx, people::as_viewer(world.maria), report, {.body = "Смотрим"}));
  });
  Sender sender = make();
  sender.run_once();
  const std::string first = read_message(script.messages.at(0)).header("Message-ID");
  EXPECT_EQ(read_message(script.messages.at(1)).header("In-Reply-To"), first);
  EXPECT_EQ(read_message(script.messages.at(1)).header("References"), first);
}

TEST_F(SenderTest, RefusedFailsAtOnceAndTheOthersGoOn) {
  world.open("Первая");
  world.open("Вторая");
  script.answers = {{.outcome = Outcome::refused, .answer = "550 no such user"}};
  Sender sender = make();
  sender.run_once();
  EXPECT_EQ(world.mails().at(0).state, State::failed);
  EXPECT_EQ(world.mails().at(0).answer, "550 no such user");
  EXPECT_EQ(world.mails().at(1).state, State::sent);
}

TEST_F(SenderTest, AMailThatIsPutOffHoldsNobodyUp) {
  world.open("Первая");
  world.open("Вторая");
  script.answers = {{.outcome = Outcome::deferred, .answer = "451 greylisted"}};
  Sender sender = make();
  sender.run_once();
  EXPECT_EQ(world.mails().at(0).state, State::waiting);
  EXPECT_EQ(world.mails().at(1).state, State::sent);
  testing::ClockMoved clock(base::seconds(61));
  sender.run_once();
  EXPECT_EQ(world.mails().at(0).state, State::sent);
  EXPECT_EQ(world.mails().at(0).attempts, 2);
}

TEST_F(SenderTest, ADeadServerIsAskedOnceForTheWholeBatch) {
  for (int i = 0; i < 10; ++i) world.open("Тема " + std::to_string(i));
  script.answers = {{.outcome = Outcome::unavailable, .answer = "connection refused"}};
  Sender sender = make();
  sender.run_once();
  EXPECT_EQ(delivered(), 1U);
  for (const Mail& mail : world.mails()) {
    EXPECT_EQ(mail.state, State::waiting);
    EXPECT_EQ(mail.answer, "connection refused");
    EXPECT_EQ(mail.attempts, 1);
  }
  testing::ClockMoved clock(base::seconds(61));
  sender.run_once();
  for (const Mail& mail : world.mails()) EXPECT_EQ(mail.state, State::sent);
}

TEST_F(SenderTest, ExpiredPasswordIsNotSent) {
  world.database.write([&](Transaction& tx) {
    enqueue(tx, Kind::temporary_password, world.anton, {.account_id = world.account.id},
            {{"password", "abcde-fghij"}});
  });
  testing::ClockMoved clock(base::minutes(61));
  Sender sender = make();
  sender.run_once();
  const Mail mail = world.mails().at(0);
  EXPECT_EQ(delivered(), 0U);
  EXPECT_EQ(mail.state, State::failed);
  EXPECT_EQ(mail.fields_json, "");
  EXPECT_EQ(answer_of(base::Locale::ru, mail), "Не отправлено: срок действия ссылки или пароля истёк");
}

TEST_F(SenderTest, WakesAfterTheCommit) {
  Sender sender = make();
  sender.start();
  world.open();
  for (int i = 0; i < 500 && delivered() == 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  sender.stop();
  EXPECT_EQ(delivered(), 1U);
  EXPECT_EQ(world.mails().at(0).state, State::sent);
}

TEST_F(SenderTest, StoppedSenderGivesItsMailsBack) {
  world.open();
  Sender sender = make();
  sender.stop();
  sender.run_once();
  EXPECT_EQ(delivered(), 0U);
  EXPECT_EQ(world.mails().at(0).state, State::waiting);
  EXPECT_EQ(world.mails().at(0).attempts, 0);
}

TEST_F(SenderTest, DemoMailboxKeepsTheLatest) {
  for (int i = 0; i < most_demo_mails + 50; ++i) world.open("Тема " + std::to_string(i));
  Sender sender(world.database, make_demo_mailbox(world.database), html_of);
  while (sender.run_once() > 0) {
  }
  const auto headings = world.database.read([](Transaction& tx) { return demo_headings(tx, {}, 10'000); });
  EXPECT_GE(headings.size(), static_cast<std::size_t>(most_demo_mails));
  EXPECT_LT(headings.size(), static_cast<std::size_t>(most_demo_mails) + 32);
  EXPECT_THAT(headings.front().subject, HasSubstr("Тема 349"));
  const auto mail =
      world.database.read([&](Transaction& tx) { return find_demo_mail(tx, headings.front().id); });
  EXPECT_THAT(read_message(mail->message).text, HasSubstr("Тема 349"));
}

}  // namespace
}  // namespace mail
