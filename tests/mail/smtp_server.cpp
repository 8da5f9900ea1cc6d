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
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace mail::testing {
namespace {

constexpr const char* program = "/usr/sbin/smtpd";

std::string read_file(const std::filesystem::path& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

void shell(const std::string& command) {
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

std::string output_of(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("failed: " + command);
  std::string output;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) output += static_cast<char>(c);
  ::pclose(pipe);
  while (output.ends_with('\n')) output.pop_back();
  return output;
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
  const bool connected = ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
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
[[noreturn]] void become_server(const char* configuration, const char* log) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0) {
    ::mount("tmpfs", "/var/spool", "tmpfs", 0, "mode=0755");
    ::mount("tmpfs", "/run", "tmpfs", 0, "mode=0755");
  }
  const int out = ::open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  ::execl(program, program, "-d", "-f", configuration, nullptr);
  ::_exit(127);
}

}  // namespace

std::string SmtpServer::obstacle() {
  if (::access(program, X_OK) != 0) return "OpenSMTPD is not installed (Debian package opensmtpd)";
  if (::geteuid() != 0) return "OpenSMTPD starts as root only";
  return {};
}

SmtpServer::SmtpServer(std::string directory)
    : directory_(std::move(directory)),
      plain_(free_port()),
      starttls_(free_port()),
      tls_(free_port()),
      misnamed_(free_port()) {
  ::chmod(directory_.c_str(), 0711);  // the delivering user must get to the mailbox
  std::filesystem::create_directory(directory_ + "/mailbox");
  shell("chown nobody " + directory_ + "/mailbox");
  make_certificates();
  write_configuration();
}

void SmtpServer::start() {
  const std::string configuration = directory_ + "/smtpd.conf";
  const std::string log_file = directory_ + "/log";
  process_ = ::fork();
  if (process_ == 0) become_server(configuration.c_str(), log_file.c_str());
  for (const std::uint16_t port : {plain_, starttls_, tls_, misnamed_})
    if (!eventually([&] { return accepts(port); })) throw std::runtime_error("OpenSMTPD does not start: " + log());
}

void SmtpServer::stop() {
  if (process_ <= 0) return;
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
  process_ = 0;
  eventually([&] { return !accepts(plain_); });
}

std::vector<std::string> SmtpServer::mailbox(std::size_t count) const {
  const std::filesystem::path box = directory_ + "/mailbox/new";
  const auto files = [&] {
    std::vector<std::filesystem::path> found;
    std::error_code none_yet;
    for (const auto& entry : std::filesystem::directory_iterator(box, none_yet)) found.push_back(entry.path());
    return found;
  };
  eventually([&] { return files().size() >= count; });
  std::vector<std::string> mails;
  for (const auto& file : files()) mails.push_back(read_file(file));
  return mails;
}

std::string SmtpServer::log() const { return read_file(directory_ + "/log"); }

void SmtpServer::make_certificates() const {
  const auto openssl = [&](const std::string& arguments) {
    shell(fmt::format("cd {} && openssl {} 2>openssl.log", directory_, arguments));
  };
  const auto certify = [&](const std::string& name, const std::string& host) {
    std::ofstream(directory_ + "/" + name + ".ext") << "subjectAltName=DNS:" << host << "\nbasicConstraints=CA:FALSE\n";
    openssl(fmt::format("req -newkey rsa:2048 -nodes -keyout {0}.key -out {0}.csr -subj /CN={1}", name, host));
    openssl(fmt::format("x509 -req -in {0}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out {0}.pem -days 2 "
                        "-extfile {0}.ext",
                        name));
  };
  openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj '/CN=Authority of tests'");
  certify("localhost", "localhost");
  certify("elsewhere", "elsewhere.test");
}

void SmtpServer::write_configuration() const {
  const std::string configuration = fmt::format(
      R"(pki localhost cert "{0}/localhost.pem"
pki localhost key "{0}/localhost.key"
pki elsewhere cert "{0}/elsewhere.pem"
pki elsewhere key "{0}/elsewhere.key"
table passwords {{ "portal" = "{1}" }}
listen on 127.0.0.1 port {2} hostname localhost
listen on 127.0.0.1 port {3} tls-require auth <passwords> pki localhost hostname localhost
listen on 127.0.0.1 port {4} smtps pki localhost hostname localhost
listen on 127.0.0.1 port {5} tls pki elsewhere hostname elsewhere.test
action "store" maildir "{0}/mailbox" virtual {{ "anton@example.test" = nobody }}
match from any for domain "example.test" action "store"
)",
      directory_, output_of("smtpctl encrypt 'right password'"), plain_, starttls_, tls_, misnamed_);
  const std::string path = directory_ + "/smtpd.conf";
  std::ofstream(path) << configuration;
  ::chmod(path.c_str(), 0600);
}

}  // namespace mail::testing
