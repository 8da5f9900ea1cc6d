// Work to be done after a commit, and work that comes back by the clock. Knows no module: modules register
// handlers.
//
//   jobs::enqueue(tx, "thumbnail", digest);                       // in the unit that causes it
//
//   runner.on("thumbnail", [&](const std::string& digest) { … }); // before start()
//   runner.every("expire-uploads", base::hours(1), [&] { … });
//
// A job is run at least once: a handler may be called again for a job that it had finished when the process
// was killed, so it must be repeatable. A failed job is tried again after 10 seconds, then twice as long each
// time up to an hour, and given up after `most_attempts`.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "jobs/alarm.hpp"
#include "storage/database.hpp"
#include "storage/fields.hpp"

namespace jobs {

using JobId = base::Id<struct JobTag>;

enum class State : std::uint8_t { waiting = 0, taken = 1, given_up = 2 };

struct Job {
  JobId id;
  std::string kind;
  std::string payload;
  State state = State::waiting;
  std::int64_t attempts = 0;
  base::Instant due_at;  // of a taken job: when others may take it
  std::string error;     // of the last attempt
  base::Instant created_at;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Job::id),
                      field("kind", &Job::kind),
                      field("payload", &Job::payload),
                      field("state", &Job::state),
                      field("attempts", &Job::attempts),
                      field("due_at", &Job::due_at),
                      field("error", &Job::error),
                      field("created_at", &Job::created_at)};
  }
};

inline constexpr int most_attempts = 20;
inline constexpr base::Duration lease = base::minutes(15);  // a handler must be done by then

// Written in the caller's unit; runs once that is committed and `due` has come (at once by default).
JobId enqueue(storage::Transaction& tx, std::string_view kind, std::string_view payload,
              base::Instant due = {});

// At the start of the only process: what a killed one had taken is due at once.
void end_leases(storage::Transaction& tx);

// How long to wait after so many failed attempts (from 1).
[[nodiscard]] base::Duration retry_delay(std::int64_t attempts);

// One thread of its own that runs jobs and schedules, one after another.
class Runner {
 public:
  // An error or an exception of a handler counts as a failed attempt.
  using Handler = std::function<base::Result<void>(const std::string& payload)>;

  // The database must outlive the runner.
  explicit Runner(storage::Database& database);
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // Before start() only.
  void on(std::string kind, Handler handler);
  // Runs soon after the first start and then so often; what was missed while the program was down is done
  // once.
  void every(std::string name, base::Duration interval, std::function<void()> work);

  void start();
  // Finishes the job under way. Called by the destructor too.
  void stop();

  // Runs all that is due, on the calling thread, and gives how many jobs and schedules it ran. For tests and
  // tools.
  int run_due();

 private:
  struct Schedule {
    std::string name;
    base::Duration interval;
    std::function<void()> work;
  };

  int run_jobs();
  int run_schedules();
  void run(const Job& job);
  [[nodiscard]] base::Result<void> attempt(const Job& job);
  [[nodiscard]] std::chrono::milliseconds until_next();
  void loop();

  storage::Database& database_;
  std::map<std::string, Handler> handlers_;
  std::vector<Schedule> schedules_;
  std::shared_ptr<Alarm> alarm_;
  std::thread thread_;
};

}  // namespace jobs
