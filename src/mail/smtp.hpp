// Sending through an SMTP server (RFC 5321) by libcurl.
#pragma once

#include <memory>

#include "mail/settings.hpp"
#include "mail/transport.hpp"

namespace mail {

// Connects with the first mail and keeps the connection for the mails that follow, until rest().
// A 5xx answer to the recipient or to the message refuses the mail, a 4xx defers it; whatever goes wrong
// before a mail is named (no connection, no TLS, a wrong certificate, wrong password) makes the server
// unavailable. A password is never sent without TLS, except with Security::plain.
[[nodiscard]] std::unique_ptr<Transport> make_smtp(Smtp smtp, std::string from_address, std::string domain);

}  // namespace mail
