#include "smtp_server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace mail::testing {
namespace {

constexpr const char* delivery_program = "/usr/sbin/smtpd";
constexpr const char* submission_program = "/usr/sbin/dovecot";
constexpr const char* submission_plugin = "/usr/lib/dovecot/submission";

std::string read_file(const std::filesystem::path& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

void shell(const std::string& command) {
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

// Free at the moment; the server takes it soon after.
std::uint16_t free_port() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  const bool bound = ::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                     ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(descriptor);
  if (!bound) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

bool accepts(std::uint16_t port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  const bool connected =
      ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(descriptor);
  return connected;
}

template <class Condition>
bool eventually(Condition condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return condition();
}

// Between fork and exec: system calls alone.
[[noreturn]] void become(const char* const* command, const char* log) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0) {
    ::mount("tmpfs", "/var/spool", "tmpfs", 0, "mode=0755");
    ::mount("tmpfs", "/run", "tmpfs", 0, "mode=0755");
  }
  const int out = ::open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  ::execv(command[0], const_cast<char* const*>(command));
  ::_exit(127);
}

pid_t run(const std::vector<const char*>& command, const std::string& log) {
  const pid_t process = ::fork();
  if (process == 0) become(command.data(), log.c_str());
  return process;
}

void end(pid_t& process) {
  if (process <= 0) return;
  ::kill(process, SIGTERM);
  ::waitpid(process, nullptr, 0);
  process = 0;
}

}  // namespace

std::string SmtpServer::obstacle() {
  for (const char* program : {delivery_program, submission_program, submission_plugin})
    if (::access(program, X_OK) != 0)
      return fmt::format("no {} (Debian packages opensmtpd, dovecot-submissiond)", program);
  if (::geteuid() != 0) return "mail servers start as root only";
  return {};
}

SmtpServer::SmtpServer(std::string directory)
    : directory_(std::move(directory)), plain_(free_port()), starttls_(free_port()), tls_(free_port()) {
  ::chmod(directory_.c_str(), 0711);  // the delivering user must get to the mailbox
  for (const char* name : {"mailbox", "home", "run"})
    std::filesystem::create_directory(directory_ + "/" + name);
  shell(fmt::format("chown nobody {0}/mailbox {0}/home", directory_));
  make_certificate();
  write_delivery_configuration();
  write_submission_configuration();
}

void SmtpServer::start() {
  const std::string delivery = directory_ + "/smtpd.conf";
  const std::string submission = directory_ + "/dovecot.conf";
  delivery_ = run({delivery_program, "-d", "-f", delivery.c_str(), nullptr}, directory_ + "/log");
  submission_ = run({submission_program, "-F", "-c", submission.c_str(), nullptr}, directory_ + "/log");
  for (const std::uint16_t port : {plain_, starttls_, tls_})
    if (!eventually([&] { return accepts(port); }))
      throw std::runtime_error("the mail server does not start: " + log());
}

void SmtpServer::stop() {
  end(submission_);
  end(delivery_);
  eventually([&] { return !accepts(plain_) && !accepts(starttls_); });
}

std::vector<std::string> SmtpServer::mailbox(std::size_t count) const {
  const std::filesystem::path box = directory_ + "/mailbox/new";
  const auto files = [&] {
    std::vector<std::filesystem::path> found;
    std::error_code none_yet;
    for (const auto& entry : std::filesystem::directory_iterator(box, none_yet))
      found.push_back(entry.path());
    return found;
  };
  eventually([&] { return files().size() >= count; });
  std::vector<std::string> mails;
  for (const auto& file : files()) mails.push_back(read_file(file));
  return mails;
}

std::string SmtpServer::log() const {
  return read_file(directory_ + "/log");
}

void SmtpServer::make_certificate() const {
  const auto openssl = [&](const char* arguments) {
    shell(fmt::format("cd {} && openssl {} 2>openssl.log", directory_, arguments));
  };
  std::ofstream(directory_ + "/names") << "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n";
  openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout ca.key -out ca.pem -days 2 "
      "-subj '/CN=Authority of tests'");
  openssl(
      "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out request.pem -subj "
      "/CN=localhost");
  openssl(
      "x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -out certificate.pem -days 2 "
      "-extfile names");
}

void SmtpServer::write_delivery_configuration() const {
  const std::string path = directory_ + "/smtpd.conf";
  std::ofstream(path) << fmt::format(
      R"(listen on 127.0.0.1 port {1} hostname localhost
action "store" maildir "{0}/mailbox" virtual {{ "anton@example.test" = nobody }}
match from any for rcpt-to "anton@example.test" action "store"
)",
      directory_, plain_);
  ::chmod(path.c_str(), 0600);
}

void SmtpServer::write_submission_configuration() const {
  std::ofstream(directory_ + "/users") << "portal:{PLAIN}right password::::\n";
  std::ofstream(directory_ + "/dovecot.conf") << fmt::format(R"(protocols = submission
base_dir = {0}/run
state_dir = {0}/run
log_path = /dev/stderr
listen = 127.0.0.1
hostname = localhost
ssl = required
ssl_cert = <{0}/certificate.pem
ssl_key = <{0}/key.pem
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:~/mail
passdb {{
  driver = passwd-file
  args = {0}/users
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={0}/home
}}
service submission-login {{
  inet_listener submission {{
    port = {2}
  }}
  inet_listener submissions {{
    port = {3}
    ssl = yes
  }}
}}
submission_relay_host = 127.0.0.1
submission_relay_port = {1}
)",
                                                             directory_, plain_, starttls_, tls_);
}

}  // namespace mail::testing
