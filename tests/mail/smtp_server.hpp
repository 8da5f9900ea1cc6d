// A real mail server for tests, on loopback ports, with a certificate and an account of its own.
//
// OpenSMTPD takes mail and delivers it. In front of it, for those who come with TLS and a password, stands
// Dovecot's submission server: OpenSMTPD as Debian 12 has it cannot speak TLS, since its key process fails
// with OpenSSL 3 (OpenSMTPD issues 1171 and 1239).
//
// They need root, as every server does that delivers to a user's mailbox. The queue lies in a mount namespace
// of its own where that is allowed, so that nothing is left behind.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace mail::testing {

// Mail to anton@example.test is delivered, to everybody else refused. The user is "portal", the password
// "right password".
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

  [[nodiscard]] std::uint16_t plain_port() const { return plain_; }  // offers no TLS, asks for no password
  [[nodiscard]] std::uint16_t starttls_port() const { return starttls_; }  // requires STARTTLS and a password
  [[nodiscard]] std::uint16_t tls_port() const { return tls_; }  // TLS from the first byte, and a password
  [[nodiscard]] std::string authority_file() const {
    return directory_ + "/ca.pem";
  }  // the certificate is localhost's

  // Waits until so many mails lie in Anton's mailbox, at most ten seconds, and gives them in no order.
  [[nodiscard]] std::vector<std::string> mailbox(std::size_t count) const;
  // What the servers wrote.
  [[nodiscard]] std::string log() const;

 private:
  void make_certificate() const;
  void write_delivery_configuration() const;
  void write_submission_configuration() const;

  std::string directory_;
  std::uint16_t plain_;
  std::uint16_t starttls_;
  std::uint16_t tls_;
  pid_t delivery_ = 0;
  pid_t submission_ = 0;
};

}  // namespace mail::testing
