#include "mail/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace mail {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Message example() {
  return {.from_name = "Служба поддержки",
          .from_address = "support@example.test",
          .to_name = "Антон Быков",
          .to_address = "anton@example.test",
          .subject = "Обращение № 06746620 зарегистрировано: Не формируется отчёт ОСАГО",
          .message_id = "1.2.abc@example.test",
          .date = {1'700'000'000'000'000},
          .text = "Здравствуйте.\n\nСтрока\n",
          .html = "<p>Здравствуйте.</p>\n"};
}

std::vector<std::string> lines_of(const std::string& raw) {
  std::vector<std::string> lines;
  std::istringstream in(raw);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string head_of(const std::string& raw) {
  return raw.substr(0, raw.find("\r\n\r\n"));
}

TEST(MessageTest, ComesBackAsItWas) {
  const ParsedMessage read = read_message(write_message(example()));
  EXPECT_EQ(read.text, example().text);
  EXPECT_EQ(read.html, example().html);
  EXPECT_EQ(read.header("subject"), example().subject);
  EXPECT_EQ(read.header("From"), "Служба поддержки <support@example.test>");
  EXPECT_EQ(read.header("To"), "Антон Быков <anton@example.test>");
  EXPECT_EQ(read.header("Message-ID"), "<1.2.abc@example.test>");
  EXPECT_EQ(read.header("Date"), "Tue, 14 Nov 2023 22:13:20 +0000");
  EXPECT_EQ(read.header("Auto-Submitted"), "auto-generated");
  EXPECT_EQ(read.header("Content-Language"), "ru");
  EXPECT_EQ(read.header("In-Reply-To"), "");
}

TEST(MessageTest, IsAsciiWithShortLinesAndCrLf) {
  Message message = example();
  message.subject = std::string(255, 'x') + " и длинная тема, " + message.subject + message.subject;
  message.text = std::string(5000, 'x') + "\n.\nFrom here\ntrailing space \n";
  for (int i = 0; i < 500; ++i) message.html += "Очень длинная строка без перевода. ";
  const std::string raw = write_message(message);
  EXPECT_TRUE(std::ranges::all_of(raw, [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
  for (const std::string& line : lines_of(raw)) {
    EXPECT_LE(line.size(), 998U);
    EXPECT_TRUE(line.ends_with('\r')) << line;
  }
  const ParsedMessage read = read_message(raw);
  EXPECT_EQ(read.text, message.text);
  EXPECT_EQ(read.html, message.html);
  EXPECT_EQ(read.header("Subject"), message.subject);
}

TEST(MessageTest, NothingCanBeginAHeader) {
  Message message = example();
  const std::string evil = "x\r\nBcc: victim@example.test\r\n\r\nbody";
  message.subject = evil;
  message.to_name = evil;
  message.from_name = "\"><\nX-Evil: 1";
  message.in_reply_to = evil;
  message.message_id = "1.2@x>\r\nX-Evil: 2";
  message.reply_to = "a@b.test\nX-Evil: 3";
  const std::string head = head_of(write_message(message));
  for (const std::string& line : lines_of(head)) {
    EXPECT_FALSE(line.starts_with("Bcc")) << head;
    EXPECT_FALSE(line.starts_with("X-Evil")) << head;
    EXPECT_FALSE(line.starts_with("body")) << head;
  }
  EXPECT_EQ(read_message(write_message(message)).text, message.text);
}

TEST(MessageTest, NameWithCommaAndQuotesIsOneRecipient) {
  Message message = example();
  message.to_name = "Быков, Антон \"Тони\" <evil@example.test>";
  const std::string to = read_message(write_message(message)).header("To");
  EXPECT_THAT(to, HasSubstr("<anton@example.test>"));
  message.to_name = "Bykov, Anton <evil@example.test>";
  const std::string raw = write_message(message);
  EXPECT_THAT(raw, HasSubstr("To: \"Bykov, Anton <evil@example.test>\" <anton@example.test>"));
}

TEST(MessageTest, AnswersToTheThread) {
  Message message = example();
  message.in_reply_to = "1.1.first@example.test";
  message.reply_to = "cases@example.test";
  message.locale = base::Locale::en;
  const ParsedMessage read = read_message(write_message(message));
  EXPECT_EQ(read.header("In-Reply-To"), "<1.1.first@example.test>");
  EXPECT_EQ(read.header("References"), "<1.1.first@example.test>");
  EXPECT_EQ(read.header("Reply-To"), "cases@example.test");
  EXPECT_EQ(read.header("Content-Language"), "en");
}

TEST(MessageTest, LatinIsReadableOnTheWireAndCyrillicShort) {
  Message message = example();
  message.text = "Hello Anton, your case is solved.\n";
  const std::string raw = write_message(message);
  EXPECT_THAT(raw, HasSubstr("Hello Anton, your case is solved."));
  EXPECT_THAT(raw, HasSubstr("Content-Transfer-Encoding: quoted-printable"));
  message.text.clear();
  for (int i = 0; i < 100; ++i) message.text += "Здравствуйте, ваше обращение решено. ";
  EXPECT_LT(write_message(message).size(), message.text.size() * 3 / 2 + 1500);
}

TEST(MessageTest, RubbishReadsAsNothing) {
  EXPECT_EQ(read_message("").text, "");
  EXPECT_EQ(read_message("no headers at all").html, "");
}

}  // namespace
}  // namespace mail
