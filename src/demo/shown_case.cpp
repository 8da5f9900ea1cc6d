#include "demo/shown_case.hpp"

#include <fmt/format.h>

#include <chrono>

#include "demo/acts.hpp"
#include "demo/calendar.hpp"

namespace demo {
namespace {

// The midnight of the working day so many working days before.
base::Instant working_day_before(base::Instant at, int days) {
  base::Instant day = midnight(working_before(at));
  for (int i = 0; i < days; ++i) day = midnight(working_before(day));
  return day;
}

base::Instant year_before(base::Instant at) {
  const Date date = date_of(at);
  const std::chrono::year_month_day same{
      std::chrono::year{date.year - 1}, std::chrono::month(static_cast<unsigned>(date.month)),
      std::chrono::day(static_cast<unsigned>(date.month == 2 && date.day == 29 ? 28 : date.day))};
  return base::Instant{} + base::days(std::chrono::sys_days(same).time_since_epoch().count());
}

}  // namespace

base::Instant shown_case_opened(base::Instant now) {
  return working_day_before(now, 3) + base::hours(14) + base::minutes(4);
}

std::vector<FileHint> shown_case_files() {
  return {{.kind = "png", .name = "oshibka-otcheta", .title = "Ошибка формирования отчёта"},
          {.kind = "pdf", .name = "polis-osago", .title = "Страховой полис ОСАГО"},
          {.kind = "xlsx", .name = "vygruzka-dela", .title = "Выгрузка дела"}};
}

Story tell_shown_case(const Outline& outline, Dice& dice) {
  const auto files = shown_case_files();
  const base::Instant opened = outline.opened_at;
  const base::Instant next_day = working_after(midnight(opened) + base::days(1));
  const base::Instant accident = opened - base::days(8);
  const base::Instant mistaken = year_before(accident);
  const base::Instant policy = mistaken + base::days(2);

  Acts acts(outline, dice);
  acts.open("Не формируется отчёт ОСАГО",
            fmt::format(
                "При нажатии «Сформировать отчёт» появляется сообщение «Ошибка формирования». Снимок экрана "
                "приложил.\n\n1. Открыл дело от {:02}.{:02}, заполнил все поля\n2. Нажал «Сформировать отчёт "
                "ОСАГО»\n3. Отчёт не создаётся, статус дела не меняется",
                date_of(accident).day, date_of(accident).month),
            cases::Impact::hindered);
  acts.add_file(*outline.cast.contact, files.at(0), Acts::Moment::opening);
  acts.at(opened + base::minutes(27));
  acts.assign();
  acts.at(opened + base::minutes(41));
  acts.note(
      "На стенде повторяется: отчёт останавливается на проверке дат. Жду подтверждения из дела клиента.");
  acts.at(opened + base::minutes(58));
  acts.ask(
      "Антон, здравствуйте! Воспроизвели ошибку. Пришлите, пожалуйста, дату ДТП и срок действия полиса из "
      "этого "
      "дела.");
  acts.at(next_day + base::minutes(15));
  acts.customer_says(
      fmt::format("ДТП {}, полис с {}. Полис приложил.", numeric_date(mistaken), numeric_date(policy)),
      files.at(1));
  acts.at(next_day + base::minutes(22));
  acts.add_file(*outline.cast.contact, files.at(2), Acts::Moment::later);
  acts.at(working_before(outline.now - base::hours(2)));
  acts.agent_says(
      fmt::format("Спасибо, причина найдена: дата ДТП раньше начала действия полиса.\n\n1. Откройте дело и "
                  "исправьте дату ДТП на {}.\n2. Нажмите «Сформировать отчёт» ещё раз.",
                  numeric_date(accident)));
  acts.at(acts.now() + base::minutes(1));
  acts.solve(
      "Необходимо проверить и скорректировать дату ДТП: она должна попадать в период действия полиса. "
      "Исправьте её и сформируйте отчёт повторно.");
  return std::move(acts).finish();
}

}  // namespace demo
