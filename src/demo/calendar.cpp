#include "demo/calendar.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <string_view>

namespace demo {
namespace {

constexpr base::Duration moscow = base::hours(3);
constexpr base::Duration opening = base::hours(9);
constexpr base::Duration closing = base::hours(19);
constexpr std::int64_t day_length = base::days(1).microseconds;

std::int64_t day_number(base::Instant at) {
  return (at + moscow).microseconds / day_length;
}

base::Instant start_of(std::int64_t day) {
  return base::Instant{day * day_length} - moscow;
}

// 1970-01-01 was a Thursday.
bool is_weekend(std::int64_t day) {
  return (day + 3) % 7 >= 5;
}

}  // namespace

Date date_of(base::Instant at) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day_number(at)}}};
  return {.year = static_cast<int>(date.year()),
          .month = static_cast<int>(static_cast<unsigned>(date.month())),
          .day = static_cast<int>(static_cast<unsigned>(date.day()))};
}

base::Instant midnight(base::Instant at) {
  return start_of(day_number(at));
}

bool is_working(base::Instant at) {
  const base::Duration since = at - midnight(at);
  return !is_weekend(day_number(at)) && since >= opening && since < closing;
}

base::Instant working_after(base::Instant at) {
  if (is_working(at)) return at;
  std::int64_t day = day_number(at);
  if (at - start_of(day) >= opening) ++day;
  while (is_weekend(day)) ++day;
  return start_of(day) + opening;
}

base::Instant working_before(base::Instant at) {
  if (is_working(at)) return at;
  std::int64_t day = day_number(at);
  if (at - start_of(day) < closing) --day;
  while (is_weekend(day)) --day;
  return start_of(day) + closing - base::minutes(1);
}

base::Instant after_work(base::Instant at, base::Duration work) {
  at = working_after(at);
  while (true) {
    const base::Duration left = midnight(at) + closing - at;
    if (work < left) return at + work;
    work = base::Duration{work.microseconds - left.microseconds};
    at = working_after(midnight(at) + closing);
  }
}

std::string numeric_date(base::Instant at) {
  const Date date = date_of(at);
  return fmt::format("{:02}.{:02}.{}", date.day, date.month, date.year);
}

std::string day_and_month(base::Instant at) {
  constexpr std::array<std::string_view, 12> months{"января",   "февраля", "марта",  "апреля",
                                                    "мая",      "июня",    "июля",   "августа",
                                                    "сентября", "октября", "ноября", "декабря"};
  const Date date = date_of(at);
  return fmt::format("{}\u00A0{}", date.day, months.at(static_cast<std::size_t>(date.month - 1)));
}

std::string in_month(base::Instant at) {
  constexpr std::array<std::string_view, 12> months{"январе",   "феврале", "марте",  "апреле",
                                                    "мае",      "июне",    "июле",   "августе",
                                                    "сентябре", "октябре", "ноябре", "декабре"};
  return std::string(months.at(static_cast<std::size_t>(date_of(at).month - 1)));
}

std::string clock_time(base::Instant at) {
  const std::int64_t minutes = (at - midnight(at)).microseconds / base::minutes(1).microseconds;
  return fmt::format("{}:{:02}", minutes / 60, minutes % 60);
}

}  // namespace demo
