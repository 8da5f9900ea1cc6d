#include "cases/closing.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/function_ref.hpp"
#include "cases/cases.hpp"
#include "cases/queries.hpp"
#include "mail/mail.hpp"
#include "people/people.hpp"

namespace cases {
namespace {

constexpr std::int64_t cases_per_unit = 100;
constexpr int units_per_run = 20;  // of each kind, so that other schedules get their turn

// The portal itself: what it does stands in the history without a person.
constexpr people::Viewer portal{.id = {}, .account_id = {}, .role = people::Role::administrator};

ClosingRules& rules() {
  static ClosingRules current;
  return current;
}

base::Instant closing_time(const Case& report, base::Instant warned_at) {
  return std::max(report.solved_at + rules().after, warned_at + rules().warning);
}

void warn(storage::Transaction& tx, const Case& report, base::Instant now) {
  if (tx.run(sql::note_close_warning, report.id, now) == 0) return;
  const auto contact = people::find(tx, report.contact_id);
  if (!contact) return;
  mail::enqueue(tx, mail::Kind::closing_soon, *contact,
                {.account_id = report.account_id,
                 .case_id = report.id,
                 .number = report.number,
                 .subject = report.subject},
                {{"closes", std::to_string(closing_time(report, now).microseconds)}});
}

std::vector<Case> to_warn_of(storage::Transaction& tx, base::Instant now) {
  if (rules().warning.microseconds == 0) return {};
  return tx.all<Case>(sql::cases_to_warn_of, now + rules().warning - rules().after, cases_per_unit);
}

std::vector<Case> to_close(storage::Transaction& tx, base::Instant now) {
  const base::Instant solved_until = now - rules().after;
  auto due = tx.all<Case>(sql::cases_to_close, now - rules().warning, solved_until, cases_per_unit);
  if (rules().warning.microseconds == 0 && due.empty()) {
    due = tx.all<Case>(sql::cases_to_warn_of, solved_until, cases_per_unit);
  }
  return due;
}

// One case that cannot be done keeps no other from it.
bool done(storage::Transaction& tx, const Case& report, base::FunctionRef<void()> work) {
  try {
    tx.attempt(work);
    return true;
  } catch (const storage::Unavailable&) {
    throw;
  } catch (const std::exception& error) {
    spdlog::error("case {} does not close by itself: {}", report.number, error.what());
    return false;
  }
}

// Units until nothing is due or the run has done its part. `work` says how many cases its unit did.
std::int64_t repeat(storage::Database& database,
                    base::FunctionRef<std::int64_t(storage::Transaction&)> work) {
  std::int64_t total = 0;
  for (int unit = 0; unit < units_per_run; ++unit) {
    const std::int64_t part = database.write([&](storage::Transaction& tx) { return work(tx); });
    total += part;
    if (part < cases_per_unit) break;
  }
  return total;
}

}  // namespace

void configure_closing(ClosingRules given) {
  rules() = given;
}

std::optional<base::Instant> closes_at(const Case& report) {
  const bool waits = report.status == Status::solved && report.close_warned_at;
  if (!waits || rules().after.microseconds == 0) return std::nullopt;
  return closing_time(report, report.close_warned_at);
}

ClosingRun close_unanswered(storage::Database& database) {
  ClosingRun run;
  if (rules().after.microseconds == 0) return run;
  run.warned = repeat(database, [](storage::Transaction& tx) {
    const base::Instant now = base::now();
    std::int64_t count = 0;
    for (const Case& report : to_warn_of(tx, now)) {
      if (done(tx, report, [&] { warn(tx, report, now); })) ++count;
    }
    return count;
  });
  run.closed = repeat(database, [](storage::Transaction& tx) {
    std::int64_t count = 0;
    for (const Case& report : to_close(tx, base::now())) {
      const auto work = [&] {
        if (const auto closed = close(tx, portal, report); !closed)
          throw std::runtime_error(closed.error().detail);
      };
      if (done(tx, report, work)) ++count;
    }
    return count;
  });
  return run;
}

}  // namespace cases
