// How PostgreSQL carries out the queries of the program once there is much to walk.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "demo/demo.hpp"
#include "storage/postgres/cluster_for_tests.hpp"
#include "storage/postgres/database.hpp"
#include "storage/postgres/statements.hpp"

namespace storage::postgres {
namespace {

using testing::Cluster;

// What generated cases lack, as SQL would fill it.
constexpr std::array more_rows{
    "INSERT INTO mails (id, account_id, case_id, person_id, kind, locale, to_name, to_address, subject, "
    "fields, message_id,"
    " state, due_at, created_at) SELECT i, i % 40, i / 2, i % 300, i % 8, 0, 'n', 'a@b', 's', '{}', 'm' || i,"
    " CASE WHEN i % 100 = 0 THEN 0 WHEN i % 100 = 1 THEN 3 ELSE 2 END, i, i FROM generate_series(1, 20000) i",
    "INSERT INTO notifications (id, person_id, account_id, case_id, actor_id, kind, read_at, created_at)"
    " SELECT i, i % 300, i % 40, i, 1, 0, i % 20, i FROM generate_series(1, 20000) i",
    "INSERT INTO sessions (digest, person_id, csrf, created_at, seen_at, expires_at)"
    " SELECT md5(i::text), i % 300, 'c', i, i, i FROM generate_series(1, 20000) i",
    "INSERT INTO recent_views (person_id, kind, object_id, viewed_at) SELECT i % 300, 0, c.id, i"
    " FROM (SELECT id, row_number() OVER () AS i FROM cases) c",
    "INSERT INTO blobs (digest, size, media_type, created_at) SELECT md5(i::text), 1, 't', i FROM "
    "generate_series(1, 20000) i",
    "INSERT INTO attachments (id, account_id, case_id, author_id, name, media_type, size, digest, created_at)"
    " SELECT i, i % 40, i / 2, 1, 'n', 't', 1, md5(i::text), i FROM generate_series(1, 20000) i",
    "INSERT INTO uploads (id, person_id, draft_id, name, size, digest, created_at, expires_at)"
    " SELECT md5(i::text), i % 300, i, 'n', 1, md5(i::text), i, i FROM generate_series(1, 20000) i",
    "INSERT INTO drafts (id, person_id, kind, subject_id, fields, sent_as, updated_at)"
    " SELECT i, i % 300, i % 2, i / 4, '{}', i, i FROM generate_series(1, 20000) i",
    "INSERT INTO jobs (id, kind, payload, state, due_at, created_at)"
    " SELECT i, 'k', '{}', i % 3, i, i FROM generate_series(1, 20000) i",
    "INSERT INTO one_time_secrets (digest, person_id, purpose, created_at, expires_at)"
    " SELECT md5(i::text), i % 3000, 0, i, i FROM generate_series(1, 20000) i",
    "INSERT INTO demo_mails (id, to_name, to_address, subject, message, created_at)"
    " SELECT i, 'n', 'a', 's', 'm', i FROM generate_series(1, 5000) i",
    "INSERT INTO sign_in_failures (subject, count, since) SELECT i::text, 1, i FROM generate_series(1, "
    "20000) i",
    "INSERT INTO people (id, account_id, name, name_key, email, email_key, created_at)"
    " SELECT i, i % 200, 'n', 'n' || i, 'e', 'e' || i, i FROM generate_series(1, 10000) i",
    "INSERT INTO case_contacts (account_id, contact_id, name_key, name)"
    " SELECT i % 200, i, 'n' || i, 'n' FROM generate_series(1, 10000) i",
    "ANALYZE"};

// Queries that walk a table by their nature.
const std::set<std::string_view> may_walk{
    "cases.counts_of_all",  // one row for each account and status
    "cases.list_2_0_4_0",   // everybody's cases are never sorted by name (cases/list.cpp)
    "cases.list_2_0_4_1",
    "demo.any_account",          // the first there is
    "demo.count_accounts",       // of generated data
    "demo.staff",                // of generated data
    "mail.forget_demo_mails",    // a few hundred
    "sessions.forget_failures",  // the names and addresses of the last hours
};

// The plan that serves any values.
std::string generic_plan(const Connection& connection, const Statement& statement) {
  const Result prepared(PQprepare(connection.handle(), "asked", statement.text.c_str(), 0, nullptr));
  if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK) {
    std::vector<Oid> types;
    for (const Type type : statement.types) types.push_back(static_cast<Oid>(type));
    const Result typed(PQprepare(connection.handle(), "asked", statement.text.c_str(),
                                 static_cast<int>(types.size()), types.data()));
    if (PQresultStatus(typed.get()) != PGRES_COMMAND_OK) return PQerrorMessage(connection.handle());
  }
  std::string nulls;
  for (std::size_t i = 0; i < statement.types.size(); ++i) nulls += i == 0 ? "(NULL" : ", NULL";
  if (!nulls.empty()) nulls += ")";
  const Result plan(PQexec(connection.handle(), ("EXPLAIN (COSTS OFF) EXECUTE asked" + nulls).c_str()));
  std::string text = PQresultStatus(plan.get()) == PGRES_TUPLES_OK ? "" : PQerrorMessage(connection.handle());
  for (int row = 0; row < PQntuples(plan.get()); ++row)
    text.append(PQgetvalue(plan.get(), row, 0)).append("\n");
  const Result gone(PQexec(connection.handle(), "DEALLOCATE asked"));
  return text;
}

constexpr std::array growing{"cases",      "case_events",     "comments",         "case_words",
                             "case_weeks", "case_counts",     "case_contacts",    "followers",
                             "mails",      "notifications",   "sessions",         "recent_views",
                             "blobs",      "attachments",     "uploads",          "drafts",
                             "jobs",       "people",          "one_time_secrets", "demo_mails",
                             "accounts",   "sign_in_failures"};

// The tables that a plan walks from one end to the other: as they lie, or along an index without a bound.
// An index of a few rows alone (partial) may be walked.
std::vector<std::string> walks(const std::string& plan, const std::string& partial_indexes) {
  static const std::regex scan(R"((Seq Scan|Index Scan|Index Only Scan)\b(?:.* using (\w+))?.* on (\w+))");
  std::vector<std::string> found;
  std::istringstream lines(plan);
  std::string walked;  // by the step above this line, as far as is known
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (line.find("Index Cond:") != std::string::npos) {
      walked.clear();
    } else if (std::regex_search(line, match, scan)) {
      if (!walked.empty()) found.push_back(walked);
      const bool partial =
          match[2].matched && partial_indexes.find(" " + match[2].str() + " ") != std::string::npos;
      walked = !partial && std::ranges::count(growing, match[3].str()) > 0 ? match[3].str() : "";
    }
  }
  if (!walked.empty()) found.push_back(walked);
  return found;
}

TEST(PostgresPlans, NoQueryWalksATableThatGrows) {
  if (const std::string obstacle = Cluster::obstacle(); !obstacle.empty()) GTEST_SKIP() << obstacle;
  const std::string name = Cluster::shared().create();
  const Options options = Cluster::shared().options(name);
  {
    Database database(options);
    demo::generate(database, {.cases = 2'000, .big_account = 500}, {});
  }
  for (const char* sql : more_rows) static_cast<void>(Cluster::shared().ask(name, sql));
  Connection connection(options, Connection::Use::writing);
  const Statements statements(connection.handle());
  const std::string partial_indexes =
      Cluster::shared().ask(name,
                            "SELECT ' ' || string_agg(indexrelid::regclass::text, ' ') || ' ' FROM pg_index "
                            "WHERE indpred IS NOT NULL");
  int looked_at = 0;
  for (std::size_t i = 0; i + frame_count < statements.size(); ++i) {
    const Statement& statement = statements.at(i);
    if (statement.text.empty() || statement.name.contains("_test.") || may_walk.contains(statement.name))
      continue;
    const std::string plan = generic_plan(connection, statement);
    ++looked_at;
    // Otherwise a page of a large company would cost what all its cases do.
    if (statement.name.starts_with("cases.list_1_0_"))
      EXPECT_EQ(plan.find("->  Sort"), std::string::npos) << statement.name << "\n" << plan;
    for (const std::string& walked : walks(plan, partial_indexes))
      ADD_FAILURE() << statement.name << " walks all of " << walked << "\n" << statement.text << "\n" << plan;
  }
  EXPECT_GT(looked_at, 200);
}

}  // namespace
}  // namespace storage::postgres
