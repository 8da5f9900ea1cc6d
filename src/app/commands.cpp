#include "app/commands.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <filesystem>
#include <iostream>

#include "app/server.hpp"
#include "cases/commands.hpp"
#include "demo/demo.hpp"
#include "mail/commands.hpp"
#include "people/commands.hpp"
#include "storage/database.hpp"

namespace app {
namespace {

// Builds the commands; the chosen one sets `run`.
struct CommandLine {
  using Run = std::function<int(storage::Database&, std::ostream&)>;

  CommandLine() : app("Otklik", "otklik") {
    app.require_subcommand(1);
    app.add_option("--config", ignored, "configuration file");
    app.add_option("--data", ignored, "data directory");
    app.add_option("--database", ignored, "PostgreSQL server, as database.url says");
    add_user();
    add_mail();
    add_case();
    add_generate();
  }

  void add_user() {
    CLI::App* user = app.add_subcommand("user", "people and their access");
    user->require_subcommand(1);
    CLI::App* invite =
        user->add_subcommand("invite", "adds a person and mails the link for the first password");
    invite->add_option("email", invitation.email, "address, also the user name")->required();
    invite->add_option("--name", invitation.name, "first and last name")->required();
    invite->add_option("--account", invitation.account, "organisation")->required();
    invite->add_flag("--create-account", invitation.create_account,
                     "make the organisation when there is none");
    invite->add_option("--role", invitation.role, "customer, manager, agent or administrator");
    invite->add_option("--phone", invitation.phone, "phone number");
    invite->add_option("--language", invitation.language, "ru or en");
    invite->callback([this] {
      run = [this](auto& db, auto& out) { return people::commands::invite(db, invitation, out); };
    });
    CLI::App* list = user->add_subcommand("list", "everybody");
    list->callback([this] { run = [](auto& db, auto& out) { return people::commands::list(db, out); }; });
    CLI::App* reset = user->add_subcommand("reset", "mails a new link for the first password");
    reset->add_option("email", text, "address")->required();
    reset->callback(
        [this] { run = [this](auto& db, auto& out) { return people::commands::reset(db, text, out); }; });
  }

  void add_mail() {
    CLI::App* mails = app.add_subcommand("mail", "outgoing mail");
    mails->require_subcommand(1);
    CLI::App* list =
        mails->add_subcommand("list", "what is waiting, sent and failed, with the server's words");
    list->add_option("--state", text, "waiting, sent or failed")
        ->check(CLI::IsMember({"waiting", "sent", "failed"}));
    list->add_flag("--json", listing.json, "a JSON object on each line");
    list->add_option("--limit", listing.limit, "at most so many of each state");
    list->callback([this] {
      if (text == "waiting") listing.tab = mail::Tab::waiting;
      if (text == "sent") listing.tab = mail::Tab::sent;
      if (text == "failed") listing.tab = mail::Tab::failed;
      run = [this](auto& db, auto& out) { return mail::commands::list(db, listing, out); };
    });
    CLI::App* resend = mails->add_subcommand("resend", "sends again");
    resend->add_option("id", number, "of one mail");
    resend->add_flag("--failed", all_failed, "every mail that was given up");
    resend->callback([this] {
      run = [this](auto& db, auto& out) {
        return all_failed ? mail::commands::resend_failed(db, out)
                          : mail::commands::resend(db, {number}, out);
      };
    });
    CLI::App* show = mails->add_subcommand("show", "one mail");
    show->add_option("id", number, "its id")->required();
    show->callback(
        [this] { run = [this](auto& db, auto& out) { return mail::commands::show(db, {number}, out); }; });
  }

  void add_case() {
    CLI::App* one = app.add_subcommand("case", "acts of agents on one case");
    one->require_subcommand(1);
    CLI::App* solve = one->add_subcommand("solve", "proposes a solution");
    solve->add_option("--solution", act.solution, "what solves it")->required();
    CLI::App* close = one->add_subcommand("close", "closes it, and asks its contact to rate the work");
    for (CLI::App* command : {solve, close}) {
      command->add_option("number", act.number, "of the case")->required();
      command->add_option("--agent", act.agent, "address of who does it")->required();
    }
    solve->callback(
        [this] { run = [this](auto& db, auto& out) { return cases::commands::solve(db, act, out); }; });
    close->callback(
        [this] { run = [this](auto& db, auto& out) { return cases::commands::close(db, act, out); }; });
  }

  void add_generate() {
    CLI::App* generate = app.add_subcommand("generate", "adds invented cases, for trials and benchmarks");
    generate->add_option("--cases", amounts.cases, "how many");
    generate->add_option("--accounts", amounts.accounts, "organisations; 0: one for every 500 cases");
    generate->add_option("--people", amounts.people_per_account, "people of each organisation");
    generate->add_option("--comments", amounts.comments_per_case,
                         "public comments of a case that the first answer does not solve");
    generate->add_option("--big-account", amounts.big_account, "cases of one large organisation");
    generate->add_option("--seed", amounts.seed, "the same seed gives the same texts");
    generate->callback([this] {
      run = [this](storage::Database& db, std::ostream& out) {
        demo::Progress last;
        demo::generate(db, amounts, [&](const demo::Progress& progress) {
          last = progress;
          std::clog << fmt::format("\r{} of {} cases, {:.0f} s", progress.cases, progress.of,
                                   progress.seconds)
                    << std::flush;
        });
        std::clog << '\n';
        out << fmt::format("{} cases in {:.1f} s\n", last.cases, last.seconds);
        return 0;
      };
    });
  }

  CLI::App app;
  Run run;
  std::string ignored;
  people::commands::Invite invitation;
  mail::commands::List listing;
  cases::commands::Act act;
  demo::Amounts amounts;
  std::string text;
  std::int64_t number = 0;
  bool all_failed = false;
};

std::size_t take(char* data, std::size_t size, std::size_t count, void* out) {
  static_cast<std::string*>(out)->append(data, size * count);
  return size * count;
}

// Nothing when no server answers at the socket.
std::optional<int> ask_server(const std::string& socket, const std::vector<std::string>& words) {
  if (!std::filesystem::exists(socket)) return std::nullopt;
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
  const std::string body = boost::join(words, "\n");
  std::string answer;
  std::string headers;
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> sent(
      curl_slist_append(nullptr, "Content-Type: text/plain"), curl_slist_free_all);
  curl_easy_setopt(curl.get(), CURLOPT_UNIX_SOCKET_PATH, socket.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_URL, "http://localhost/commands");
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, sent.get());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(curl.get(), CURLOPT_HEADERFUNCTION, take);
  curl_easy_setopt(curl.get(), CURLOPT_HEADERDATA, &headers);
  const CURLcode result = curl_easy_perform(curl.get());
  if (result == CURLE_COULDNT_CONNECT) return std::nullopt;
  if (result != CURLE_OK) {
    std::cerr << fmt::format("the server that holds the data did not answer: {}\n",
                             curl_easy_strerror(result));
    return 1;
  }
  std::cout << answer;
  constexpr std::string_view name = "X-Exit-Code: ";
  const auto at = headers.find(name);
  return at == std::string::npos ? 1 : std::atoi(headers.c_str() + at + name.size());
}

}  // namespace

std::string socket_path(const Config& config) {
  return (std::filesystem::path(config.data) / "otklik.sock").string();
}

bool is_command(const std::vector<std::string>& words) {
  return !words.empty() && (words.front() == "user" || words.front() == "mail" || words.front() == "case" ||
                            words.front() == "generate");
}

int run_command(const std::vector<std::string>& words, storage::Database& database, std::ostream& out) {
  CommandLine line;
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    line.app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    return line.app.exit(error, out, out);
  }
  return line.run(database, out);
}

int dispatch_command(const std::vector<std::string>& words, const Config& config) {
  const bool asks_for_help = std::ranges::find(words, "--help") != words.end();
  if (!asks_for_help) {
    if (const auto code = ask_server(socket_path(config), words)) return *code;
  }
  configure_mail(config);
  configure_cases(config);
  const auto database = open_database(config);
  return run_command(words, *database, std::cout);
}

}  // namespace app
