#include "base/format.hpp"

#include <fmt/format.h>
#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>

#include "base/message_keys.hpp"

namespace base {
namespace {

constexpr std::string_view space = "\xC2\xA0";  // no-break

// ICU's zones are made once for each thread and name: making one costs far more than asking it.
const icu::TimeZone& find_zone(std::string_view name) {
  thread_local std::map<std::string, std::unique_ptr<icu::TimeZone>, std::less<>> zones;
  const auto found = zones.find(name);
  if (found != zones.end()) return *found->second;
  if (zones.size() > 500) zones.clear();
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(
      icu::UnicodeString::fromUTF8({name.data(), static_cast<std::int32_t>(name.size())})));
  return *zones.emplace(std::string(name), std::move(zone)).first->second;
}

std::int64_t offset_seconds(const icu::TimeZone& zone, std::int64_t at_ms, bool local) {
  std::int32_t raw = 0;
  std::int32_t dst = 0;
  UErrorCode error = U_ZERO_ERROR;
  zone.getOffset(static_cast<UDate>(at_ms), static_cast<UBool>(local), raw, dst, error);
  return U_FAILURE(error) ? 0 : (raw + dst) / 1000;
}

// Offsets change on quarters of an hour, if at all, so one answer serves the quarter. Lists ask for the same
// few.
std::int64_t known_offset(std::string_view zone, std::int64_t seconds) {
  if (zone == "UTC") return 0;
  struct Known {
    std::string zone;
    std::int64_t quarter = -1;
    std::int64_t offset = 0;
  };
  thread_local std::array<Known, 256> known;
  const std::int64_t quarter = seconds / 900;
  Known& slot = known.at(static_cast<std::size_t>(quarter) % known.size());
  if (slot.quarter != quarter || slot.zone != zone) {
    slot = {.zone = std::string(zone),
            .quarter = quarter,
            .offset = offset_seconds(find_zone(zone), seconds * 1000, false)};
  }
  return slot.offset;
}

void append_digits(std::string& out, int value, int width) {
  std::array<char, 8> digits{};
  std::size_t size = 0;
  do {
    digits.at(size++) = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value > 0 && size < digits.size());
  for (std::size_t pad = size; pad < static_cast<std::size_t>(width); ++pad) out += '0';
  while (size > 0) out += digits.at(--size);
}

std::string_view month_name(Locale locale, int month) {
  static constexpr std::array names{msg::month_1, msg::month_2,  msg::month_3,  msg::month_4,
                                    msg::month_5, msg::month_6,  msg::month_7,  msg::month_8,
                                    msg::month_9, msg::month_10, msg::month_11, msg::month_12};
  return text(locale, names.at(static_cast<std::size_t>(month - 1)));
}

std::string day_and_month(Locale locale, const LocalTime& t) {
  return fmt::format("{}{}{}", t.day, space, month_name(locale, t.month));
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

icu::Locale icu_locale(Locale locale) {
  return icu::Locale(locale == Locale::ru ? "ru" : "en");
}

}  // namespace

LocalTime local_time(Instant at, std::string_view zone) {
  namespace chrono = std::chrono;
  const std::int64_t seconds = at.microseconds / 1'000'000;
  const chrono::sys_seconds wall{chrono::seconds{seconds + known_offset(zone, seconds)}};
  const auto day = chrono::floor<chrono::days>(wall);
  const chrono::year_month_day date{day};
  const chrono::hh_mm_ss time{wall - day};
  return {.year = static_cast<int>(date.year()),
          .month = static_cast<int>(static_cast<unsigned>(date.month())),
          .day = static_cast<int>(static_cast<unsigned>(date.day())),
          .hour = static_cast<int>(time.hours().count()),
          .minute = static_cast<int>(time.minutes().count()),
          .second = static_cast<int>(time.seconds().count())};
}

Instant start_of_day(int year, int month, int day, std::string_view zone) {
  namespace chrono = std::chrono;
  const chrono::year_month_day date{chrono::year{year}, chrono::month{static_cast<unsigned>(month)},
                                    chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return {};
  const std::int64_t local = chrono::sys_seconds{chrono::sys_days{date}}.time_since_epoch().count();
  return {(local - offset_seconds(find_zone(zone), local * 1000, true)) * 1'000'000};
}

Instant parse_day(std::string_view text, std::string_view zone) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto number = [&](std::size_t from, std::size_t size) {
    int value = -1;
    const auto [end, error] = std::from_chars(text.data() + from, text.data() + from + size, value);
    return error == std::errc{} && end == text.data() + from + size ? value : -1;
  };
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day = number(8, 2);
  if (year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1) return {};
  return start_of_day(year, month, day, zone);
}

bool known_zone(std::string_view zone) {
  if (zone.empty() || zone.size() > 64) return false;
  return std::ranges::any_of(time_zones(), [&](const auto& known) { return known.first == zone; });
}

std::string date_time(Locale locale, Instant at, std::string_view zone) {
  const LocalTime t = local_time(at, zone);
  std::string out;
  out.reserve(32);
  append_digits(out, t.day, 1);
  out.append(space).append(month_name(locale, t.month)).append(space);
  append_digits(out, t.year, 4);
  out += ", ";
  append_digits(out, t.hour, 1);
  out += ':';
  append_digits(out, t.minute, 2);
  return out;
}

std::string short_date_time(Locale locale, Instant at, std::string_view zone) {
  const LocalTime t = local_time(at, zone);
  if (t.year != local_time(now(), zone).year) return date_time(locale, at, zone);
  return fmt::format("{}, {}:{:02}", day_and_month(locale, t), t.hour, t.minute);
}

std::string date(Locale locale, Instant at, std::string_view zone) {
  const LocalTime t = local_time(at, zone);
  return fmt::format("{}{}{}", day_and_month(locale, t), space, t.year);
}

std::string day_month(Locale locale, Instant at, std::string_view zone) {
  const LocalTime t = local_time(at, zone);
  return locale == Locale::ru ? fmt::format("{:02}.{:02}", t.day, t.month) : day_and_month(locale, t);
}

std::string clock_time(Instant at, std::string_view zone) {
  const LocalTime t = local_time(at, zone);
  return fmt::format("{}:{:02}", t.hour, t.minute);
}

std::string iso_day(Instant at, std::string_view zone) {
  const LocalTime t = local_time(at, zone);
  return fmt::format("{:04}-{:02}-{:02}", t.year, t.month, t.day);
}

std::string iso_time(Instant at) {
  const LocalTime t = local_time(at, "UTC");
  std::string out;
  out.reserve(20);
  append_digits(out, t.year, 4);
  out += '-';
  append_digits(out, t.month, 2);
  out += '-';
  append_digits(out, t.day, 2);
  out += 'T';
  append_digits(out, t.hour, 2);
  out += ':';
  append_digits(out, t.minute, 2);
  out += ':';
  append_digits(out, t.second, 2);
  out += 'Z';
  return out;
}

std::string ago(Locale locale, Instant at, Instant now, std::string_view zone) {
  const std::int64_t seconds = (now - at).microseconds / 1'000'000;
  if (seconds < 60) return std::string(text(locale, msg::time_just_now));
  if (seconds < 3600) return format(locale, msg::time_minutes_ago, seconds / 60);
  if (seconds < 86'400) return format(locale, msg::time_hours_ago, seconds / 3600);
  if (seconds < 30 * 86'400) return format(locale, msg::time_days_ago, seconds / 86'400);
  return date(locale, at, zone);
}

std::string file_size(Locale locale, std::int64_t bytes) {
  static constexpr std::array units{msg::unit_bytes, msg::unit_kilobytes, msg::unit_megabytes,
                                    msg::unit_gigabytes};
  auto size = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (size >= 1024 && unit + 1 < units.size()) {
    size /= 1024;
    ++unit;
  }
  std::string number =
      unit >= 2 && size < 10 ? fmt::format("{:.1f}", size) : fmt::format("{:.0f}", std::ceil(size));
  if (locale == Locale::ru) std::ranges::replace(number, '.', ',');
  return fmt::format("{}{}{}", number, space, text(locale, units.at(unit)));
}

std::string country_name(Locale locale, std::string_view code) {
  for (const auto& [known, name] : countries(locale)) {
    if (known == code) return name;
  }
  return std::string(code);
}

const std::vector<std::pair<std::string, std::string>>& countries(Locale locale) {
  static const auto make = [](Locale in) {
    std::vector<std::pair<std::string, icu::UnicodeString>> found;
    for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
      icu::UnicodeString name;
      icu::Locale("", *code).getDisplayCountry(icu_locale(in), name);
      found.emplace_back(*code, name);
    }
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(icu_locale(in), error));
    std::ranges::sort(found, [&](const auto& a, const auto& b) {
      UErrorCode failed = U_ZERO_ERROR;
      return collator ? collator->compare(a.second, b.second, failed) == UCOL_LESS : a.first < b.first;
    });
    std::vector<std::pair<std::string, std::string>> names;
    for (const auto& [code, name] : found) names.emplace_back(code, to_utf8(name));
    return names;
  };
  static const auto russian = make(Locale::ru);
  static const auto english = make(Locale::en);
  return locale == Locale::ru ? russian : english;
}

const std::vector<std::pair<std::string, std::string>>& time_zones() {
  static const auto all = [] {
    // One name for each place that people of our languages are likely to be in, from west to east.
    static constexpr std::array names{"America/Los_Angeles", "America/New_York", "UTC",
                                      "Europe/London",       "Europe/Berlin",    "Europe/Kaliningrad",
                                      "Europe/Kyiv",         "Europe/Minsk",     "Europe/Moscow",
                                      "Europe/Istanbul",     "Europe/Samara",    "Asia/Tbilisi",
                                      "Asia/Yerevan",        "Asia/Baku",        "Asia/Dubai",
                                      "Asia/Yekaterinburg",  "Asia/Almaty",      "Asia/Tashkent",
                                      "Asia/Dushanbe",       "Asia/Ashgabat",    "Asia/Omsk",
                                      "Asia/Bishkek",        "Asia/Novosibirsk", "Asia/Krasnoyarsk",
                                      "Asia/Irkutsk",        "Asia/Shanghai",    "Asia/Yakutsk",
                                      "Asia/Vladivostok",    "Asia/Magadan",     "Asia/Kamchatka"};
    std::vector<std::pair<std::string, std::string>> zones;
    const std::int64_t now_ms = now().microseconds / 1000;
    for (const char* name : names) {
      const std::int64_t minutes = offset_seconds(find_zone(name), now_ms, false) / 60;
      const std::string offset = minutes % 60 == 0
                                     ? fmt::format("{:+}", minutes / 60)
                                     : fmt::format("{:+}:{:02}", minutes / 60, std::abs(minutes % 60));
      zones.emplace_back(name, fmt::format("{} (UTC{})", name, offset));
    }
    return zones;
  }();
  return all;
}

}  // namespace base
