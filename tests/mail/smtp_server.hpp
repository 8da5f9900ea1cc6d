// A real mail server for tests: Debian's OpenSMTPD on loopback ports, with certificates and accounts of its own.
//
// It needs root, as every mail server does that delivers to a user's mailbox. Its queue lies in a mount namespace of its
// own where that is allowed, so that nothing is left behind.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace mail::testing {

// Mail to anton@example.test is delivered, to everybody else refused. AUTH takes the user "portal" with "right password".
class SmtpServer {
 public:
  // Empty when it can run here, else why not.
  [[nodiscard]] static std::string obstacle();

  // `directory` must outlive it. Does not start it.
  explicit SmtpServer(std::string directory);
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;
  ~SmtpServer() { stop(); }

  // Returns when it takes connections.
  void start();
  void stop();

  [[nodiscard]] std::uint16_t plain_port() const { return plain_; }           // offers no TLS, asks for no password
  [[nodiscard]] std::uint16_t starttls_port() const { return starttls_; }     // requires TLS and a password
  [[nodiscard]] std::uint16_t tls_port() const { return tls_; }               // TLS from the first byte
  [[nodiscard]] std::uint16_t misnamed_port() const { return misnamed_; }     // STARTTLS with another host's certificate
  [[nodiscard]] std::string authority_file() const { return directory_ + "/ca.pem"; }

  // Waits until so many mails lie in Anton's mailbox, at most ten seconds, and gives them in no order.
  [[nodiscard]] std::vector<std::string> mailbox(std::size_t count) const;
  [[nodiscard]] std::string log() const;

 private:
  void make_certificates() const;
  void write_configuration() const;

  std::string directory_;
  std::uint16_t plain_;
  std::uint16_t starttls_;
  std::uint16_t tls_;
  std::uint16_t misnamed_;
  pid_t process_ = 0;
};

}  // namespace mail::testing
