// Sending through a real SMTP server: what leaves the ledger arrives, and every answer is noted as it was
// given.

#include "mail/smtp.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mail/message.hpp"
#include "mail/sender.hpp"
#include "mail/testing.hpp"
#include "mail/views_letter.hpp"
#include "smtp_server.hpp"

namespace mail {
namespace {

using storage::Transaction;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

class SmtpTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = testing::SmtpServer::obstacle(); !why.empty()) GTEST_SKIP() << why;
    server = std::make_unique<testing::SmtpServer>(directory.path());
    server->start();
  }

  [[nodiscard]] Smtp plain() const {
    return {.host = "127.0.0.1", .port = server->plain_port(), .security = Security::plain};
  }
  [[nodiscard]] Smtp starttls(const std::string& password = "right password") const {
    return {.host = "localhost",
            .port = server->starttls_port(),
            .security = Security::starttls,
            .user = "portal",
            .password = password,
            .authority_file = server->authority_file()};
  }

  // Tries everything that is due, once.
  void send(const Smtp& smtp) {
    Sender sender(world.database, make_smtp(smtp, settings().from_address, settings().domain), html_of);
    sender.run_once();
  }
  Mail only() { return world.mails().at(0); }

  testing::World world;
  testing::Directory directory;
  std::unique_ptr<testing::SmtpServer> server;
};

TEST_F(SmtpTest, PlainMailArrivesAsItWasWritten) {
  const std::string description = "Строка\n.\n..две точки\nFrom нас\n\nконец";
  world.open("Тема с «ёлочками» и № 5", description);
  send(plain());
  EXPECT_EQ(only().state, State::sent) << only().answer;
  EXPECT_THAT(only().answer, HasSubstr("250 2.0.0"));
  EXPECT_THAT(only().answer, HasSubstr("Message accepted for delivery"));

  const auto mailbox = server->mailbox(1);
  ASSERT_EQ(mailbox.size(), 1U) << server->log();
  const ParsedMessage arrived = read_message(mailbox[0]);
  EXPECT_EQ(arrived.header("Subject"), only().subject);
  EXPECT_EQ(arrived.header("To"), "Антон Быков <anton@example.test>");
  EXPECT_EQ(arrived.header("Message-ID"), "<" + only().message_id + ">");
  EXPECT_EQ(arrived.header("Return-Path"), "<support@example.test>");
  EXPECT_THAT(arrived.text, HasSubstr(description));
  EXPECT_THAT(arrived.html, HasSubstr("..две точки"));
}

TEST_F(SmtpTest, ABatchGoesThroughOneConnection) {
  for (int i = 0; i < 10; ++i) world.open("Тема " + std::to_string(i));
  send(plain());
  EXPECT_EQ(server->mailbox(10).size(), 10U) << server->log();
  for (const Mail& mail : world.mails()) EXPECT_EQ(mail.state, State::sent) << mail.answer;
  const std::string log = server->log();
  std::size_t connections = 0;
  for (std::size_t at = log.find("smtp connected"); at != std::string::npos;
       at = log.find("smtp connected", at + 1))
    if (log.find("127.0.0.1", at) != std::string::npos) ++connections;
  EXPECT_LE(connections, 1U + 1U) << log;  // ours, and the one that saw it start
}

TEST_F(SmtpTest, StartTlsWithTheRightPassword) {
  world.open();
  send(starttls());
  EXPECT_EQ(only().state, State::sent) << only().answer;
  EXPECT_EQ(server->mailbox(1).size(), 1U) << server->log();
  EXPECT_THAT(server->log(), ContainsRegex("Login: user=<portal>.*TLS"));
}

TEST_F(SmtpTest, TlsFromTheFirstByte) {
  world.open();
  Smtp smtp = starttls();
  smtp.port = server->tls_port();
  smtp.security = Security::tls;
  send(smtp);
  EXPECT_EQ(only().state, State::sent) << only().answer;
  EXPECT_EQ(server->mailbox(1).size(), 1U);
}

TEST_F(SmtpTest, WrongPasswordIsSaidAndTheMailWaits) {
  world.open();
  send(starttls("wrong password"));
  EXPECT_EQ(only().state, State::waiting);
  EXPECT_EQ(only().attempts, 1);
  EXPECT_THAT(only().answer, HasSubstr("535 5.7.8 Authentication failed"));
  testing::ClockMoved clock(base::seconds(61));
  send(starttls());
  EXPECT_EQ(only().state, State::sent) << only().answer;
  EXPECT_EQ(only().attempts, 2);
}

TEST_F(SmtpTest, UnknownAuthorityIsNotTrusted) {
  world.open();
  Smtp smtp = starttls();
  smtp.authority_file.clear();
  send(smtp);
  EXPECT_EQ(only().state, State::waiting);
  EXPECT_THAT(only().answer, HasSubstr("certificate"));
  EXPECT_THAT(server->log(), Not(HasSubstr("user=<portal>")));
}

TEST_F(SmtpTest, CertificateOfAnotherHostIsNotTrusted) {
  world.open();
  Smtp smtp = starttls();
  smtp.host = "127.0.0.1";  // which the certificate does not name
  send(smtp);
  EXPECT_EQ(only().state, State::waiting);
  EXPECT_THAT(only().answer, HasSubstr("certificate subject name"));
}

TEST_F(SmtpTest, NothingIsSentWhereTlsIsRequiredButNotOffered) {
  world.open();
  Smtp smtp = plain();
  smtp.user = "portal";
  smtp.password = "right password";
  for (const Security security : {Security::starttls, Security::starttls_if_offered}) {
    smtp.security = security;
    const auto transport = make_smtp(smtp, "support@example.test", "example.test");
    const Delivery delivery = transport->deliver(only(), "Subject: x\r\n\r\nx\r\n");
    EXPECT_EQ(delivery.outcome, Outcome::unavailable) << delivery.answer;
  }
  EXPECT_TRUE(server->mailbox(0).empty());
}

TEST_F(SmtpTest, UnknownRecipientFailsAtOnceWithTheServersWords) {
  world.open("Первая");
  world.database.write([&](Transaction& tx) {
    people::Person stranger = world.anton;
    stranger.email = "nobody-here@example.test";
    const Mail mail = page(tx, Tab::waiting, std::nullopt, 1).at(0);
    enqueue(tx, Kind::case_opened, stranger,
            {.account_id = mail.account_id, .case_id = mail.case_id, .number = 1});
  });
  world.open("Третья");
  send(plain());
  const auto mails = world.mails();
  ASSERT_EQ(mails.size(), 3U);
  EXPECT_EQ(mails[0].state, State::sent);
  EXPECT_EQ(mails[1].state, State::failed);
  EXPECT_THAT(mails[1].answer, HasSubstr("550 "));
  EXPECT_EQ(mails[2].state, State::sent) << mails[2].answer;
  EXPECT_EQ(server->mailbox(2).size(), 2U);
}

TEST_F(SmtpTest, ADeadServerIsWaitedForAndTheMailComesThroughLater) {
  world.open();
  const Smtp smtp = plain();
  server->stop();
  send(smtp);
  EXPECT_EQ(only().state, State::waiting);
  EXPECT_THAT(only().answer, HasSubstr("Failed to connect"));
  send(smtp);  // not yet due
  EXPECT_EQ(only().attempts, 1);

  testing::ClockMoved clock(base::seconds(61));
  send(smtp);
  EXPECT_EQ(only().attempts, 2);

  server->start();
  clock.to(base::minutes(4));
  send(smtp);
  EXPECT_EQ(only().state, State::sent) << only().answer;
  EXPECT_EQ(only().attempts, 3);
  EXPECT_EQ(server->mailbox(1).size(), 1U);
}

TEST_F(SmtpTest, ASilentServerTimesOut) {
  world.open();
  Smtp smtp = starttls();
  smtp.port = server->tls_port();  // waits for our TLS greeting while we wait for its SMTP greeting
  smtp.timeout = base::seconds(2);
  const auto begun = std::chrono::steady_clock::now();
  const auto transport = make_smtp(smtp, "support@example.test", "example.test");
  const Delivery delivery = transport->deliver(only(), "Subject: x\r\n\r\nx\r\n");
  EXPECT_EQ(delivery.outcome, Outcome::unavailable) << delivery.answer;
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
}

}  // namespace
}  // namespace mail
