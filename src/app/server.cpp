#include "app/server.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "app/application.hpp"
#include "app/commands.hpp"
#include "app/live.hpp"
#include "app/log.hpp"
#include "app/metrics.hpp"
#include "attachments/upload_settings_pages.hpp"
#include "base/id.hpp"
#include "base/random.hpp"
#include "base/worker_pool.hpp"
#include "blobs/file_store.hpp"
#include "cases/closing.hpp"
#include "demo/demo.hpp"
#include "drafts/drafts.hpp"
#include "jobs/jobs.hpp"
#include "mail/demo_mailbox.hpp"
#include "mail/ledger.hpp"
#include "mail/sender.hpp"
#include "mail/smtp.hpp"
#include "mail/views_letter.hpp"
#include "net/server.hpp"
#include "sessions/sessions.hpp"
#include "settings/settings.hpp"
#include "storage/postgres/database.hpp"
#include "storage/sqlite/database.hpp"
#include "surveys/surveys.hpp"

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds stop_grace{20};

// The directory holds secrets and customers' files: its owner alone may look inside.
void make_data_directory(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) throw std::runtime_error(fmt::format("cannot make {}: {}", directory.string(), error.message()));
  fs::permissions(directory, fs::perms::owner_all, error);
}

// The installation's key, made at the first start. Losing it ends links and proofs, so it is part of a
// backup.
std::string installation_secret(const fs::path& directory) {
  const fs::path path = directory / "secret.key";
  std::string secret;
  if (std::ifstream file(path); file) {
    std::getline(file, secret);
    if (secret.size() >= 32) return secret;
  }
  secret = base::random_token(32);
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = descriptor >= 0 &&
                       ::write(descriptor, secret.data(), secret.size()) == std::ssize(secret) &&
                       ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!written) throw std::runtime_error(fmt::format("cannot write {}", path.string()));
  return secret;
}

mail::Security security_of(const std::string& name) {
  if (name == "none") return mail::Security::plain;
  if (name == "tls") return mail::Security::tls;
  if (name == "starttls") return mail::Security::starttls;
  throw std::runtime_error("configuration: smtp.security: must be none, starttls or tls");
}

std::size_t network_threads(const Config& config) {
  if (config.network_threads > 0) return static_cast<std::size_t>(config.network_threads);
  return std::max(1U, std::thread::hardware_concurrency() / 2);
}

net::ServerOptions network_options(const Config& config) {
  net::ServerOptions options;
  for (const std::string& address : config.listen) options.listen.push_back(net::parse_listen(address));
  options.unix_socket = socket_path(config);
  options.certificate_file = config.certificate;
  options.key_file = config.key;
  options.trusted_proxies = config.trusted_proxies;
  options.threads = network_threads(config);
  options.limits.connections = config.connections;
  options.on_finished = [log = config.log_requests](const web::Request& request, int status,
                                                    std::uint64_t bytes, std::chrono::nanoseconds duration) {
    count_request(status, duration);
    if (log) log_request(request, status, bytes, duration);
  };
  return options;
}

std::string role_name(people::Role role) {
  static constexpr std::string_view names[] = {"customer", "manager", "agent", "administrator"};
  return std::string(names[static_cast<std::size_t>(role)]);
}

void add_demo(web::Settings& settings) {
  settings.demo = true;
  settings.demo_password = demo::password;
  for (const demo::Guest& guest : demo::guests()) {
    settings.demo_people.emplace_back(std::string(guest.email), role_name(guest.role));
  }
}

std::unique_ptr<mail::Transport> make_transport(storage::Database& database) {
  const mail::Settings& settings = mail::settings();
  if (!settings.smtp.host.empty())
    return mail::make_smtp(settings.smtp, settings.from_address, settings.domain);
  return mail::make_demo_mailbox(database);
}

}  // namespace

void configure_mail(const Config& config) {
  make_data_directory(config.data);
  mail::Settings settings;
  settings.secret =
      config.settings.secret.empty() ? installation_secret(config.data) : config.settings.secret;
  const auto at = config.mail_from.find('@');
  if (at == std::string::npos) throw std::runtime_error("configuration: mail.from: must be an address");
  settings.domain = config.mail_from.substr(at + 1);
  settings.from_address = config.mail_from;
  settings.public_url = config.settings.public_url;
  settings.brand_ru = config.settings.brand_ru;
  settings.brand_en = config.settings.brand_en;
  settings.support_phone = config.settings.support_phone;
  settings.support_hours_ru = config.settings.support_hours_ru;
  settings.support_hours_en = config.settings.support_hours_en;
  settings.smtp = {.host = config.smtp_host,
                   .port = static_cast<std::uint16_t>(config.smtp_port),
                   .security = security_of(config.smtp_security),
                   .user = config.smtp_user,
                   .password = config.smtp_password,
                   .authority_file = config.smtp_ca_file,
                   .hello = {}};
  mail::configure(std::move(settings));
}

void configure_cases(const Config& config) {
  cases::configure_closing(
      {.after = base::days(config.close_after_days), .warning = base::days(config.warn_before_days)});
  surveys::configure({.pause = base::days(config.survey_pause_days)});
}

std::unique_ptr<storage::Database> open_database(const Config& config) {
  make_data_directory(config.data);
  base::set_node(static_cast<std::uint16_t>(config.node));
  if (!config.database_url.empty()) {
    return std::make_unique<storage::postgres::Database>(
        storage::postgres::Options{.url = config.database_url,
                                   .connections = config.database_connections,
                                   .writers = config.database_writers,
                                   .connect_timeout = std::chrono::seconds(config.connect_timeout),
                                   .statement_timeout = std::chrono::seconds(config.statement_timeout),
                                   .lock_timeout = std::chrono::seconds(config.lock_timeout),
                                   .keepalive = std::chrono::seconds(config.keepalive)});
  }
  return std::make_unique<storage::sqlite::Database>(
      storage::sqlite::Options{.path = (fs::path(config.data) / "otklik.db").string(),
                               .readers = config.readers,
                               .reader_cache_kib = config.reader_cache_mib * 1024,
                               .writer_cache_kib = config.writer_cache_mib * 1024});
}

struct Server::Parts {
  Parts(Config given, Purpose given_purpose)
      : config(std::move(given)),
        purpose(given_purpose),
        database(open_database(config)),
        blobs(config.data),
        environment{.database = *database,
                    .blobs = blobs,
                    .settings = config.settings,
                    .data_directory = config.data,
                    .portal = [this] { return settings::current(*database); }},
        application(environment),
        pool(static_cast<std::size_t>(config.workers), std::max(1U, std::thread::hardware_concurrency())),
        network(network_options(config), application, pool),
        runner(*database) {
    environment.settings.secret = installation_secret(config.data);
    configure_mail(config);
    configure_cases(config);
    if (purpose == Purpose::demo) {
      add_demo(environment.settings);
      if (!demo::is_filled(*database)) demo::fill(*database, blobs);
    }
    database->listen(storage::Signal::event,
                     [live = std::make_shared<Live>(environment.hub)] { live->ring(); });
    if (database->exclusive()) {
      database->write([](storage::Transaction& tx) {
        mail::end_leases(tx);
        jobs::end_leases(tx);
      });
    }
    sender = std::make_unique<mail::Sender>(*database, make_transport(*database), mail::html_of);
    schedule();
    watch();
  }

  void schedule() {
    runner.every("expire-uploads", base::minutes(10),
                 [this] { attachments::uploads_of(environment).expire(); });
    runner.every("forget-sessions", base::hours(1),
                 [this] { database->write([](storage::Transaction& tx) { sessions::forget_ended(tx); }); });
    runner.every("wipe-mail-secrets", base::hours(1),
                 [this] { database->write([](storage::Transaction& tx) { mail::wipe_expired(tx); }); });
    runner.every("close-unanswered-cases", base::minutes(5),
                 [this] { (void)cases::close_unanswered(*database); });
    runner.every("forget-drafts", base::hours(6),
                 [this] { database->write([](storage::Transaction& tx) { drafts::forget_old(tx); }); });
  }

  void start() {
    // Without a server to send by, mail waits in the ledger.
    if (purpose == Purpose::demo || !config.smtp_host.empty()) sender->start();
    runner.start();
    network.start();
  }

  void watch() {
    add_gauge("otklik_connections", "Open connections",
              [this] { return static_cast<double>(network.counters().open_connections); });
    add_gauge("otklik_requests_in_flight", "Requests being handled",
              [this] { return static_cast<double>(network.counters().in_flight); });
    add_gauge("otklik_workers_waiting", "Workers that wait for a commit or a hash",
              [this] { return static_cast<double>(pool.counters().blocking); });
    add_gauge("otklik_mails_sent", "Mails sent since the start",
              [this] { return static_cast<double>(sender->totals().sent); });
    add_gauge("otklik_mails_failed", "Mails given up since the start",
              [this] { return static_cast<double>(sender->totals().failed); });
  }

  Config config;
  Purpose purpose;
  std::unique_ptr<storage::Database> database;
  blobs::FileStore blobs;
  web::Environment environment;
  Application application;
  base::WorkerPool pool;
  net::Server network;
  jobs::Runner runner;
  std::unique_ptr<mail::Sender> sender;
};

Server::Server(Config config, Purpose purpose)
    : parts_(std::make_unique<Parts>(std::move(config), purpose)) {}

Server::~Server() {
  clear_gauges();
}

void Server::start() {
  parts_->start();
}

void Server::stop() {
  parts_->network.stop(stop_grace);
  parts_->runner.stop();
  parts_->sender->stop();
  parts_->pool.shutdown();
}

void Server::reload_certificate() {
  const std::string wrong = parts_->network.reload_certificate();
  if (wrong.empty()) {
    spdlog::info("the certificate was read again");
  } else {
    spdlog::error("the certificate was not read, the former one stays: {}", wrong);
  }
}

std::vector<std::string> Server::addresses() const {
  std::vector<std::string> texts;
  for (const net::Listen& listen : parts_->network.addresses()) {
    const bool v6 = listen.address.find(':') != std::string::npos;
    texts.push_back(fmt::format("{}://{}:{}", listen.tls ? "https" : "http",
                                v6 ? "[" + listen.address + "]" : listen.address, listen.port));
  }
  return texts;
}

storage::Database& Server::database() {
  return *parts_->database;
}

}  // namespace app
