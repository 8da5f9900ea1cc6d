// The command line: serve, demo, and the commands of app/commands.hpp.

#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands.hpp"
#include "app/config.hpp"
#include "app/log.hpp"
#include "app/routes.hpp"
#include "app/server.hpp"
#include "app/version.hpp"
#include "attachments/thumbnail.hpp"
#include "demo/demo.hpp"

namespace {

// Signals are taken by one thread, by name; every other thread starts with them blocked.
sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, signal);
  return set;
}

void raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

void tell_demo(const app::Server& server) {
  fmt::print("\n  Otklik: {}\n\n", server.addresses().front());
  static constexpr std::string_view roles[] = {"клиент / customer", "руководитель компании / company manager",
                                               "специалист / agent", "администратор / administrator"};
  for (const demo::Guest& guest : demo::guests()) {
    fmt::print("  {:<24} {:<24} {}\n", guest.email, demo::password,
               roles[static_cast<std::size_t>(guest.role)]);
  }
  fmt::print("\n  Письма / mails: {}/demo/mail\n  Ctrl+C: остановить / stop\n\n", server.addresses().front());
  std::fflush(stdout);
}

int run_server(const app::Config& config, app::Purpose purpose) {
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  raise_file_limit();
  app::start_log(config.log_level);
  int code = 0;
  try {
    app::Server server(config, purpose);
    server.start();
    if (purpose == app::Purpose::demo) tell_demo(server);
    for (const std::string& address : server.addresses()) spdlog::info("listening on {}", address);
    while (true) {
      int signal = 0;
      sigwait(&signals, &signal);
      if (signal != SIGHUP) break;
      server.reload_certificate();
    }
    spdlog::info("stopping");
    server.stop();
  } catch (const std::exception& error) {
    fmt::print(stderr, "otklik: {}\n", error.what());
    code = 1;
  }
  app::stop_log();
  return code;
}

int print_keys() {
  for (const app::KeyHelp& key : app::config_keys()) {
    fmt::print("{:<28} {} [{}]\n", key.name, key.meaning, key.standard);
  }
  return 0;
}

// --data, --database and --config may stand anywhere among the words of a command.
std::string take_option(std::vector<std::string>& words, const std::string& name) {
  const auto at = std::ranges::find(words, name);
  if (at == words.end() || at + 1 == words.end()) return {};
  std::string value = *(at + 1);
  words.erase(at, at + 2);
  return value;
}

int run(std::vector<std::string> words) {
  if (app::is_command(words)) {
    const std::string file = take_option(words, "--config");
    const std::string data = take_option(words, "--data");
    const std::string database = take_option(words, "--database");
    app::Config config = app::load_config(file);
    if (!data.empty()) config.data = data;
    if (!database.empty()) config.database_url = database;
    return app::dispatch_command(words, config);
  }

  CLI::App line("Otklik: customer support portal and service desk", "otklik");
  line.require_subcommand(1);
  line.set_version_flag("--version", std::string(app::version));
  std::string file;
  std::string data;
  std::string database;
  int port = -1;
  bool log_requests = false;
  CLI::App* serve = line.add_subcommand("serve", "serves the portal");
  serve->add_option("--config", file, "configuration file (TOML)")->check(CLI::ExistingFile);
  CLI::App* demo = line.add_subcommand("demo", "serves the portal with invented data, for trying it out");
  demo->add_option("--port", port, "port on 127.0.0.1; 0 takes a free one")->check(CLI::Range(0, 65535));
  demo->add_option("--data", data, "data directory; filled when it is new");
  demo->add_option("--database", database, "PostgreSQL server, as database.url says");
  demo->add_option("--config", file, "configuration file (TOML)")->check(CLI::ExistingFile);
  demo->add_flag("--log-requests", log_requests, "write a line for each request");
  CLI::App* keys = line.add_subcommand("config", "lists every key of the configuration");
  CLI::App* routes = line.add_subcommand("routes", "lists every address and who may ask for it");
  line.add_subcommand("user", "invite, list, reset: people and their access");
  line.add_subcommand("mail", "list, show, resend: outgoing mail");
  line.add_subcommand("case", "solve, close: acts of agents on one case");
  line.add_subcommand("generate", "adds invented cases, for trials and benchmarks");
  try {
    std::ranges::reverse(words);
    line.parse(words);
  } catch (const CLI::ParseError& error) {
    return line.exit(error);
  }

  if (keys->parsed()) return print_keys();
  if (routes->parsed()) {
    fmt::print("{}", app::list_routes());
    return 0;
  }
  app::Config config = app::load_config(file);
  if (serve->parsed()) return run_server(config, app::Purpose::production);
  if (!data.empty()) config.data = data;
  if (!database.empty()) config.database_url = database;
  if (port >= 0) config.listen = {fmt::format("127.0.0.1:{}", port)};
  if (port > 0) config.settings.public_url = fmt::format("http://127.0.0.1:{}", port);
  config.log_requests = log_requests;
  config.log_level = log_requests ? config.log_level : "warning";
  return run_server(config, app::Purpose::demo);
}

}  // namespace

int main(int argc, char** argv) {
  // The decoder of pictures, which the server runs beside itself for each of them.
  if (argc == 2 && std::string_view(argv[1]) == "make-thumbnail") return attachments::run_make_thumbnail();
  try {
    return run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    fmt::print(stderr, "otklik: {}\n", error.what());
    return 1;
  }
}
