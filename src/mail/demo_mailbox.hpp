// The demo's mailbox: every mail lands here instead of on a server, whoever it is to, and can be read in the
// portal.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "mail/transport.hpp"
#include "storage/database.hpp"
#include "storage/fields.hpp"

namespace mail {

// A line of the list.
struct DemoHeading {
  base::MailId id;
  std::string to_name;
  std::string to_address;
  std::string subject;
  base::Instant created_at;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &DemoHeading::id), field("to_name", &DemoHeading::to_name),
                      field("to_address", &DemoHeading::to_address), field("subject", &DemoHeading::subject),
                      field("created_at", &DemoHeading::created_at)};
  }
};

struct DemoMail {
  base::MailId id;
  std::string to_name;
  std::string to_address;
  std::string subject;
  std::string message;  // as it would go over the wire
  base::Instant created_at;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &DemoMail::id),
                      field("to_name", &DemoMail::to_name),
                      field("to_address", &DemoMail::to_address),
                      field("subject", &DemoMail::subject),
                      field("message", &DemoMail::message),
                      field("created_at", &DemoMail::created_at)};
  }
};

inline constexpr int most_demo_mails = 300;

// Keeps the latest `most_demo_mails`. The database must outlive it.
[[nodiscard]] std::unique_ptr<Transport> make_demo_mailbox(storage::Database& database);

// Newest first, from `before` on (0: the newest).
[[nodiscard]] std::vector<DemoHeading> demo_headings(storage::Transaction& tx, base::MailId before,
                                                     int limit);
[[nodiscard]] std::optional<DemoMail> find_demo_mail(storage::Transaction& tx, base::MailId id);

}  // namespace mail
