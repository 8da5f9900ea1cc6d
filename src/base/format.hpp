// Dates, sizes and names as people read them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/messages.hpp"
#include "base/time.hpp"

namespace base {

// A calendar day and a time of day in some zone.
struct LocalTime {
  int year = 1970;
  int month = 1;  // 1 to 12
  int day = 1;    // 1 to 31
  int hour = 0;
  int minute = 0;
  int second = 0;
};

// `zone` is an IANA name; an unknown one is taken as UTC.
[[nodiscard]] LocalTime local_time(Instant at, std::string_view zone);
// The first instant of a day in that zone.
[[nodiscard]] Instant start_of_day(int year, int month, int day, std::string_view zone);
// Zero for what is not YYYY-MM-DD.
[[nodiscard]] Instant parse_day(std::string_view text, std::string_view zone);
[[nodiscard]] bool known_zone(std::string_view zone);

// «20 нояб. 2026, 14:04», "20 Nov 2026, 14:04"
[[nodiscard]] std::string date_time(Locale locale, Instant at, std::string_view zone);
// The same without the year when it is this year's: «20 нояб., 14:04»
[[nodiscard]] std::string short_date_time(Locale locale, Instant at, std::string_view zone);
// «20 нояб. 2026»
[[nodiscard]] std::string date(Locale locale, Instant at, std::string_view zone);
// «31.08»
[[nodiscard]] std::string day_month(Locale locale, Instant at, std::string_view zone);
// "14:04"
[[nodiscard]] std::string clock_time(Instant at, std::string_view zone);
// "2026-11-20", for <input type=date>
[[nodiscard]] std::string iso_day(Instant at, std::string_view zone);
// "2026-11-20T11:04:00Z", for <time datetime>
[[nodiscard]] std::string iso_time(Instant at);
// «4 часа назад», «только что»; beyond a month the date
[[nodiscard]] std::string ago(Locale locale, Instant at, Instant now, std::string_view zone);

// «428 КБ», «3,3 МБ», by 1024
[[nodiscard]] std::string file_size(Locale locale, std::int64_t bytes);

// «Россия», "Russia"; the code itself when unknown.
[[nodiscard]] std::string country_name(Locale locale, std::string_view code);
// Code and name of every country, sorted by name as the language does.
[[nodiscard]] const std::vector<std::pair<std::string, std::string>>& countries(Locale locale);

// IANA names with their offset, «Europe/Moscow (UTC+3)», for choosing.
[[nodiscard]] const std::vector<std::pair<std::string, std::string>>& time_zones();

}  // namespace base
