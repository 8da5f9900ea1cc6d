// Where mails go.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mail/mail.hpp"

namespace mail {

enum class Outcome : std::uint8_t {
  sent,         // the next server has taken responsibility for it
  refused,      // for good: this mail will never be taken
  deferred,     // this mail not now
  unavailable,  // no mail at all now: the server is dead, has a wrong certificate, does not let us in
};

struct Delivery {
  Outcome outcome = Outcome::unavailable;
  std::string answer;  // the server's last words, or what kept us from it
};

// Used by one thread, but for `hurry`.
class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  // `message` is what write_message() made of `mail`.
  [[nodiscard]] virtual Delivery deliver(const Mail& mail, std::string_view message) = 0;

  // A batch is over: lets go of what was kept for the next mail.
  virtual void rest() {}

  // Called from another thread when the program stops: a delivery under way should end within seconds.
  virtual void hurry() {}
};

}  // namespace mail
