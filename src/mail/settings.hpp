// How this installation sends mail; told once at start, before anything is enqueued or sent.
#pragma once

#include <cstdint>
#include <string>

#include "base/messages.hpp"
#include "base/time.hpp"

namespace mail {

enum class Security : std::uint8_t {
  plain,  // for a server on the same machine
  starttls_if_offered,
  starttls,  // refuses to go on without
  tls,       // from the first byte, as on port 465
};

// The server that takes our mail. Certificates are checked whenever TLS is used.
struct Smtp {
  std::string host;
  std::uint16_t port = 25;
  Security security = Security::starttls;
  std::string user;  // empty: no AUTH
  std::string password;
  std::string authority_file;  // PEM file of certificate authorities; empty: the system's
  std::string hello;           // the name we greet with; empty: the mail domain
  base::Duration connect_timeout = base::seconds(20);
  base::Duration timeout = base::seconds(120);  // for one mail, with connecting
};

struct Settings {
  std::string secret;                // the installation's key: proofs and sealed fields hang on it
  std::string domain = "localhost";  // the right side of every Message-ID
  std::string from_name;             // empty: «Служба поддержки» in the mail's language
  std::string from_address = "support@localhost";
  std::string reply_to;        // empty: From
  bool takes_replies = false;  // whether a reply reaches the case: mails then invite to answer them
  std::string public_url = "http://127.0.0.1:8080";  // without a slash at the end; every link begins with it
  std::string brand_ru = "Портал поддержки";
  std::string brand_en = "Support portal";
  std::string support_phone;
  std::string support_hours_ru;
  std::string support_hours_en;
  Smtp smtp;

  [[nodiscard]] const std::string& brand(base::Locale locale) const {
    return locale == base::Locale::ru ? brand_ru : brand_en;
  }
  [[nodiscard]] const std::string& support_hours(base::Locale locale) const {
    return locale == base::Locale::ru ? support_hours_ru : support_hours_en;
  }
};

// Not safe while another thread enqueues or sends.
void configure(Settings settings);
[[nodiscard]] const Settings& settings();

}  // namespace mail
