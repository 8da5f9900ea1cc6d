#include "app/config.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <boost/algorithm/string.hpp>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string_view>

#include "base/id.hpp"

namespace app {
namespace {

using Text = std::string;
using List = std::vector<std::string>;

// One key: how its text is taken into the configuration, and how the present value reads.
struct Key {
  std::string name;
  std::string meaning;
  std::function<void(Config&, const List&)> set;
  std::function<Text(const Config&)> show;
  bool is_list = false;
};

[[noreturn]] void refuse(const std::string& name, const std::string& what) {
  throw std::runtime_error(fmt::format("configuration: {}: {}", name, what));
}

Key text(std::string name, std::string meaning, std::function<Text&(Config&)> at) {
  return {name, std::move(meaning), [=](Config& c, const List& v) { at(c) = v.empty() ? Text{} : v.front(); },
          [=](const Config& c) { return at(const_cast<Config&>(c)); }};
}

Key list(std::string name, std::string meaning, std::function<List&(Config&)> at) {
  return {std::move(name), std::move(meaning), [=](Config& c, const List& v) { at(c) = v; },
          [=](const Config& c) { return boost::join(at(const_cast<Config&>(c)), ", "); }, true};
}

template <class Number>
Key number(std::string name, std::string meaning, std::int64_t least, std::int64_t most,
           std::function<Number&(Config&)> at) {
  return {name, std::move(meaning),
          [=](Config& c, const List& v) {
            std::int64_t value = 0;
            const Text& given = v.empty() ? name : v.front();
            const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), value);
            if (error != std::errc{} || end != given.data() + given.size() || value < least || value > most) {
              refuse(name, fmt::format("must be a whole number from {} to {}, not «{}»", least, most, given));
            }
            at(c) = static_cast<Number>(value);
          },
          [=](const Config& c) { return fmt::to_string(at(const_cast<Config&>(c))); }};
}

Key flag(std::string name, std::string meaning, std::function<bool&(Config&)> at) {
  return {name, std::move(meaning),
          [=](Config& c, const List& v) {
            const Text given = v.empty() ? Text{} : v.front();
            if (given != "true" && given != "false") refuse(name, "must be true or false");
            at(c) = given == "true";
          },
          [=](const Config& c) { return at(const_cast<Config&>(c)) ? "true" : "false"; }};
}

const std::vector<Key>& keys() {
  static const std::vector<Key> all{
      list("server.listen", "addresses to listen on, such as 127.0.0.1:8080, [::]:443, https://0.0.0.0:443",
           [](Config& c) -> List& { return c.listen; }),
      text("server.certificate", "PEM file with the certificate and its chain; needed for https addresses",
           [](Config& c) -> Text& { return c.certificate; }),
      text("server.key", "PEM file with the certificate's key", [](Config& c) -> Text& { return c.key; }),
      list("server.trusted_proxies",
           "addresses or networks whose X-Forwarded-For and X-Forwarded-Proto are believed",
           [](Config& c) -> List& { return c.trusted_proxies; }),
      number<int>("server.network_threads", "threads that talk to the network; 0 chooses by the processors",
                  0, 64, [](Config& c) -> int& { return c.network_threads; }),
      number<int>("server.workers", "threads that handle requests; most of them wait for commits", 2, 1024,
                  [](Config& c) -> int& { return c.workers; }),
      number<std::uint64_t>("server.connections",
                            "open connections at most; above, the longest idle one is closed", 16, 1'000'000,
                            [](Config& c) -> std::uint64_t& { return c.connections; }),
      flag("log.requests", "write a line for each request",
           [](Config& c) -> bool& { return c.log_requests; }),
      text("log.level", "debug, info, warning or error", [](Config& c) -> Text& { return c.log_level; }),
      text("data.directory", "where the database and the files are",
           [](Config& c) -> Text& { return c.data; }),
      text("database.url",
           "PostgreSQL server, as postgres://user@host/name or key=value pairs; empty: the embedded engine",
           [](Config& c) -> Text& { return c.database_url; }),
      number<int>("database.connections", "PostgreSQL: connections that read at the same time", 1, 1000,
                  [](Config& c) -> int& { return c.database_connections; }),
      number<int>("database.writers", "PostgreSQL: connections that commit at the same time", 1, 64,
                  [](Config& c) -> int& { return c.database_writers; }),
      number<int>("database.connect_timeout", "PostgreSQL: seconds to connect in", 1, 300,
                  [](Config& c) -> int& { return c.connect_timeout; }),
      number<int>("database.statement_timeout", "PostgreSQL: seconds that a statement may take; 0: any", 0,
                  3600, [](Config& c) -> int& { return c.statement_timeout; }),
      number<int>("database.lock_timeout", "PostgreSQL: seconds to wait for another unit's lock; 0: any", 0,
                  3600, [](Config& c) -> int& { return c.lock_timeout; }),
      number<int>("database.keepalive",
                  "PostgreSQL: seconds of silence until the network is asked whether the server is there", 1,
                  3600, [](Config& c) -> int& { return c.keepalive; }),
      number<int>("database.readers", "embedded engine: connections that read at the same time", 1, 64,
                  [](Config& c) -> int& { return c.readers; }),
      number<int>("database.reader_cache_mib", "embedded engine: page cache of each of them, MiB", 1, 4096,
                  [](Config& c) -> int& { return c.reader_cache_mib; }),
      number<int>("database.writer_cache_mib", "embedded engine: page cache of the writer, MiB", 1, 4096,
                  [](Config& c) -> int& { return c.writer_cache_mib; }),
      number<int>("node.number", "tells nodes of one database apart", 0, base::last_node,
                  [](Config& c) -> int& { return c.node; }),
      text("portal.public_url", "how people reach the portal; links in mails begin with it",
           [](Config& c) -> Text& { return c.settings.public_url; }),
      text("portal.brand_ru", "name of the portal in Russian",
           [](Config& c) -> Text& { return c.settings.brand_ru; }),
      text("portal.brand_en", "name of the portal in English",
           [](Config& c) -> Text& { return c.settings.brand_en; }),
      text("portal.support_phone", "shown in the footer and in mails",
           [](Config& c) -> Text& { return c.settings.support_phone; }),
      text("portal.support_email", "the support address",
           [](Config& c) -> Text& { return c.settings.support_email; }),
      text("portal.support_hours_ru", "when support answers, in Russian",
           [](Config& c) -> Text& { return c.settings.support_hours_ru; }),
      text("portal.support_hours_en", "when support answers, in English",
           [](Config& c) -> Text& { return c.settings.support_hours_en; }),
      number<int>("cases.close_after_days",
                  "days after which a solved case that nobody answers closes by itself; 0: never", 0, 3650,
                  [](Config& c) -> int& { return c.close_after_days; }),
      number<int>("cases.warn_before_days",
                  "days before that when its contact is warned by mail; 0: not at all", 0, 3650,
                  [](Config& c) -> int& { return c.warn_before_days; }),
      number<int>("surveys.pause_days", "days within which nobody is asked for their opinion twice", 0, 3650,
                  [](Config& c) -> int& { return c.survey_pause_days; }),
      number<std::uint64_t>("files.largest", "bytes of one file at most", 1024, 1LL << 40,
                            [](Config& c) -> std::uint64_t& { return c.settings.largest_file; }),
      text("mail.from", "address that mails come from", [](Config& c) -> Text& { return c.mail_from; }),
      text("smtp.host", "mail server; empty: mail waits", [](Config& c) -> Text& { return c.smtp_host; }),
      number<int>("smtp.port", "port of the mail server", 1, 65535,
                  [](Config& c) -> int& { return c.smtp_port; }),
      text("smtp.security", "none, starttls or tls", [](Config& c) -> Text& { return c.smtp_security; }),
      text("smtp.user", "name for the mail server", [](Config& c) -> Text& { return c.smtp_user; }),
      text("smtp.password", "password for the mail server",
           [](Config& c) -> Text& { return c.smtp_password; }),
      text("smtp.ca_file",
           "PEM file with the authorities that the mail server's certificate is checked against",
           [](Config& c) -> Text& { return c.smtp_ca_file; }),
  };
  return all;
}

const Key* find(std::string_view name) {
  const auto found = std::ranges::find(keys(), name, &Key::name);
  return found == keys().end() ? nullptr : &*found;
}

Text scalar(const toml::node& node, const std::string& name) {
  if (const auto* value = node.as_string()) return value->get();
  if (const auto* value = node.as_integer()) return std::to_string(value->get());
  if (const auto* value = node.as_boolean()) return value->get() ? "true" : "false";
  refuse(name, "must be a text, a whole number, true or false, or a list of texts");
}

List values_of(const toml::node& node, const std::string& name) {
  if (const auto* array = node.as_array()) {
    List values;
    for (const auto& element : *array) values.push_back(scalar(element, name));
    return values;
  }
  return {scalar(node, name)};
}

void read_table(const toml::table& table, const std::string& prefix, Config& config) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    if (const auto* inner = node.as_table()) {
      read_table(*inner, name + ".", config);
      continue;
    }
    const Key* known = find(name);
    if (known == nullptr) {
      refuse(fmt::format("line {}", node.source().begin.line), fmt::format("there is no key «{}»", name));
    }
    known->set(config, values_of(node, name));
  }
}

void read_environment(Config& config) {
  for (const Key& key : keys()) {
    const std::string variable =
        "OTKLIK_" + boost::to_upper_copy(boost::replace_all_copy(key.name, ".", "_"));
    const char* value = std::getenv(variable.c_str());
    if (value == nullptr) continue;
    List values{value};
    if (key.is_list) boost::split(values, std::string(value), boost::is_any_of(","));
    for (std::string& part : values) boost::trim(part);
    key.set(config, values);
  }
}

void check(const Config& config) {
  const std::string& url = config.settings.public_url;
  if (!(url.starts_with("http://") || url.starts_with("https://")) || url.ends_with('/')) {
    refuse("portal.public_url", "must begin with http:// or https:// and end without a slash");
  }
  if (config.close_after_days > 0 && config.warn_before_days >= config.close_after_days) {
    refuse("cases.warn_before_days", "must be less than cases.close_after_days");
  }
  for (const char* level : {"debug", "info", "warning", "error"}) {
    if (config.log_level == level) return;
  }
  refuse("log.level", "must be debug, info, warning or error");
}

}  // namespace

Config load_config(const std::string& path) {
  Config config;
  if (!path.empty()) {
    try {
      read_table(toml::parse_file(path), "", config);
    } catch (const toml::parse_error& error) {
      throw std::runtime_error(
          fmt::format("{}:{}: {}", path, error.source().begin.line, error.description()));
    }
  }
  read_environment(config);
  check(config);
  return config;
}

std::vector<KeyHelp> config_keys() {
  const Config standard;
  std::vector<KeyHelp> help;
  for (const Key& key : keys()) help.push_back({key.name, key.meaning, key.show(standard)});
  return help;
}

}  // namespace app
