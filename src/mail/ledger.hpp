// The sender's side of the ledger: taking mails that are due, noting how it went, trying again.
//
// A mail that is taken belongs to its taker until the lease ends; a killed process's mails are then taken
// again, with the same Message-ID. Each attempt is counted when it begins, and only the latest taker can note
// its end.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "mail/mail.hpp"
#include "storage/database.hpp"

namespace mail {

// Four days of trying: after 1, 2, 4, … minutes, then every 4 hours.
inline constexpr int most_attempts = 31;
inline constexpr base::Duration lease = base::minutes(10);

// How long to wait after so many failed attempts (from 1).
[[nodiscard]] base::Duration retry_delay(std::int64_t attempts);

// Whether the mail holds a secret, and until when that is of any use.
[[nodiscard]] bool holds_secret(Kind kind);
[[nodiscard]] bool has_expired(const Mail& mail, base::Instant now);

// Up to `limit` of the longest due (twice as many when a killed process left some), oldest first.
[[nodiscard]] std::vector<Mail> take_due(storage::Transaction& tx, std::size_t limit);
// At the start of the only process: what a killed one had taken is due at once.
void end_leases(storage::Transaction& tx);
// When there will be something to take.
[[nodiscard]] std::optional<base::Instant> next_due(storage::Transaction& tx);

// `answer` is what the server said, or what kept us from reaching it.
void note_sent(storage::Transaction& tx, const Mail& mail, std::string_view answer);
void note_failed(storage::Transaction& tx, const Mail& mail, std::string_view answer);
// Will be tried again, or has failed when it was tried often enough.
void note_deferred(storage::Transaction& tx, const Mail& mail, std::string_view answer);
// Taken, but not tried.
void give_back(storage::Transaction& tx, const Mail& mail);

// Sends it again at once. `not_found`, or `conflict` when it is just being sent or its secret is gone.
base::Result<void> resend(storage::Transaction& tx, base::MailId id);
// Every failed mail; a unit of work for each thousand. Gives how many.
std::int64_t resend_failed(storage::Database& database);

// Wipes the secrets of failed mails once they have expired. Run it every hour.
void wipe_expired(storage::Transaction& tx);

[[nodiscard]] std::optional<Mail> find(storage::Transaction& tx, base::MailId id);
[[nodiscard]] std::vector<Mail> of_case(storage::Transaction& tx, base::CaseId id, int limit = 100);

// A page of the ledger.
enum class Tab : std::uint8_t { waiting, sent, failed };

// Where a page ends, and the next begins.
struct Key {
  base::Instant at;
  base::MailId id;
};

// Waiting ones in the order they will be tried (those being sent first), the others latest first.
[[nodiscard]] std::vector<Mail> page(storage::Transaction& tx, Tab tab, const std::optional<Key>& after,
                                     int limit);
[[nodiscard]] Key key_of(const Mail& mail);

// Counted up to `most_counted`; more than that is said to be more.
inline constexpr std::int64_t most_counted = 10'000;
struct Counts {
  std::int64_t waiting = 0;
  std::int64_t sent = 0;
  std::int64_t failed = 0;
};
[[nodiscard]] Counts counts(storage::Transaction& tx);

}  // namespace mail
