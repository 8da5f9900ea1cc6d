#include "demo/facts.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "base/messages.hpp"
#include "demo/calendar.hpp"
#include "demo/company.hpp"

namespace demo {
namespace {

constexpr std::array<std::string_view, 8> cars{"легковой седан", "хэтчбек",      "универсал",
                                               "кроссовер",      "минивэн",      "грузовой фургон",
                                               "внедорожник",    "электромобиль"};

// Those that are painted first.
constexpr std::array<std::string_view, 20> parts{
    "бампер передний", "бампер задний",     "капот",           "крыло переднее",
    "дверь передняя",  "дверь задняя",      "порог левый",     "крышка багажника",
    "панель задка",    "зеркало левое",     "фара левая",      "фара правая",
    "стекло лобовое",  "решётка радиатора", "радиатор",        "подкрылок передний",
    "фонарь задний",   "усилитель бампера", "датчик парковки", "молдинг двери"};
constexpr std::size_t panel_count = 10;

constexpr std::array<std::string_view, 10> operations{"замена ремня ГРМ",
                                                      "замена тормозных колодок",
                                                      "регулировка фар",
                                                      "замена амортизатора",
                                                      "проверка развала-схождения",
                                                      "замена сцепления",
                                                      "диагностика двигателя",
                                                      "замена масла в коробке передач",
                                                      "снятие двигателя",
                                                      "замена ступичного подшипника"};

constexpr std::array<std::string_view, 12> cities{"Казань", "Самара",  "Тула",   "Пермь",
                                                  "Омск",   "Уфа",     "Калуга", "Рязань",
                                                  "Тверь",  "Саратов", "Тюмень", "Ярославль"};

std::string vin(Dice& dice) {
  constexpr std::string_view letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";
  std::string text = "X";
  for (int i = 0; i < 10; ++i) text += letters[dice.below(letters.size())];
  return text + fmt::format("{:06}", dice.below(1'000'000));
}

std::string claim(Dice& dice, int year) {
  return fmt::format("УБ-{:02}-{:06}", year % 100, dice.between(1'001, 99'998));
}

std::string roubles(std::int64_t sum) {
  return base::grouped(base::Locale::ru, sum) + "\u00A0₽";
}

std::string somebody(Gender gender, Dice& dice) {
  const Names names = names_of(gender);
  return fmt::format("{} {}", dice.of(names.first), dice.of(names.last));
}

std::string address(Dice& dice) {
  // Networks kept for documentation (RFC 5737).
  constexpr std::array<std::string_view, 3> networks{"192.0.2", "198.51.100", "203.0.113"};
  return fmt::format("{}.{}", dice.of(networks), dice.between(2, 250));
}

}  // namespace

Facts make_facts(const Outline& outline, Dice& dice) {
  const base::Instant opened = outline.opened_at;
  const int year = date_of(opened).year;
  const base::Instant earlier = opened - base::days(dice.between(1, 9));
  const base::Instant accident = opened - base::days(dice.between(3, 25));
  const base::Instant later = working_after(opened + base::days(dice.between(3, 12)));
  const std::int64_t sum = dice.between(240, 9'800) * 100 + dice.between(0, 9) * 10;
  const std::int64_t major = dice.between(4, 7);
  const std::int64_t minor = dice.between(0, 18);
  const std::string domain = outline.cast.contact->email.substr(outline.cast.contact->email.find('@') + 1);
  constexpr std::array<std::string_view, 8> logins{"sklad",  "ocenka", "priemka", "filial",
                                                   "master", "expert", "stazher", "uregulirovanie"};

  Facts facts;
  facts.colleague = dice.chance(0.5) ? Gender::male : Gender::female;
  for (std::uint64_t& number : facts.numbers) number = dice.next();
  facts[FactKind::agent] = first_name(outline.cast.agent->name);
  facts[FactKind::car] = dice.of(cars);
  facts[FactKind::city] = dice.of(cities);
  facts[FactKind::claim] = claim(dice, year);
  facts[FactKind::claim2] = claim(dice, year);
  facts[FactKind::code] = fmt::format("E-{}", dice.between(1001, 9899));
  facts[FactKind::colleague] = somebody(facts.colleague, dice);
  facts[FactKind::company] = outline.cast.company->name;
  facts[FactKind::date] = numeric_date(accident);
  facts[FactKind::day] = day_and_month(earlier);
  facts[FactKind::day2] = day_and_month(later);
  facts[FactKind::day3] = day_and_month(later + base::days(dice.between(7, 21)));
  facts[FactKind::ip] = address(dice);
  facts[FactKind::login] = fmt::format("{}{}@{}", dice.of(logins), dice.between(1, 60), domain);
  facts[FactKind::month] = in_month(opened + base::days(25));
  facts[FactKind::name] = first_name(outline.cast.contact->name);
  facts[FactKind::next] = fmt::format("{}.{}.{}", major, minor + 1, dice.between(0, 6));
  facts[FactKind::operation] = dice.of(operations);
  facts[FactKind::panel] = parts[dice.below(panel_count)];
  facts[FactKind::part] = dice.of(parts);
  facts[FactKind::price] = roubles(dice.between(38, 460) * 100);
  facts[FactKind::product] = outline.cast.product_name;
  facts[FactKind::request] = fmt::format("{:08x}-{:04x}", dice.next() & 0xFFFFFFFFU, dice.next() & 0xFFFFU);
  facts[FactKind::sum] = roubles(sum);
  facts[FactKind::sum2] = roubles(sum - sum * dice.between(3, 40) / 100);
  facts[FactKind::time] = fmt::format("{}:{:02}", dice.between(9, 17), dice.between(0, 59));
  facts[FactKind::version] = fmt::format("{}.{}.{}", major, minor, dice.between(0, 9));
  facts[FactKind::vin] = vin(dice);
  facts[FactKind::year] = std::to_string(year - dice.between(1, 12));
  return facts;
}

}  // namespace demo
