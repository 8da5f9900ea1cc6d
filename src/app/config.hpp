// The configuration of a server: a TOML file, then the environment.
//
// Each key may also be given as an environment variable: OTKLIK_ and the key in upper case, dots as
// underscores
// (`server.listen` is OTKLIK_SERVER_LISTEN; lists are separated by commas). Unknown keys are refused. See
// docs/configuration.md for what each means.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mail/settings.hpp"
#include "web/context.hpp"

namespace app {

struct Config {
  std::vector<std::string> listen{"127.0.0.1:8080"};
  std::string certificate;
  std::string key;
  std::vector<std::string> trusted_proxies;
  int network_threads = 0;  // 0: one for each two cores, at least one
  int workers = 24;         // threads that may wait for the database
  std::uint64_t connections = 20'000;
  bool log_requests = true;
  std::string log_level = "info";
  std::string data = "data";
  std::string database_url;  // empty: the embedded engine
  int database_connections = 8;
  int database_writers = 4;
  int connect_timeout = 5;     // seconds
  int statement_timeout = 30;  // seconds
  int lock_timeout = 5;        // seconds
  int keepalive = 15;          // seconds
  int readers = 4;
  int reader_cache_mib = 4;
  int writer_cache_mib = 16;
  int node = 0;
  int close_after_days = 7;    // of a proposed solution; 0: cases do not close by themselves
  int warn_before_days = 2;    // 0: without a warning
  int survey_pause_days = 30;  // nobody is asked twice within them
  web::Settings settings;
  std::string smtp_host;  // empty: mail waits in the ledger
  int smtp_port = 587;
  std::string smtp_security = "starttls";  // none, starttls, tls
  std::string smtp_user;
  std::string smtp_password;
  std::string smtp_ca_file;
  std::string mail_from = "support@example.ru";
};

// Throws std::runtime_error that names the file, the line and what to write instead.
[[nodiscard]] Config load_config(const std::string& path);

// Of every key: its name, what it means, its default. For the documentation and `otklik config`.
struct KeyHelp {
  std::string name;
  std::string meaning;
  std::string standard;
};
[[nodiscard]] std::vector<KeyHelp> config_keys();

}  // namespace app
