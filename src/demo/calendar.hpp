// Working days, nine to seven Moscow time (UTC+3 all year), and dates as they are written in texts.
#pragma once

#include <string>

#include "base/time.hpp"

namespace demo {

struct Date {
  int year = 0;
  int month = 0;  // 1 to 12
  int day = 0;
};

[[nodiscard]] Date date_of(base::Instant at);

[[nodiscard]] bool is_working(base::Instant at);

// `at` itself within working time, else the next morning's first, or the last evening's last, working minute.
[[nodiscard]] base::Instant working_after(base::Instant at);
[[nodiscard]] base::Instant working_before(base::Instant at);

// So much working time later.
[[nodiscard]] base::Instant after_work(base::Instant at, base::Duration work);

// The midnight that begins the day.
[[nodiscard]] base::Instant midnight(base::Instant at);

[[nodiscard]] std::string numeric_date(base::Instant at);   // 12.11.2026
[[nodiscard]] std::string day_and_month(base::Instant at);  // 12 ноября
[[nodiscard]] std::string in_month(base::Instant at);       // ноябре
[[nodiscard]] std::string clock_time(base::Instant at);     // 14:04

}  // namespace demo
