#include "people/pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "blobs/file_store.hpp"
#include "mail/fields.hpp"
#include "mail/testing.hpp"
#include "sessions/pages.hpp"
#include "sessions/sign_in.hpp"
#include "web/url.hpp"

namespace people::pages {
namespace {

using testing::HasSubstr;
using testing::Not;

// A browser without scripts in front of the handlers: no routes, no proof, no session but the one it is
// given.
class AccountPages : public testing::Test {
 protected:
  web::Response get(web::Response (*handler)(web::Context&), const std::string& query = {}) {
    web::Request request{
        .method = web::Method::get, .target = "/", .path = "/", .query = query, .client = client};
    return answer(handler, request, {});
  }

  web::Response post(web::Response (*handler)(web::Context&), const std::string& form) {
    web::Request request{.method = web::Method::post, .target = "/", .path = "/", .client = client};
    return answer(handler, request, form);
  }

  web::Response answer(web::Response (*handler)(web::Context&), web::Request& request,
                       const std::string& form) {
    web::Context ctx(environment, request);
    ctx.form = web::parse_parameters(form).value();
    ctx.path_parameters = {{"token", token}};
    if (!session.empty()) {
      ctx.signed_in =
          world.database.read([&](storage::Transaction& tx) { return sessions::find(tx, session); });
    }
    return handler(ctx);
  }

  static std::string header(const web::Response& response, std::string_view name) {
    std::string all;
    for (const auto& [key, value] : response.headers) {
      if (key == name) all += value + "\n";
    }
    return all;
  }

  static std::string body(const web::Response& response) { return std::get<std::string>(response.body); }

  std::vector<std::string> secrets(mail::Kind kind, const std::string& name) {
    std::vector<std::string> found;
    for (const mail::Mail& mail : world.mails()) {
      if (mail.kind == kind) found.push_back(mail::decode_fields(mail.fields_json)->at(name));
    }
    return found;
  }

  void invite_anton() {
    token = world.database.write(
        [&](storage::Transaction& tx) { return make_welcome_secret(tx, world.anton.id); });
  }

  bool may_enter(const std::string& password) {
    const auto entered = sessions::sign_in(
        world.database, {.name = "anton@example.test", .password = password, .client = client});
    if (entered) session = entered->token;
    return entered.has_value();
  }

  mail::testing::World world;
  blobs::FileStore blobs{world.directory.path()};
  web::Environment environment{.database = world.database, .blobs = blobs};
  std::string client = "192.0.2.1";
  std::string token;
  std::string session;
};

constexpr std::string_view new_password = "password=correct+horse+battery&repeat=correct+horse+battery";

TEST_F(AccountPages, AForgottenPasswordIsReplacedByMail) {
  const auto response = post(forgot_password, "username=Anton%40Example.test");
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header(response, "Location"), "/password/forgot?done=1\n");
  const auto passwords = secrets(mail::Kind::temporary_password, "password");
  ASSERT_EQ(passwords.size(), 1U);
  EXPECT_TRUE(may_enter(passwords[0]));
  EXPECT_FALSE(may_enter(passwords[0]));
}

TEST_F(AccountPages, NobodyLearnsWhoHasAnAccount) {
  const auto known = post(forgot_password, "username=anton%40example.test");
  const auto unknown = post(forgot_password, "username=nobody%40example.test");
  EXPECT_EQ(known.status, unknown.status);
  EXPECT_EQ(header(known, "Location"), header(unknown, "Location"));
  EXPECT_EQ(world.mails().size(), 1U);
}

TEST_F(AccountPages, OnlySoManyTemporaryPasswordsAnHour) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(post(forgot_password, "username=anton%40example.test").status, 303);
  EXPECT_EQ(world.mails().size(), 3U);
  const mail::testing::ClockMoved later(base::minutes(61));
  EXPECT_EQ(post(forgot_password, "username=anton%40example.test").status, 303);
  EXPECT_EQ(world.mails().size(), 4U);
}

TEST_F(AccountPages, AsksForAName) {
  const auto response = post(forgot_password, "username=+");
  EXPECT_EQ(response.status, 422);
  EXPECT_THAT(body(response), HasSubstr("<title>Ошибка: "));
}

TEST_F(AccountPages, ALinkThatIsOpenedChangesNothing) {
  invite_anton();
  for (int i = 0; i < 2; ++i) EXPECT_EQ(get(set_password_form).status, 200);
  const auto response = post(set_password, std::string(new_password));
  EXPECT_EQ(response.status, 303);
  EXPECT_THAT(header(response, "Set-Cookie"), HasSubstr("otklik_session="));
  EXPECT_TRUE(may_enter("correct horse battery"));
  EXPECT_EQ(get(set_password_form).status, 410);
  EXPECT_EQ(post(set_password, std::string(new_password)).status, 410);
}

TEST_F(AccountPages, ALinkEndsAfterAWeek) {
  invite_anton();
  const mail::testing::ClockMoved later(base::hours(7 * 24 + 1));
  EXPECT_EQ(get(set_password_form).status, 410);
  EXPECT_EQ(post(set_password, std::string(new_password)).status, 410);
}

TEST_F(AccountPages, ANewPasswordIsCheckedBeforeItIsSet) {
  invite_anton();
  EXPECT_EQ(post(set_password, "password=short&repeat=short").status, 422);
  EXPECT_EQ(post(set_password, "password=correct+horse+battery&repeat=another").status, 422);
  EXPECT_EQ(post(set_password, "").status, 422);
  EXPECT_EQ(get(set_password_form).status, 200);
}

TEST_F(AccountPages, ChangingThePasswordNeedsTheCurrentOneAndEndsOtherSessions) {
  invite_anton();
  ASSERT_EQ(post(set_password, std::string(new_password)).status, 303);
  ASSERT_TRUE(may_enter("correct horse battery"));
  const std::string other = session;
  ASSERT_TRUE(may_enter("correct horse battery"));

  EXPECT_EQ(post(change_password, "current=wrong&password=another+phrase&repeat=another+phrase").status, 422);
  EXPECT_EQ(
      post(change_password, "current=correct+horse+battery&password=another+phrase&repeat=another+phrase")
          .status,
      303);
  world.database.read([&](storage::Transaction& tx) {
    EXPECT_FALSE(sessions::find(tx, other));
    EXPECT_TRUE(sessions::find(tx, session));
  });
}

TEST_F(AccountPages, WhoCameByATemporaryPasswordNeedsNoOther) {
  ASSERT_EQ(post(forgot_password, "username=anton%40example.test").status, 303);
  ASSERT_TRUE(may_enter(secrets(mail::Kind::temporary_password, "password").at(0)));
  EXPECT_THAT(body(get(change_password_form)), Not(HasSubstr("current-password")));
  const auto response = post(change_password, std::string(new_password) + "&next=%2Fcases%2Fnew");
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header(response, "Location"), "/cases/new\n");
}

TEST_F(AccountPages, SigningInGoesOnToAPageOfThePortalAlone) {
  invite_anton();
  ASSERT_EQ(post(set_password, std::string(new_password)).status, 303);
  const std::string pair = "username=anton%40example.test&password=correct+horse+battery";
  const auto go = [&](const std::string& next) {
    return header(post(sessions::pages::sign_in, pair + "&next=" + next), "Location");
  };
  EXPECT_EQ(go("%2Fcases%3Fview%3Dmine"), "/cases?view=mine\n");
  EXPECT_EQ(go("%2F%2Fevil.example"), "/\n");
  EXPECT_EQ(go("https%3A%2F%2Fevil.example"), "/\n");
}

TEST_F(AccountPages, AWrongPairSaysTheSameForEverybody) {
  const auto known = post(sessions::pages::sign_in, "username=anton%40example.test&password=x");
  const auto unknown = post(sessions::pages::sign_in, "username=nobod%40example.test&password=x");
  EXPECT_EQ(known.status, 422);
  EXPECT_EQ(unknown.status, 422);
  EXPECT_THAT(body(known), HasSubstr("value=\"anton@example.test\""));
  EXPECT_EQ(header(known, "Set-Cookie"), "");
}

TEST_F(AccountPages, GuessingIsSlowedDown) {
  for (int i = 0; i < sessions::most_failures; ++i) {
    ASSERT_EQ(post(sessions::pages::sign_in, "username=anton%40example.test&password=x").status, 422);
  }
  const auto response = post(sessions::pages::sign_in, "username=anton%40example.test&password=x");
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(header(response, "Retry-After"), "900\n");
}

TEST_F(AccountPages, ThemeAndLanguageAreKeptByTheBrowser) {
  EXPECT_THAT(header(post(choose_theme, "theme=dark&next=%2Faccessibility"), "Set-Cookie"),
              HasSubstr("theme=dark; "));
  EXPECT_THAT(header(post(choose_theme, "theme=pink"), "Set-Cookie"), HasSubstr("theme=; "));
  const auto response = post(choose_language, "language=en&next=%2Faccessibility");
  EXPECT_THAT(header(response, "Set-Cookie"), HasSubstr("language=en; "));
  EXPECT_EQ(header(response, "Location"), "/accessibility\n");
  EXPECT_EQ(post(choose_language, "language=xx").status, 422);
}

TEST_F(AccountPages, TheProfileIsSavedAndShownAgain) {
  invite_anton();
  ASSERT_EQ(post(set_password, std::string(new_password)).status, 303);
  ASSERT_TRUE(may_enter("correct horse battery"));
  EXPECT_EQ(post(update_profile, "name=&phone=1&country=RU&language=ru&time_zone=Europe%2FMoscow").status,
            422);
  EXPECT_EQ(
      post(update_profile, "name=%3Cb%3EA%3C%2Fb%3E&phone=%2B7&country=BY&language=en&time_zone=Asia%2FOmsk")
          .status,
      303);
  const std::string page = body(get(profile));
  EXPECT_THAT(page, HasSubstr("value=\"&lt;b&gt;A&lt;/b&gt;\""));
  EXPECT_THAT(page, HasSubstr("<option value=\"BY\" selected>"));
  EXPECT_THAT(page, HasSubstr("<option value=\"en\" selected>"));
  EXPECT_THAT(page, HasSubstr("<option value=\"Asia/Omsk\" selected>"));
  EXPECT_THAT(page, HasSubstr("data-shortcuts=\"off\""));
}

}  // namespace
}  // namespace people::pages
