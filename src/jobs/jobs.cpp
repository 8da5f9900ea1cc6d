#include "jobs/jobs.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <exception>
#include <optional>

#include "base/text.hpp"
#include "jobs/queries.hpp"

namespace jobs {
namespace {

constexpr base::Duration first_delay = base::seconds(10);
constexpr base::Duration longest_delay = base::hours(1);
constexpr std::chrono::milliseconds longest_sleep{60'000};  // so that a clock that is set is noticed
constexpr std::chrono::milliseconds pause_after_trouble{5'000};
constexpr std::size_t longest_error = 1000;  // characters

}  // namespace

JobId enqueue(storage::Transaction& tx, std::string_view kind, std::string_view payload, base::Instant due) {
  Job job;
  job.id = base::make_id<JobId>();
  job.kind = kind;
  job.payload = payload;
  job.created_at = base::now();
  job.due_at = due ? due : job.created_at;
  tx.insert(sql::insert_job, job);
  tx.signal(storage::Signal::job);
  return job.id;
}

void end_leases(storage::Transaction& tx) {
  tx.run(sql::end_leases, base::now());
}

base::Duration retry_delay(std::int64_t attempts) {
  const std::int64_t doublings = std::clamp<std::int64_t>(attempts - 1, 0, 16);
  return std::min(base::Duration{first_delay.microseconds << doublings}, longest_delay);
}

Runner::Runner(storage::Database& database) : database_(database), alarm_(std::make_shared<Alarm>()) {
  database_.listen(storage::Signal::job, [alarm = alarm_] { alarm->ring(); });
}

Runner::~Runner() {
  stop();
}

void Runner::on(std::string kind, Handler handler) {
  handlers_.emplace(std::move(kind), std::move(handler));
}

void Runner::every(std::string name, base::Duration interval, std::function<void()> work) {
  schedules_.push_back({.name = std::move(name), .interval = interval, .work = std::move(work)});
}

void Runner::start() {
  thread_ = std::thread([this] { loop(); });
}

void Runner::stop() {
  alarm_->stop();
  if (thread_.joinable()) thread_.join();
}

int Runner::run_due() {
  return run_schedules() + run_jobs();
}

int Runner::run_jobs() {
  int ran = 0;
  while (!alarm_->stopped()) {
    const base::Instant now = base::now();
    const auto job = database_.write(
        [&](storage::Transaction& tx) { return tx.one<Job>(sql::take_due, now, now + lease); });
    if (!job) break;
    run(*job);
    ++ran;
  }
  return ran;
}

int Runner::run_schedules() {
  int ran = 0;
  for (const Schedule& schedule : schedules_) {
    if (alarm_->stopped()) break;
    const bool due = database_.write([&](storage::Transaction& tx) {
      const base::Instant now = base::now();
      tx.run(sql::add_schedule, schedule.name, now);
      return tx.run(sql::take_schedule, schedule.name, now, now + schedule.interval) == 1;
    });
    if (!due) continue;
    try {
      schedule.work();
    } catch (const std::exception& error) {
      spdlog::error("schedule {} failed: {}", schedule.name, error.what());
    }
    ++ran;
  }
  return ran;
}

void Runner::run(const Job& job) {
  const auto result = attempt(job);
  database_.write([&](storage::Transaction& tx) {
    if (result) {
      tx.run(sql::finish, job.id, job.attempts);
      return;
    }
    const State state = job.attempts < most_attempts ? State::waiting : State::given_up;
    const std::string error(base::prefix(base::single_line(result.error().detail), longest_error));
    tx.run(sql::postpone, job.id, job.attempts, state, base::now() + retry_delay(job.attempts), error);
  });
  if (!result)
    spdlog::warn("job {} {} failed, attempt {}: {}", job.kind, job.id.value, job.attempts,
                 result.error().detail);
}

base::Result<void> Runner::attempt(const Job& job) {
  const auto handler = handlers_.find(job.kind);
  if (handler == handlers_.end()) return base::fail(base::ErrorKind::not_found, "no handler for this kind");
  try {
    return handler->second(job.payload);
  } catch (const std::exception& error) {
    return base::fail(base::ErrorKind::unavailable, error.what());
  }
}

std::chrono::milliseconds Runner::until_next() {
  base::Instant next = base::now() + base::milliseconds(longest_sleep.count());
  database_.read([&](storage::Transaction& tx) {
    const auto job = tx.one<std::optional<base::Instant>>(sql::next_due).value_or(std::nullopt);
    next = std::min(next, job.value_or(next));
    for (const Schedule& schedule : schedules_)
      next = std::min(next, tx.one<base::Instant>(sql::schedule_due, schedule.name).value_or(next));
  });
  const std::chrono::milliseconds wait{(next - base::now()).microseconds / 1000 + 1};
  return std::clamp(wait, std::chrono::milliseconds{0}, longest_sleep);
}

void Runner::loop() {
  while (!alarm_->stopped()) {
    try {
      run_due();
      alarm_->sleep(until_next());
    } catch (const std::exception& error) {
      spdlog::error("jobs rest for a moment: {}", error.what());
      alarm_->sleep(pause_after_trouble, pause_after_trouble);
    }
  }
}

}  // namespace jobs
