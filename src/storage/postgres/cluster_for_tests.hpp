// A private PostgreSQL cluster for tests: a folder under /tmp, a socket in it, no port, no password. One for
// the whole program, with a database of its own for each test.
#pragma once

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>

#include "base/random.hpp"
#include "storage/postgres/connection.hpp"

namespace storage::postgres::testing {

class Cluster {
 public:
  // Empty when it can run here, else why not.
  [[nodiscard]] static std::string obstacle() {
    if (::access((programs() + "/postgres").c_str(), X_OK) != 0)
      return fmt::format("no {}/postgres (Debian package postgresql-15)", programs());
    return {};
  }

  // Started when first asked for, ended with the program.
  static Cluster& shared() {
    static Cluster cluster;
    return cluster;
  }

  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;
  ~Cluster() {
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  void start() {
    const std::string command = fmt::format(
        "{}{}/postgres -D {}/data -k {} -c listen_addresses= -c fsync=off -c full_page_writes=off -c "
        "shared_buffers=64MB"
        " -c max_connections=200",
        user(), programs(), directory_, directory_);
    process_ = ::fork();
    if (process_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
      const int log = ::open((directory_ + "/log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
      ::dup2(log, STDOUT_FILENO);
      ::dup2(log, STDERR_FILENO);
      ::execl("/bin/sh", "sh", "-c", ("exec " + command).c_str(), nullptr);
      ::_exit(127);
    }
    for (int i = 0; i < 500; ++i) {
      try {
        static_cast<void>(ask("postgres", "SELECT 1"));
        return;
      } catch (const std::exception&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
    }
    throw std::runtime_error("PostgreSQL does not start: see " + directory_ + "/log");
  }

  // At once; what was committed stays.
  void stop() {
    if (process_ <= 0) return;
    ::kill(process_, SIGINT);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
  }

  // A new database, empty.
  [[nodiscard]] std::string create() {
    const std::string name = fmt::format("test_{}", ++databases_);
    static_cast<void>(ask("postgres", "CREATE DATABASE " + name + " TEMPLATE template0"));
    return name;
  }

  [[nodiscard]] Options options(const std::string& database) const {
    return {.url = fmt::format("host={} user=otklik dbname={}", directory_, database)};
  }
  [[nodiscard]] const std::string& directory() const { return directory_; }

  // From outside the program under test.
  std::string ask(const std::string& database, const std::string& sql) const {
    return Connection(options(database), Connection::Use::plain).ask(sql);
  }

 private:
  Cluster() : directory_(quickest() + "/otklik-" + base::random_token(9)) {
    std::filesystem::create_directory(directory_);
    if (::geteuid() == 0) run("chown postgres " + directory_);
    run(fmt::format(
        "{}{}/initdb -D {}/data --auth=trust --encoding=UTF8 --locale=C.UTF-8 --username=otklik --no-sync"
        " >/dev/null",
        user(), programs(), directory_));
    start();
  }

  static std::string programs() { return "/usr/lib/postgresql/15/bin"; }
  // Memory, where there is room for many small databases.
  static std::string quickest() {
    std::error_code none;
    const auto memory = std::filesystem::space("/dev/shm", none);
    return !none && memory.available > (std::uintmax_t{1} << 30) ? "/dev/shm" : "/tmp";
  }
  // The server refuses to run as root.
  static std::string user() {
    return ::geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --clear-groups -- " : "";
  }
  static void run(const std::string& command) {
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
  }

  std::string directory_;
  pid_t process_ = 0;
  int databases_ = 0;
};

}  // namespace storage::postgres::testing
