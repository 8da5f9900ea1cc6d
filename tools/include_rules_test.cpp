#include "tools/include_rules.hpp"

#include <gtest/gtest.h>

namespace tools {
namespace {

std::vector<std::string> check(const std::map<std::string, std::string>& sources) {
  std::vector<std::string> found;
  for (const Breach& breach : check_includes(sources))
    found.push_back(breach.path + ":" + std::to_string(breach.line) + ": " + breach.why);
  return found;
}

std::string including(std::string_view path) {
  return "#include \"" + std::string(path) + "\"\n";
}

TEST(IncludeRules, AllowWhatPointsDownward) {
  EXPECT_TRUE(
      check({{"main.cpp", including("net/server.hpp") + including("app/app.hpp")},
             {"app/app.cpp", including("storage/sqlite/database.hpp") + including("cases/pages.hpp")},
             {"cases/pages.cpp", including("web/html.hpp") + including("cases/cases.hpp")},
             {"cases/cases.cpp", including("people/people.hpp") + including("storage/database.hpp")},
             {"storage/sqlite/database.cpp", including("storage/database.hpp") + including("base/id.hpp")},
             {"web/html.hpp", including("base/messages.hpp") + "#include <string>\n"}})
          .empty());
}

TEST(IncludeRules, RefuseWhatPointsUpward) {
  const std::pair<std::string, std::string> refused[] = {
      {"base/id.cpp", "storage/value.hpp"},        {"storage/database.hpp", "web/page.hpp"},
      {"cases/cases.cpp", "web/request.hpp"},      {"cases/case.hpp", "net/server.hpp"},
      {"cases/cases.cpp", "storage/sqlite/x.hpp"}, {"cases/pages.cpp", "storage/postgres/x.hpp"},
      {"web/html.cpp", "net/server.hpp"},          {"jobs/jobs.cpp", "cases/cases.hpp"},
      {"cases/pages.cpp", "app/app.hpp"},          {"storage/database.cpp", "storage/sqlite/x.hpp"},
      {"net/server.cpp", "storage/database.hpp"}};
  for (const auto& [from, to] : refused)
    EXPECT_EQ(check({{from, including(to)}}).size(), 1U) << from << " " << to;
}

TEST(IncludeRules, SayWhere) {
  EXPECT_EQ(
      check({{"cases/cases.cpp", "\n\n  # include \"web/html.hpp\"\n"}}),
      std::vector<std::string>{"cases/cases.cpp:3: includes web/html.hpp: the domain does not know web"});
}

TEST(IncludeRules, SpareTests) {
  EXPECT_TRUE(check({{"cases/cases_test.cpp", including("web/html.hpp")},
                     {"mail/testing.hpp", including("storage/sqlite/database.hpp")},
                     {"mail/portal_for_tests.hpp", including("web/html.hpp")}})
                  .empty());
}

TEST(IncludeRules, FindCircles) {
  EXPECT_EQ(check({{"cases/cases.hpp", including("mail/mail.hpp")},
                   {"mail/mail.cpp", including("people/people.hpp")},
                   {"people/people.cpp", including("cases/cases.hpp")}}),
            std::vector<std::string>{
                "cases:1: modules include each other in a circle: cases -> mail -> people -> cases"});
  EXPECT_TRUE(check({{"cases/cases.hpp", including("mail/mail.hpp")},
                     {"mail/pages.cpp", including("cases/cases.hpp")}})
                  .empty());
}

}  // namespace
}  // namespace tools
