#include "surveys/surveys.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "cases/closing.hpp"
#include "cases/continuation.hpp"
#include "cases/solution.hpp"
#include "mail/fields.hpp"
#include "mail/solution_link.hpp"
#include "mail/testing.hpp"
#include "notifications/notifications.hpp"
#include "surveys/answers.hpp"
#include "surveys/counts.hpp"

namespace surveys {
namespace {

using cases::Case;
using cases::Status;
using storage::Transaction;

class SurveysTest : public ::testing::Test {
 protected:
  SurveysTest() {
    configure({});
    cases::configure_closing({});
  }
  ~SurveysTest() override { base::set_clock_offset({}); }

  [[nodiscard]] people::Viewer anton() const { return people::as_viewer(world.anton); }
  [[nodiscard]] people::Viewer maria() const { return people::as_viewer(world.maria); }

  template <class Work>
  auto write(Work&& work) {
    return world.database.write(std::forward<Work>(work));
  }

  Case now(const Case& report) {
    return world.database.read([&](Transaction& tx) { return *cases::find(tx, maria(), report.number); });
  }
  Case solved(const std::string& subject = "Не формируется отчёт ОСАГО") {
    const Case report = world.open(subject);
    return write([&](Transaction& tx) {
             auto taken = cases::assign(tx, maria(), report, world.maria.id);
             return cases::solve(tx, maria(), *taken, "Исправьте дату");
           })
        .value();
  }
  Case closed(const std::string& subject = "Не формируется отчёт ОСАГО") {
    const Case report = solved(subject);
    return write([&](Transaction& tx) { return cases::close(tx, maria(), report); }).value();
  }
  std::vector<Survey> surveys_of(const Case& report) {
    return world.database.read([&](Transaction& tx) { return of_case(tx, report.account_id, report.id); });
  }
  std::size_t mails(mail::Kind kind) {
    std::size_t count = 0;
    for (const mail::Mail& mail : world.mails()) count += mail.kind == kind ? 1 : 0;
    return count;
  }
  // The secret in the latest survey's mail.
  std::string secret() {
    const auto all = world.mails();
    for (auto mail = all.rbegin(); mail != all.rend(); ++mail) {
      if (mail->kind == mail::Kind::survey) return mail::decode_fields(mail->fields_json)->at("secret");
    }
    throw std::runtime_error("no survey was mailed");
  }
  base::Result<Survey> answer(int score, const std::string& comment = {}) {
    return write(
        [&](Transaction& tx) { return surveys::answer(tx, secret(), {.score = score, .comment = comment}); });
  }
  Results results() {
    return world.database.read([](Transaction& tx) { return surveys::results(tx); });
  }

  mail::testing::World world;
};

TEST_F(SurveysTest, ClosingInvitesOnceAndInsteadOfTheMailAboutClosing) {
  const Case report = closed();
  ASSERT_EQ(surveys_of(report).size(), 1U);
  EXPECT_EQ(surveys_of(report)[0].person_id, world.anton.id);
  EXPECT_EQ(surveys_of(report)[0].assignee_id, world.maria.id);
  EXPECT_EQ(mails(mail::Kind::survey), 1U);
  EXPECT_EQ(mails(mail::Kind::case_closed), 0U);
}

TEST_F(SurveysTest, NobodyIsAskedTwiceWithinThePause) {
  closed("Первое");
  const Case second = closed("Второе");
  EXPECT_TRUE(surveys_of(second).empty());
  EXPECT_EQ(mails(mail::Kind::case_closed), 1U);
  base::set_clock_offset(base::days(31));
  EXPECT_EQ(surveys_of(closed("Третье")).size(), 1U);
}

TEST_F(SurveysTest, AnAnswerIsCountedChangedAndTold) {
  const Case report = closed();
  ASSERT_TRUE(answer(2, "Долго"));
  EXPECT_EQ(results().all.of(2), 1);
  ASSERT_TRUE(answer(5, "Разобрались"));
  const Results changed = results();
  EXPECT_EQ(changed.all.of(2), 0);
  EXPECT_EQ(changed.all.of(5), 1);
  EXPECT_EQ(changed.all.total(), 1);
  EXPECT_DOUBLE_EQ(changed.all.average(), 5);
  ASSERT_EQ(surveys_of(report).size(), 1U);
  EXPECT_EQ(surveys_of(report)[0].comment, "Разобрались");
  EXPECT_TRUE(surveys_of(report)[0].changed_at);
  const auto told =
      world.database.read([&](Transaction& tx) { return notifications::latest(tx, world.maria.id); });
  EXPECT_EQ(told.at(0).kind, notifications::Kind::survey_answered);
}

TEST_F(SurveysTest, TheSameAnswerSentTwiceIsOne) {
  closed();
  ASSERT_TRUE(answer(4));
  const auto again = answer(4);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->changed_at);
  EXPECT_EQ(results().all.total(), 1);
}

TEST_F(SurveysTest, AnAnswerMayBeChangedForFourteenDays) {
  closed();
  ASSERT_TRUE(answer(4));
  base::set_clock_offset(base::days(13));
  EXPECT_TRUE(answer(3));
  base::set_clock_offset(base::days(15));
  EXPECT_EQ(answer(5).error().kind, base::ErrorKind::expired);
}

TEST_F(SurveysTest, WrongAnswersAreRefused) {
  closed();
  EXPECT_EQ(answer(0).error().kind, base::ErrorKind::invalid);
  EXPECT_EQ(answer(6).error().kind, base::ErrorKind::invalid);
  EXPECT_EQ(answer(5, std::string(longest_comment + 1, 'a')).error().kind, base::ErrorKind::invalid);
  const auto guessed = write([](Transaction& tx) {
    return surveys::answer(tx, "a-secret-nobody-has", {.score = 5, .comment = {}});
  });
  EXPECT_EQ(guessed.error().kind, base::ErrorKind::expired);
  EXPECT_EQ(results().all.total(), 0);
}

TEST_F(SurveysTest, ListsPageByKeyAndNarrow) {
  for (int i = 0; i < 5; ++i) {
    base::set_clock_offset(base::days(31 * i));
    closed("Тема " + std::to_string(i));
    ASSERT_TRUE(answer(i % 2 == 0 ? 5 : 2));
  }
  const auto list = [&](const AnswerQuery& query) {
    return world.database.read([&](Transaction& tx) { return answers(tx, query); });
  };
  const auto first = list({.limit = 3});
  ASSERT_EQ(first.size(), 3U);
  EXPECT_EQ(first[0].subject, "Тема 4");
  const auto rest = list({.after = {.at = first[2].answered_at, .id = first[2].id}, .limit = 3});
  ASSERT_EQ(rest.size(), 2U);
  EXPECT_EQ(rest[1].subject, "Тема 0");
  EXPECT_EQ(list({.score = 5}).size(), 3U);
  EXPECT_EQ(list({.product_id = first[0].product_id}).size(), 5U);
  EXPECT_EQ(list({.score = 2, .product_id = first[0].product_id}).size(), 2U);
  EXPECT_EQ(list({.month = month_of(first[0].answered_at)}).size(), 1U);
}

TEST(Months, AreCountedFromNineteenSeventy) {
  EXPECT_EQ(month_of(base::Instant{}), 0);
  for (const std::int64_t month : {0, 1, 11, 12, 680, 683}) {
    EXPECT_EQ(month_of(month_begins(month)), month);
    EXPECT_EQ(month_of(month_begins(month + 1) - base::seconds(1)), month);
  }
}

// A part of a unit that fails leaves the rest of it alone.
TEST_F(SurveysTest, AFailureWithinAUnitUndoesItsPartAlone) {
  const Case report = solved();
  write([&](Transaction& tx) {
    (void)cases::close(tx, maria(), report);
    EXPECT_THROW(tx.attempt([&] {
      cases::follow(tx, maria(), report);
      cases::unfollow(tx, anton(), report);
      throw storage::ConstraintViolated("as a row that is there already");
    }),
                 storage::ConstraintViolated);
  });
  EXPECT_EQ(now(report).status, Status::closed);
  world.database.read([&](Transaction& tx) { EXPECT_TRUE(cases::follows(tx, anton(), report.id)); });
}

TEST_F(SurveysTest, CustomersCloseTheirOwnSolvedCaseAlone) {
  const Case open = world.open();
  const auto close_as = [&](const people::Viewer& viewer, const Case& report) {
    return write([&](Transaction& tx) { return cases::close(tx, viewer, report); });
  };
  EXPECT_EQ(close_as(anton(), open).error().kind, base::ErrorKind::forbidden);
  const Case report = solved();
  people::Viewer colleague = anton();
  colleague.id = {colleague.id.value + 1};
  EXPECT_EQ(close_as(colleague, report).error().kind, base::ErrorKind::forbidden);
  people::Viewer stranger = anton();
  stranger.account_id = {stranger.account_id.value + 1};
  EXPECT_EQ(close_as(stranger, report).error().kind, base::ErrorKind::forbidden);
  EXPECT_TRUE(close_as(anton(), report));
}

TEST_F(SurveysTest, AnAnswerToTheSolutionMovesTheCaseOnce) {
  const Case report = solved();
  const auto say = [&](cases::Verdict verdict, const std::string& comment) {
    return write([&](Transaction& tx) {
      return cases::answer_solution(tx, anton(), report,
                                    {.draft = {42}, .verdict = verdict, .comment = comment});
    });
  };
  ASSERT_TRUE(say(cases::Verdict::remains, "Та же ошибка"));
  ASSERT_TRUE(say(cases::Verdict::remains, "Та же ошибка"));
  EXPECT_EQ(now(report).status, Status::reopened);
  world.database.read([&](Transaction& tx) {
    EXPECT_EQ(cases::comments(tx, maria(), report.account_id, report.id).size(), 1U);
  });
}

TEST_F(SurveysTest, ALinkEndsWithItsSolution) {
  const Case report = solved();
  const auto found = [&](base::Instant made_at) {
    const std::string token =
        mail::make_solution_token({.case_id = report.id, .person_id = world.anton.id, .made_at = made_at});
    return world.database.read(
        [&](Transaction& tx) { return cases::find_by_solution_link(tx, token).has_value(); });
  };
  EXPECT_TRUE(found(base::now()));
  EXPECT_FALSE(found(report.solved_at - base::seconds(1)));
  const base::Instant made_at = base::now();
  base::set_clock_offset(base::days(31));
  EXPECT_FALSE(found(made_at));
}

TEST_F(SurveysTest, UnansweredSolutionsAreWarnedOfAndClose) {
  const Case report = solved();
  EXPECT_EQ(cases::close_unanswered(world.database).warned, 0);
  base::set_clock_offset(base::hours(5 * 24 + 1));
  EXPECT_EQ(cases::close_unanswered(world.database).warned, 1);
  // As a run after one that was killed.
  EXPECT_EQ(cases::close_unanswered(world.database).warned, 0);
  EXPECT_EQ(mails(mail::Kind::closing_soon), 1U);
  EXPECT_EQ(now(report).status, Status::solved);
  base::set_clock_offset(base::hours(7 * 24 + 2));
  EXPECT_EQ(cases::close_unanswered(world.database).closed, 1);
  EXPECT_EQ(cases::close_unanswered(world.database).closed, 0);
  EXPECT_EQ(now(report).status, Status::closed);
  EXPECT_EQ(mails(mail::Kind::survey), 1U);
}

TEST_F(SurveysTest, ALateWarningPutsOffTheClosing) {
  const Case report = solved();
  base::set_clock_offset(base::days(30));
  EXPECT_EQ(cases::close_unanswered(world.database).closed, 0);
  EXPECT_EQ(now(report).status, Status::solved);
  base::set_clock_offset(base::hours(32 * 24 + 1));
  EXPECT_EQ(cases::close_unanswered(world.database).closed, 1);
}

TEST_F(SurveysTest, ANewSolutionIsWarnedOfAnew) {
  Case report = solved();
  base::set_clock_offset(base::days(6));
  cases::close_unanswered(world.database);
  report = now(report);
  write([&](Transaction& tx) {
    const auto again = cases::reopen(tx, anton(), report);
    return cases::solve(tx, maria(), *again, "Иначе");
  }).value();
  base::set_clock_offset(base::days(8));
  EXPECT_EQ(cases::close_unanswered(world.database).closed, 0);
  base::set_clock_offset(base::days(12));
  EXPECT_EQ(cases::close_unanswered(world.database).warned, 1);
}

TEST_F(SurveysTest, MoreThanAUnitIsWarnedOfOnce) {
  for (int i = 0; i < 230; ++i) solved("Тема " + std::to_string(i));
  base::set_clock_offset(base::days(6));
  EXPECT_EQ(cases::close_unanswered(world.database).warned, 230);
  EXPECT_EQ(mails(mail::Kind::closing_soon), 230U);
}

TEST_F(SurveysTest, ACommentOnAClosedCaseOpensALinkedOne) {
  const Case report = closed();
  const auto next = [&] {
    return write([&](Transaction& tx) {
      return cases::continue_closed(tx, anton(), report,
                                    {.draft = {77}, .body = "Снова то же", .uploads = {}});
    });
  };
  const auto opened = next();
  ASSERT_TRUE(opened);
  EXPECT_EQ(next()->report.id, opened->report.id);
  EXPECT_TRUE(opened->report.subject.starts_with("Продолжение обращения № "));
  world.database.read([&](Transaction& tx) {
    const Case after = *cases::find(tx, anton(), opened->report.number);
    EXPECT_EQ(cases::continuations(tx, after).of, report.number);
    EXPECT_EQ(cases::continuations(tx, report).by, std::vector<std::int64_t>{after.number});
  });
  EXPECT_EQ(now(report).status, Status::closed);
}

}  // namespace
}  // namespace surveys
