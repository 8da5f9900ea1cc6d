#include "demo/demo.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "attachments/attachments.hpp"
#include "base/text.hpp"
#include "blobs/file_store.hpp"
#include "cases/cases.hpp"
#include "cases/history.hpp"
#include "demo/calendar.hpp"
#include "demo/company.hpp"
#include "demo/files.hpp"
#include "demo/phrase.hpp"
#include "demo/scenarios.hpp"
#include "mail/identity.hpp"
#include "mail/mail.hpp"
#include "mail/settings.hpp"
#include "people/people.hpp"
#include "storage/sqlite/database.hpp"

namespace demo {
namespace {

using cases::Status;
using storage::Query;
using storage::Transaction;
using testing::AnyOf;
using testing::Each;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

Query query(std::string_view name, const std::string& text) {
  return {name, text, {}};
}

const Query all_cases =
    query("demo_test.cases", "SELECT " + storage::columns<cases::Case>() + " FROM cases ORDER BY id");
const Query all_events =
    query("demo_test.events", "SELECT " + storage::columns<cases::Event>() + " FROM case_events ORDER BY id");
const Query all_comments = query(
    "demo_test.comments", "SELECT " + storage::columns<cases::Comment>() + " FROM comments ORDER BY id");
const Query all_people =
    query("demo_test.people", "SELECT " + storage::columns<people::Person>() + " FROM people ORDER BY id");
const Query all_mails =
    query("demo_test.mails", "SELECT " + storage::columns<mail::Mail>() + " FROM mails ORDER BY id");
const Query all_files = query("demo_test.files", "SELECT " + storage::columns<attachments::Attachment>() +
                                                     " FROM attachments ORDER BY id");
const Query all_counts = query(
    "demo_test.counts", "SELECT account_id, contact_id, status, count FROM case_counts WHERE count <> 0");
const Query all_weeks = query("demo_test.weeks", "SELECT account_id, week, opened, solved FROM case_weeks");
const Query all_contacts =
    query("demo_test.contacts", "SELECT account_id, contact_id, name_key FROM case_contacts");
const Query all_unread = query(
    "demo_test.unread", "SELECT person_id, COUNT(*) FROM notifications WHERE read_at = 0 GROUP BY person_id");
const Query all_followers = query("demo_test.followers", "SELECT case_id, person_id FROM followers");
const Query last_number = query("demo_test.last", "SELECT last FROM case_numbers");
const Query words_of_owner =
    query("demo_test.words", "SELECT rowid FROM case_words WHERE case_words MATCH $1 ORDER BY rowid");
const Query account_names =
    query("demo_test.accounts", "SELECT name FROM accounts WHERE kind = $1 ORDER BY id");
const Query product_names = query("demo_test.products", "SELECT name FROM products ORDER BY position");
const Query blob_count = query("demo_test.blobs", "SELECT COUNT(*) FROM blobs WHERE digest = $1");
const Query view_count = query("demo_test.views", "SELECT COUNT(*) FROM recent_views WHERE person_id = $1");

class World {
 public:
  World() {
    std::string path = testing::TempDir() + "otklik-demo-XXXXXX";
    if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no directory for the test");
    directory_ = path;
    mail::configure({.secret = "a secret of the tests, long enough", .domain = "example.ru"});
    database = std::make_unique<storage::sqlite::Database>(
        storage::sqlite::Options{.path = (directory_ / "otklik.db").string(), .readers = 1});
    store = std::make_unique<blobs::FileStore>(directory_);
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World() {
    database.reset();
    std::filesystem::remove_all(directory_);
  }

  template <class T, class... Args>
  std::vector<T> rows(const Query& from, const Args&... args) {
    return database->read([&](Transaction& tx) { return tx.all<T>(from, args...); });
  }
  people::Person person(std::string_view email) {
    return database->read([&](Transaction& tx) { return people::find_by_email(tx, email).value(); });
  }

  std::unique_ptr<storage::sqlite::Database> database;
  std::unique_ptr<blobs::FileStore> store;

 private:
  std::filesystem::path directory_;
};

// --- What must be true of every database, recomputed from the cases

using Counts = std::map<std::tuple<std::int64_t, std::int64_t, Status>, std::int64_t>;
using Weeks = std::map<std::pair<std::int64_t, std::int64_t>, std::pair<std::int64_t, std::int64_t>>;

void expect_counts(World& world) {
  Counts expected;
  Counts kept;
  for (const auto& report : world.rows<cases::Case>(all_cases)) {
    ++expected[{report.account_id.value, 0, report.status}];
    ++expected[{report.account_id.value, report.contact_id.value, report.status}];
  }
  for (const auto& [account, contact, status, count] :
       world.rows<std::tuple<std::int64_t, std::int64_t, Status, std::int64_t>>(all_counts)) {
    kept[{account, contact, status}] = count;
  }
  EXPECT_EQ(kept, expected);
}

void expect_weeks(World& world) {
  Weeks expected;
  Weeks kept;
  for (const auto& report : world.rows<cases::Case>(all_cases)) {
    ++expected[{report.account_id.value, cases::week_of(report.opened_at)}].first;
  }
  for (const auto& event : world.rows<cases::Event>(all_events)) {
    if (event.kind != cases::EventKind::solved) continue;
    ++expected[{event.account_id.value, cases::week_of(event.created_at)}].second;
  }
  for (const auto& [account, week, opened, solved] :
       world.rows<std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t>>(all_weeks)) {
    kept[{account, week}] = {opened, solved};
  }
  EXPECT_EQ(kept, expected);
}

void expect_contacts(World& world) {
  std::map<std::int64_t, std::string> names;
  for (const auto& person : world.rows<people::Person>(all_people)) names[person.id.value] = person.name_key;
  std::set<std::tuple<std::int64_t, std::int64_t, std::string>> expected;
  for (const auto& report : world.rows<cases::Case>(all_cases)) {
    expected.insert({report.account_id.value, report.contact_id.value, names.at(report.contact_id.value)});
  }
  const auto rows = world.rows<std::tuple<std::int64_t, std::int64_t, std::string>>(all_contacts);
  EXPECT_EQ((std::set<std::tuple<std::int64_t, std::int64_t, std::string>>(rows.begin(), rows.end())),
            expected);
  EXPECT_EQ(rows.size(), expected.size());
}

void expect_words(World& world) {
  std::map<std::int64_t, std::vector<std::int64_t>> expected;  // by contact
  const auto all = world.rows<cases::Case>(all_cases);
  for (const auto& report : all) expected[report.contact_id.value].push_back(report.id.value);
  for (const auto& [contact, ids] : expected) {
    EXPECT_EQ(world.rows<std::int64_t>(words_of_owner, fmt::format("\"\1p{}\1\"", contact)), ids);
  }
  for (std::size_t i = 0; i < all.size(); i += 37) {
    const auto found = world.rows<std::int64_t>(words_of_owner, fmt::format("{}", all[i].number));
    EXPECT_EQ(std::ranges::count(found, all[i].id.value), 1);
  }
}

void expect_numbers(World& world) {
  std::int64_t number = 0;
  base::Instant opened;
  for (const auto& report : world.rows<cases::Case>(all_cases)) {
    EXPECT_GT(report.number, number);
    EXPECT_GT(report.opened_at, opened);
    number = report.number;
    opened = report.opened_at;
  }
  EXPECT_EQ(world.rows<std::int64_t>(last_number).front(), number);
}

// The history leads to the row as it is.
void expect_histories(World& world) {
  std::map<std::int64_t, cases::Case> reports;
  for (const auto& report : world.rows<cases::Case>(all_cases)) reports[report.id.value] = report;
  std::map<std::int64_t, Status> reached;
  std::map<std::int64_t, std::int64_t> changes;
  const base::Instant now = base::now();
  for (const auto& event : world.rows<cases::Event>(all_events)) {
    const cases::Case& report = reports.at(event.case_id.value);
    EXPECT_EQ(event.account_id, report.account_id);
    EXPECT_GE(event.created_at, report.opened_at);
    EXPECT_LE(event.created_at, report.updated_at);
    Status& status = reached[event.case_id.value];
    if (event.field == "status") {
      EXPECT_EQ(event.before, std::to_string(static_cast<int>(status)));
      status = static_cast<Status>(std::stoi(event.after));
      ++changes[event.case_id.value];
      if (event.kind == cases::EventKind::solved) EXPECT_GE(report.solved_at, event.created_at);
      if (event.kind == cases::EventKind::closed) EXPECT_EQ(report.closed_at, event.created_at);
    } else if (event.kind == cases::EventKind::assigned) {
      EXPECT_EQ(event.after, base::to_string(report.assignee_id));
      status = Status::in_progress;
    }
  }
  for (const auto& comment : world.rows<cases::Comment>(all_comments)) {
    EXPECT_GE(comment.created_at, reports.at(comment.case_id.value).opened_at);
    EXPECT_LE(comment.created_at, reports.at(comment.case_id.value).updated_at);
  }
  for (const auto& [id, report] : reports) {
    EXPECT_EQ(reached[id], report.status) << report.number;
    EXPECT_LE(report.updated_at, now) << report.number;
    EXPECT_EQ(report.solved_at.microseconds == 0, report.solution.empty()) << report.number;
    EXPECT_EQ(report.subject_key, base::sort_key(report.subject));
    EXPECT_GT(report.version, changes[id]);
  }
}

void expect_followers(World& world) {
  std::set<std::pair<std::int64_t, std::int64_t>> followers;
  for (const auto& [report, person] : world.rows<std::tuple<std::int64_t, std::int64_t>>(all_followers)) {
    followers.insert({report, person});
  }
  for (const auto& report : world.rows<cases::Case>(all_cases)) {
    EXPECT_TRUE(followers.contains({report.id.value, report.contact_id.value}));
    if (report.assignee_id) EXPECT_TRUE(followers.contains({report.id.value, report.assignee_id.value}));
  }
}

void expect_unread(World& world) {
  std::map<std::int64_t, std::int64_t> unread;
  for (const auto& [person, count] : world.rows<std::tuple<std::int64_t, std::int64_t>>(all_unread)) {
    unread[person] = count;
  }
  for (const auto& person : world.rows<people::Person>(all_people)) {
    EXPECT_EQ(person.unread_notifications, unread[person.id.value]) << person.name;
  }
}

void expect_sound(World& world) {
  expect_counts(world);
  expect_weeks(world);
  expect_contacts(world);
  expect_words(world);
  expect_numbers(world);
  expect_histories(world);
  expect_followers(world);
  expect_unread(world);
}

void expect_well_written(const std::string& text) {
  UErrorCode failed = U_ZERO_ERROR;
  const auto* composed = icu::Normalizer2::getNFCInstance(failed);
  EXPECT_TRUE(composed->isNormalizedUTF8(text, failed)) << text;
  EXPECT_EQ(base::plain_lines(text), text);
  for (const std::string_view wrong :
       {"\"", "  ", " ,", " .", "..", "{", "}", "[", "]", "<", ">", "~", "!!", "|", "\n\n\n"}) {
    EXPECT_THAT(text, Not(HasSubstr(wrong)));
  }
}

// --- The demo

class FilledDemo : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    world = std::make_unique<World>();
    EXPECT_FALSE(is_filled(*world->database));
    fill(*world->database, *world->store);
  }
  static void TearDownTestSuite() { world.reset(); }

  static std::vector<cases::Case> cases_of_guest() {
    auto own = world->rows<cases::Case>(all_cases);
    const base::PersonId guest = world->person(customer_email).id;
    std::erase_if(own, [&](const cases::Case& report) { return report.contact_id != guest; });
    return own;
  }

  static inline std::unique_ptr<World> world;
};

TEST_F(FilledDemo, HasWhatItPromises) {
  EXPECT_TRUE(is_filled(*world->database));
  EXPECT_EQ(world->rows<std::string>(account_names, 0).size(), account_count);
  EXPECT_EQ(world->rows<std::string>(account_names, 0).front(), "ООО «Автоэксперт»");
  EXPECT_EQ(world->rows<std::string>(account_names, 1).size(), 1U);
  EXPECT_EQ(world->rows<people::Person>(all_people).size(), person_count);
  EXPECT_EQ(world->rows<std::string>(product_names).size(), product_count);
  const auto reports = world->rows<cases::Case>(all_cases);
  EXPECT_EQ(reports.size(), case_count);

  std::map<Status, int> statuses;
  std::map<cases::Origin, int> origins;
  std::map<cases::Impact, int> impacts;
  std::set<std::string> texts;
  for (const auto& report : reports) {
    ++statuses[report.status];
    ++origins[report.origin];
    ++impacts[report.impact];
    texts.insert(report.subject + report.description);
  }
  EXPECT_EQ(statuses.size(), static_cast<std::size_t>(cases::status_count));
  EXPECT_EQ(origins.size(), 3U);
  EXPECT_EQ(impacts.size(), 3U);
  EXPECT_EQ(texts.size(), case_count) << "two cases read alike";
}

TEST_F(FilledDemo, GuestHasACaseOfEveryKind) {
  std::map<Status, int> statuses;
  for (const auto& report : cases_of_guest()) ++statuses[report.status];
  EXPECT_EQ(cases_of_guest().size(), 37U);
  EXPECT_EQ(statuses.size(), static_cast<std::size_t>(cases::status_count));
  EXPECT_EQ(statuses[Status::waiting], 2);
  EXPECT_EQ(statuses[Status::solved], 1);
  EXPECT_GT(world->person(customer_email).unread_notifications, 0);
  EXPECT_GT(world->rows<std::int64_t>(view_count, world->person(customer_email).id).front(), 4);
}

TEST_F(FilledDemo, ShowsTheCaseOfTheGuide) {
  const auto viewer = people::as_viewer(world->person(customer_email));
  const auto report =
      world->database->read([&](Transaction& tx) { return cases::find(tx, viewer, shown_case); }).value();
  EXPECT_EQ(cases::format_number(report.number), "06746620");
  EXPECT_EQ(report.subject, "Не формируется отчёт ОСАГО");
  EXPECT_EQ(report.status, Status::solved);
  EXPECT_THAT(report.solution, testing::StartsWith("Необходимо проверить и скорректировать дату ДТП"));
  EXPECT_EQ(report.assignee_id, world->person(agent_email).id);
  const auto comments = world->database->read(
      [&](Transaction& tx) { return cases::comments(tx, viewer, report.account_id, report.id); });
  EXPECT_EQ(comments.size(), 3U);
  int files = 0;
  for (const auto& file : world->rows<attachments::Attachment>(all_files))
    files += file.case_id == report.id ? 1 : 0;
  EXPECT_EQ(files, 3);
}

TEST_F(FilledDemo, KeepsEverythingThatIsKept) {
  expect_sound(*world);
}

TEST_F(FilledDemo, IsWellWritten) {
  for (const auto& report : world->rows<cases::Case>(all_cases)) {
    expect_well_written(report.subject);
    expect_well_written(report.description);
    expect_well_written(report.solution);
  }
  for (const auto& comment : world->rows<cases::Comment>(all_comments)) expect_well_written(comment.body);
  for (const auto& mail : world->rows<mail::Mail>(all_mails)) expect_well_written(mail.subject);
  for (const auto& name : world->rows<std::string>(account_names, 0)) expect_well_written(name);
}

TEST_F(FilledDemo, NamesNobodyWhoExists) {
  for (const auto& person : world->rows<people::Person>(all_people)) {
    EXPECT_THAT(person.email, AnyOf(EndsWith(".example"), EndsWith("@example.ru")));
    if (!person.phone.empty()) EXPECT_THAT(person.phone, HasSubstr(" 000-"));
  }
}

TEST_F(FilledDemo, HasSentItsMail) {
  const auto mails = world->rows<mail::Mail>(all_mails);
  EXPECT_GT(mails.size(), 1'000U);
  for (const auto& mail : mails) {
    EXPECT_EQ(mail.state, mail::State::sent);
    EXPECT_GE(mail.sent_at, mail.created_at);
    const auto identity = mail::read_message_id(mail.message_id);
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->case_id, mail.case_id);
  }
}

TEST_F(FilledDemo, KeepsTheContentOfEveryFile) {
  std::set<std::string> types;
  for (const auto& file : world->rows<attachments::Attachment>(all_files)) {
    types.insert(file.media_type);
    EXPECT_EQ(world->rows<std::int64_t>(blob_count, file.digest).front(), 1);
    EXPECT_EQ(world->store->open(file.digest).value().size, static_cast<std::uint64_t>(file.size));
    EXPECT_EQ(file.thumbnail, file.media_type == "image/png") << file.name;
    EXPECT_EQ(file.thumbnail, world->store->open_thumbnail(file.digest).has_value());
  }
  EXPECT_TRUE(types.contains("application/pdf"));
  EXPECT_TRUE(types.contains("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
}

TEST_F(FilledDemo, LetsItsGuestsIn) {
  ASSERT_EQ(guests().size(), 4U);
  for (const Guest& guest : guests()) {
    const people::Person person = world->person(guest.email);
    EXPECT_EQ(person.name, guest.name);
    EXPECT_EQ(person.role, guest.role);
    EXPECT_TRUE(people::check_new_password(person, password));
  }
  EXPECT_TRUE(people::password_matches(world->person(agent_email).password_hash, password));
}

TEST(LivingDemo, GoesOnFromThere) {
  World world;
  fill(*world.database, *world.store);
  const auto viewer = people::as_viewer(world.person(customer_email));
  const auto before = world.rows<std::int64_t>(last_number).front();
  const auto opened = world.database->write([&](Transaction& tx) {
    return cases::open(tx, viewer,
                       {.draft = base::make_id<base::DraftId>(),
                        .subject = "Вопрос",
                        .description = "О сроках",
                        .product = "Qapter Claims"});
  });
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->report.number, before + 1);
  expect_sound(world);
}

// --- Any amount of the same kind

TEST(Generating, KeepsEverythingThatIsKept) {
  World world;
  Amounts amounts{.cases = 2'000, .accounts = 12, .big_account = 300};
  std::int64_t told = 0;
  generate(*world.database, amounts, [&](const Progress& progress) { told = progress.cases; });
  EXPECT_EQ(told, 2'000);
  EXPECT_EQ(world.rows<cases::Case>(all_cases).size(), 2'000U);
  EXPECT_EQ(world.rows<std::string>(account_names, 0).size(), 13U);
  expect_sound(world);

  const people::Person bench = world.person(bench_email);
  EXPECT_TRUE(people::password_matches(bench.password_hash, password));
  std::int64_t own = 0;
  std::int64_t of_account = 0;
  for (const auto& report : world.rows<cases::Case>(all_cases)) {
    own += report.contact_id == bench.id ? 1 : 0;
    of_account += report.account_id == bench.account_id ? 1 : 0;
    expect_well_written(report.description);
  }
  EXPECT_EQ(of_account, 300);
  EXPECT_GT(own, 10);

  generate(*world.database, {.cases = 100, .accounts = 2, .seed = 7}, {});
  EXPECT_EQ(world.rows<cases::Case>(all_cases).size(), 2'100U);
  expect_counts(world);
  expect_words(world);
}

TEST(Generating, TellsTheSameForTheSameSeed) {
  const auto subjects = [](std::uint64_t seed) {
    World world;
    generate(*world.database, {.cases = 60, .accounts = 3, .seed = seed}, {});
    std::vector<std::string> found;
    for (const auto& report : world.rows<cases::Case>(all_cases)) found.push_back(report.subject);
    return found;
  };
  const auto first = subjects(3);
  EXPECT_EQ(subjects(3), first);
  EXPECT_NE(subjects(4), first);
}

// --- Texts

TEST(Phrases, CountWithTheRightNoun) {
  const Phrase phrase("{n1:1-30:файл:файла:файлов}");
  Dice dice(1);
  Facts facts;
  const std::map<std::uint64_t, std::string> expected{{1, "1\u00A0файл"},   {2, "2\u00A0файла"},
                                                      {5, "5\u00A0файлов"}, {11, "11\u00A0файлов"},
                                                      {21, "21\u00A0файл"}, {23, "23\u00A0файла"}};
  for (const auto& [number, text] : expected) {
    facts.numbers[1] = number - 1;
    EXPECT_EQ(phrase.text(facts, Gender::male, dice), text);
  }
}

TEST(Phrases, AgreeWithWhoSpeaks) {
  Dice dice(1);
  Facts facts;
  facts.colleague = Gender::female;
  const Phrase phrase("<Открыл/Открыла> и приложил</а>, коллега <+видел/видела>, 10~МБ");
  EXPECT_EQ(phrase.text(facts, Gender::male, dice), "Открыл и приложил, коллега видела, 10\u00A0МБ");
  EXPECT_EQ(phrase.text(facts, Gender::female, dice), "Открыла и приложила, коллега видела, 10\u00A0МБ");
}

TEST(Phrases, RefuseWhatCannotBeRead) {
  for (const char* wrong : {"[a|b", "{unknown}", "<one>", "{n1}", "{n1:5}", "{n1:1-2:раз}"}) {
    EXPECT_THROW(Phrase{wrong}, std::invalid_argument) << wrong;
  }
}

TEST(Scenarios, AreWhole) {
  EXPECT_GE(scenarios().size(), 50U);
  std::set<std::string> ids;
  std::set<std::string> products;
  for (const ProductEntry& product : product_entries()) products.emplace(product.name);
  for (const Scenario& one : scenarios()) {
    EXPECT_TRUE(ids.insert(one.id).second) << one.id;
    for (const std::string& product : one.products)
      EXPECT_TRUE(products.contains(product)) << one.id << product;
    for (std::size_t problem = 0; problem < one.problems.size(); ++problem) {
      const bool named = std::ranges::any_of(one.subjects, [&](const Scenario::Tied& subject) {
        return !subject.problem || *subject.problem == problem;
      });
      EXPECT_TRUE(named) << one.id << " has no subject for problem " << problem;
    }
  }
  EXPECT_THROW((void)read_scenarios("@ half\nproduct Qapter\nsubject Тема\nproblem\nТекст\n"),
               std::invalid_argument);
  EXPECT_THROW((void)scenario("nothing"), std::out_of_range);
}

TEST(Files, HaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const FileHint& hint : demo::all_files())
    EXPECT_TRUE(names.insert(hint.name + hint.kind).second) << hint.name;
  EXPECT_THROW((void)make_file({.kind = "exe", .name = "x", .title = "x"}, base::now()),
               std::invalid_argument);
}

TEST(Calendar, KeepsWorkingHours) {
  const base::Instant friday_evening{1'795'194'000'000'000};  // 2026-11-20 17:00 UTC, 20:00 in Moscow
  EXPECT_FALSE(is_working(friday_evening));
  EXPECT_EQ(numeric_date(friday_evening), "20.11.2026");
  EXPECT_EQ(day_and_month(friday_evening), "20\u00A0ноября");
  EXPECT_EQ(clock_time(friday_evening), "20:00");
  const base::Instant monday = working_after(friday_evening);
  EXPECT_EQ(numeric_date(monday) + " " + clock_time(monday), "23.11.2026 9:00");
  const base::Instant before = working_before(friday_evening);
  EXPECT_EQ(numeric_date(before) + " " + clock_time(before), "20.11.2026 18:59");
  const base::Instant later = after_work(monday, base::hours(11));
  EXPECT_EQ(numeric_date(later) + " " + clock_time(later), "24.11.2026 10:00");
}

}  // namespace
}  // namespace demo
