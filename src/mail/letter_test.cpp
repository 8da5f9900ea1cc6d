#include "mail/letter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "mail/identity.hpp"
#include "mail/solution_link.hpp"
#include "mail/testing.hpp"
#include "mail/views_letter.hpp"

namespace mail {
namespace {

using storage::Transaction;
using ::testing::HasSubstr;
using ::testing::Not;

class LetterTest : public ::testing::Test {
 protected:
  // The latest mail of that kind, to Anton unless said otherwise.
  base::Result<Letter> letter(Kind kind, const std::string& address = "anton@example.test") {
    const auto mails = world.mails();
    for (auto mail = mails.rbegin(); mail != mails.rend(); ++mail)
      if (mail->kind == kind && mail->to_address == address)
        return world.database.read([&](Transaction& tx) { return compose(tx, *mail); });
    throw std::runtime_error("no such mail");
  }
  void comment(const cases::Case& report, const std::string& body,
               cases::Visibility visibility = cases::Visibility::everyone) {
    world.database.write([&](Transaction& tx) {
      ASSERT_TRUE(cases::comment(tx, people::as_viewer(world.maria), report,
                                 {.body = body, .visibility = visibility}));
    });
  }
  void solve(const cases::Case& report, const std::string& solution) {
    world.database.write([&](Transaction& tx) {
      ASSERT_TRUE(cases::solve(tx, people::as_viewer(world.maria), report, solution));
    });
  }

  testing::World world;
};

TEST_F(LetterTest, OpenedCaseIsNamedWithAllOfIt) {
  const cases::Case report = world.open();
  const std::string number = cases::format_number(report.number);
  const std::string text = text_of(*letter(Kind::case_opened));
  EXPECT_THAT(text, HasSubstr("Здравствуйте, Антон Быков."));
  EXPECT_THAT(text, HasSubstr("Номер обращения: " + number));
  EXPECT_THAT(text, HasSubstr("Тема: Не формируется отчёт ОСАГО"));
  EXPECT_THAT(text, HasSubstr("Продукт: Qapter Claims"));
  EXPECT_THAT(text, HasSubstr("Кнопка «Сформировать» неактивна.\n\nВерсия 5.2"));
  EXPECT_THAT(text, HasSubstr("\nhttps://support.example.test/cases/" + number + "\n"));
  EXPECT_THAT(text, HasSubstr("+7 495 000-00-00"));
  EXPECT_EQ(find_reference(text), report.number);
  EXPECT_TRUE(text.ends_with(":ref\n"));
}

TEST_F(LetterTest, SolutionSaysWhatTheGuideShows) {
  const cases::Case report = world.open("Проблема");
  solve(report, "Необходимо проверить и скорректировать дату ДТП");
  const std::string number = cases::format_number(report.number);
  // The two links hold a proof of this installation.
  const auto mails = world.mails();
  const auto sent = std::ranges::find(mails, Kind::solution_proposed, &Mail::kind);
  const std::string link =
      "https://support.example.test/solution/" +
      make_solution_token(
          {.case_id = sent->case_id, .person_id = sent->person_id, .made_at = sent->created_at});
  EXPECT_EQ(
      text_of(*letter(Kind::solution_proposed)),
      "Здравствуйте, Антон Быков.\n\n"
      "Ваше обращение " +
          number +
          " по продукту Qapter Claims было решено, подробности решения ниже.\n\n"
          "Решение:\nНеобходимо проверить и скорректировать дату ДТП\n\n"
          "Детали обращения\n"
          "Ваше обращение: " +
          number +
          "\n"
          "Краткое описание обращения: Проблема\n\n"
          "Помогло ли решение?\n\n"
          "Решение помогло:\n" +
          link + "?answer=helped\n\nПроблема осталась:\n" + link +
          "?answer=remains\n\n"
          "Открыть обращение:\nhttps://support.example.test/cases/" +
          number +
          "\n\n"
          "Кнопка откроет страницу, где ответ нужно подтвердить: само письмо ничего не меняет.\n\n"
          "Если проблема повторится или решение не помогло, добавьте комментарий к обращению на портале: "
          "оно откроется снова.\n\n"
          "С уважением,\nСлужба технической поддержки\n\n"
          "Телефон поддержки: +7 495 000-00-00 · Пн–пт, 9:00–19:00 МСК\n"
          "Письмо отправлено автоматически.\n\n" +
          make_reference(report.number) + "\n");
}

TEST_F(LetterTest, CommentIsQuotedUnderItsAuthor) {
  comment(world.open(), "Пришлите, пожалуйста, журнал.\nСпасибо");
  EXPECT_THAT(text_of(*letter(Kind::comment_added)),
              HasSubstr("\nМария Орлова:\nПришлите, пожалуйста, журнал.\nСпасибо\n"));
}

TEST_F(LetterTest, InternalCommentsReachAgentsAlone) {
  const cases::Case report = world.open();
  comment(report, "видят все");
  comment(report, "видят только специалисты", cases::Visibility::internal);
  EXPECT_THAT(text_of(*letter(Kind::comment_added)), HasSubstr("видят все"));
  // Even a mail that names it says nothing of it to a customer.
  world.database.write([&](Transaction& tx) {
    const auto comments = cases::comments(tx, people::as_viewer(world.maria), report.account_id, report.id);
    const mail::About about{.account_id = report.account_id, .case_id = report.id, .number = report.number};
    for (const people::Person& person : {world.anton, world.maria})
      enqueue(tx, Kind::comment_added, person, about, {{"comment", base::to_string(comments.back().id)}});
  });
  EXPECT_EQ(letter(Kind::comment_added).error().kind, base::ErrorKind::not_found);
  EXPECT_THAT(text_of(*letter(Kind::comment_added, "maria@vendor.test")), HasSubstr("только специалисты"));
}

TEST_F(LetterTest, WelcomeHoldsItsLink) {
  std::string secret;
  world.database.write([&](Transaction& tx) {
    secret = people::make_welcome_secret(tx, world.anton.id);
    enqueue(tx, Kind::welcome, world.anton, {.account_id = world.account.id}, {{"secret", secret}});
  });
  EXPECT_THAT(text_of(*letter(Kind::welcome)),
              HasSubstr("\nhttps://support.example.test/password/set/" + secret + "\n"));
  EXPECT_EQ(letter(Kind::welcome)->subject, "Добро пожаловать на портал пользователя");
  testing::ClockMoved clock(base::hours(7 * 24 + 1));
  EXPECT_EQ(letter(Kind::welcome).error().kind, base::ErrorKind::expired);
}

TEST_F(LetterTest, WelcomeWhoseLinkWasReplacedIsNotSent) {
  world.database.write([&](Transaction& tx) {
    const std::string secret = people::make_welcome_secret(tx, world.anton.id);
    enqueue(tx, Kind::welcome, world.anton, {.account_id = world.account.id}, {{"secret", secret}});
    (void)people::make_welcome_secret(tx, world.anton.id);
  });
  EXPECT_EQ(letter(Kind::welcome).error().kind, base::ErrorKind::expired);
}

TEST_F(LetterTest, TemporaryPasswordIsSentForAnHour) {
  world.database.write([&](Transaction& tx) {
    enqueue(tx, Kind::temporary_password, world.anton, {.account_id = world.account.id},
            {{"password", "abcde-fghij"}});
  });
  EXPECT_THAT(text_of(*letter(Kind::temporary_password)), HasSubstr("\n    abcde-fghij\n"));
  testing::ClockMoved clock(base::minutes(60));
  EXPECT_EQ(letter(Kind::temporary_password).error().kind, base::ErrorKind::expired);
}

TEST_F(LetterTest, EnglishForWhoReadsEnglish) {
  world.database.write([&](Transaction& tx) { people::set_locale(tx, world.anton.id, base::Locale::en); });
  world.database.read([&](Transaction& tx) { world.anton = *people::find(tx, world.anton.id); });
  const cases::Case report = world.open("Report");
  solve(report, "Check the date");
  const auto english = letter(Kind::solution_proposed);
  EXPECT_EQ(english->subject,
            "Update on your case – Solution proposed for case# " + cases::format_number(report.number));
  EXPECT_THAT(html_of(*english), HasSubstr("<html lang=\"en\""));
  EXPECT_THAT(text_of(*english), HasSubstr("Kind regards,\nTechnical support"));
}

TEST_F(LetterTest, HtmlEscapesWhatPeopleWrite) {
  world.open("<script>alert(1)</script>", "\"><img src=x onerror=alert(2)>\n& конец");
  const std::string html = html_of(*letter(Kind::case_opened));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<img")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(html, HasSubstr("<br>&amp; конец"));
}

TEST_F(LetterTest, LongDescriptionsAreCutBetweenCharacters) {
  std::string description;
  for (int i = 0; i < 20'000; ++i) description += "ы";
  world.open("Длинное", description);
  const Letter cut = *letter(Kind::case_opened);
  EXPECT_EQ(cut.quote.back(), "…");
  EXPECT_EQ(cut.quote.front().size(), 16'000U);
}

TEST_F(LetterTest, NothingIsComposedForWhoLostAccess) {
  world.open();
  const Mail mail = world.mails().at(0);
  Mail to_nobody = mail;
  to_nobody.person_id = {1};
  world.database.read([&](Transaction& tx) {
    EXPECT_EQ(compose(tx, to_nobody).error().kind, base::ErrorKind::forbidden);
    Mail of_another_case = mail;
    of_another_case.case_id = {1};
    EXPECT_EQ(compose(tx, of_another_case).error().kind, base::ErrorKind::not_found);
    Mail of_another_account = mail;
    of_another_account.account_id = {1};
    EXPECT_EQ(compose(tx, of_another_account).error().kind, base::ErrorKind::not_found);
  });
}

}  // namespace
}  // namespace mail
