#include "demo/company.hpp"

#include <array>

namespace demo {
namespace {

using people::Role;
using people::State;
constexpr auto he = Gender::male;
constexpr auto she = Gender::female;

constexpr std::array products{
    ProductEntry{"Qapter Claims", "Убытки"},
    ProductEntry{"Qapter", "Платформа"},
    ProductEntry{"Qapter ME", "Механика"},
    ProductEntry{"Qapter Offline", "Планшет"},
    ProductEntry{"QapterExpress", "Экспресс-оценка"},
    ProductEntry{"Отчёты ОСАГО", "Отчётность"},
    ProductEntry{"Калькуляция Профи", "Калькуляция"},
    ProductEntry{"Справочник запчастей", "Каталог"},
    ProductEntry{"Окраска и материалы", "Справочник"},
    ProductEntry{"Идентификация по VIN", "Проверка"},
    ProductEntry{"История автомобиля", "Проверка"},
    ProductEntry{"Контроль качества", "Проверка"},
    ProductEntry{"Фотоосмотр", "Осмотр"},
    ProductEntry{"Мобильный оценщик", "Приложение"},
    ProductEntry{"Кабинет страховщика", "Страхование"},
    ProductEntry{"Кабинет СТО", "Ремонт"},
    ProductEntry{"Маршрут ремонта", "Ремонт"},
    ProductEntry{"Тендер ремонта", "Закупки"},
    ProductEntry{"Аукцион остатков", "Реализация"},
    ProductEntry{"Аналитика убытков", "Отчётность"},
    ProductEntry{"Архив документов", "Хранение"},
    ProductEntry{"Электронная подпись", "Документы"},
    ProductEntry{"Обмен данными API", "Интеграция"},
    ProductEntry{"Шлюз бухгалтерии", "Интеграция"},
    ProductEntry{"Единый вход", "Доступ"},
};

constexpr std::array support{
    PersonEntry{"Мария Орлова", she, agent_email, "+7 495 000-10-01", Role::agent},
    PersonEntry{"Илья Котов", he, "kotov@example.ru", "+7 495 000-10-02", Role::agent},
    PersonEntry{"Лев Тарасов", he, "tarasov@example.ru", "+7 495 000-10-03", Role::agent},
    PersonEntry{"Вера Соколова", she, "sokolova@example.ru", "+7 495 000-10-04", Role::agent},
    PersonEntry{"Денис Громов", he, "gromov@example.ru", "+7 495 000-10-05", Role::agent},
    PersonEntry{"Ольга Нестерова", she, "nesterova@example.ru", "+7 495 000-10-06", Role::agent},
    PersonEntry{"Марина Зимина", she, administrator_email, "+7 495 000-10-07", Role::administrator},
};

constexpr std::array avtoekspert{
    PersonEntry{"Антон Быков", he, customer_email, "+7 916 000-11-22"},
    PersonEntry{"Елена Фомина", she, manager_email, "+7 916 000-11-23", Role::manager},
    PersonEntry{"Сергей Лапин", he, "lapin@avtoexpert.example", "+7 916 000-11-24"},
    PersonEntry{"Ирина Савельева", she, "saveleva@avtoexpert.example", "+7 916 000-11-25"},
    PersonEntry{"Павел Гущин", he, "gushchin@avtoexpert.example", "+7 916 000-11-26"},
    PersonEntry{"Наталья Черкасова", she, "cherkasova@avtoexpert.example", "+7 916 000-11-27"},
    PersonEntry{"Тимур Ахметов", he, "akhmetov@avtoexpert.example", "+7 916 000-11-28"},
    PersonEntry{"Юлия Дроздова", she, "drozdova@avtoexpert.example", "+7 916 000-11-29"},
    PersonEntry{"Виктор Шапошников", he, "shaposhnikov@avtoexpert.example", "", Role::customer,
                State::contact},
};

constexpr std::array severny_shchit{
    PersonEntry{"Алексей Воронцов", he, "vorontsov@sk-shchit.example", "+7 812 000-20-11"},
    PersonEntry{"Татьяна Мельникова", she, "melnikova@sk-shchit.example", "+7 812 000-20-12", Role::manager},
    PersonEntry{"Кирилл Ежов", he, "ezhov@sk-shchit.example", "+7 812 000-20-13"},
    PersonEntry{"Анна Ильинская", she, "ilinskaya@sk-shchit.example", "+7 812 000-20-14"},
    PersonEntry{"Максим Рябов", he, "ryabov@sk-shchit.example", "+7 812 000-20-15"},
    PersonEntry{"Светлана Королёва", she, "koroleva@sk-shchit.example", "+7 812 000-20-16"},
    PersonEntry{"Глеб Панов", he, "panov@sk-shchit.example", "", Role::customer, State::deactivated},
};

constexpr std::array meridian{
    PersonEntry{"Дмитрий Кравцов", he, "kravtsov@meridian-garant.example", "+7 495 000-30-21"},
    PersonEntry{"Оксана Белкина", she, "belkina@meridian-garant.example", "+7 495 000-30-22", Role::manager},
    PersonEntry{"Роман Судаков", he, "sudakov@meridian-garant.example", "+7 495 000-30-23"},
    PersonEntry{"Екатерина Лаврова", she, "lavrova@meridian-garant.example", "+7 495 000-30-24"},
    PersonEntry{"Артём Зуев", he, "zuev@meridian-garant.example", "+7 495 000-30-25"},
    PersonEntry{"Людмила Носова", she, "nosova@meridian-garant.example", "+7 495 000-30-26"},
};

constexpr std::array volzhskaya_opora{
    PersonEntry{"Игорь Селиванов", he, "selivanov@volga-opora.example", "+7 846 000-40-31", Role::customer,
                State::active, "Europe/Samara"},
    PersonEntry{"Марина Жданова", she, "zhdanova@volga-opora.example", "+7 846 000-40-32", Role::manager,
                State::active, "Europe/Samara"},
    PersonEntry{"Олег Пахомов", he, "pakhomov@volga-opora.example", "+7 846 000-40-33", Role::customer,
                State::active, "Europe/Samara"},
    PersonEntry{"Алина Хабибуллина", she, "khabibullina@volga-opora.example", "+7 846 000-40-34",
                Role::customer, State::active, "Europe/Samara"},
    PersonEntry{"Станислав Ерёмин", he, "eremin@volga-opora.example", "+7 846 000-40-35", Role::customer,
                State::active, "Europe/Samara"},
};

constexpr std::array vektor{
    PersonEntry{"Николай Бурцев", he, "burtsev@sto-vektor.example", "+7 343 000-50-41", Role::manager,
                State::active, "Asia/Yekaterinburg"},
    PersonEntry{"Ксения Орехова", she, "orekhova@sto-vektor.example", "+7 343 000-50-42", Role::customer,
                State::active, "Asia/Yekaterinburg"},
    PersonEntry{"Вадим Лосев", he, "losev@sto-vektor.example", "+7 343 000-50-43", Role::customer,
                State::active, "Asia/Yekaterinburg"},
    PersonEntry{"Полина Гусева", she, "guseva@sto-vektor.example", "+7 343 000-50-44", Role::customer,
                State::active, "Asia/Yekaterinburg"},
};

constexpr std::array zarechnaya{
    PersonEntry{"Андрей Коробов", he, "korobov@zarechnaya.example", "+7 831 000-60-51"},
    PersonEntry{"Дарья Синицына", she, "sinitsyna@zarechnaya.example", "+7 831 000-60-52"},
    PersonEntry{"Руслан Гарипов", he, "garipov@zarechnaya.example", "+7 831 000-60-53"},
};

constexpr std::array polyus{
    PersonEntry{"Владислав Ершов", he, "ershov@avto-polyus.example", "+7 383 000-70-61", Role::customer,
                State::active, "Asia/Novosibirsk"},
    PersonEntry{"Инна Токарева", she, "tokareva@avto-polyus.example", "+7 383 000-70-62", Role::manager,
                State::active, "Asia/Novosibirsk"},
    PersonEntry{"Евгений Миронов", he, "mironov@avto-polyus.example", "+7 383 000-70-63", Role::customer,
                State::active, "Asia/Novosibirsk"},
    PersonEntry{"Галина Щербакова", she, "shcherbakova@avto-polyus.example", "+7 383 000-70-64",
                Role::customer, State::active, "Asia/Novosibirsk"},
    PersonEntry{"Матвей Якушев", he, "yakushev@avto-polyus.example", "+7 383 000-70-65", Role::customer,
                State::active, "Asia/Novosibirsk"},
};

constexpr std::array svetloyar{
    PersonEntry{"Константин Дёмин", he, "demin@svetloyar.example", "+7 473 000-80-71"},
    PersonEntry{"Вероника Калинина", she, "kalinina@svetloyar.example", "+7 473 000-80-72", Role::manager},
    PersonEntry{"Егор Прохоров", he, "prokhorov@svetloyar.example", "+7 473 000-80-73"},
    PersonEntry{"Жанна Астахова", she, "astakhova@svetloyar.example", "+7 473 000-80-74"},
};

constexpr std::array tochny_raschyot{
    PersonEntry{"Михаил Чистяков", he, "chistyakov@tochny-raschet.example", "+7 861 000-90-81"},
    PersonEntry{"Лариса Высоцкая", she, "vysotskaya@tochny-raschet.example", "+7 861 000-90-82"},
    PersonEntry{"Арсений Клюев", he, "klyuev@tochny-raschet.example", "+7 861 000-90-83"},
};

constexpr std::array transit_park{
    PersonEntry{"Валерий Устинов", he, "ustinov@transit-park.example", "+7 495 000-92-91"},
    PersonEntry{"Яна Филатова", she, "filatova@transit-park.example", "+7 495 000-92-92", Role::manager},
    PersonEntry{"Григорий Сомов", he, "somov@transit-park.example", "+7 495 000-92-93"},
};

constexpr std::array stepnoy{
    PersonEntry{"Ерлан Сатпаев", he, "satpaev@stepnoy-service.example", "+7 727 000-93-01", Role::customer,
                State::active, "Asia/Almaty"},
    PersonEntry{"Айгерим Нурланова", she, "nurlanova@stepnoy-service.example", "+7 727 000-93-02",
                Role::customer, State::active, "Asia/Almaty"},
};

constexpr std::array ratusha{
    PersonEntry{"Янина Рудковская", she, "rudkovskaya@ratusha.example", "+375 17 000-94-01", Role::customer,
                State::active, "Europe/Minsk"},
    PersonEntry{"Артур Вайткевич", he, "vaitkevich@ratusha.example", "+375 17 000-94-02", Role::customer,
                State::active, "Europe/Minsk"},
};

constexpr std::array organisations{
    OrganisationEntry{"Служба технической поддержки", "+7 495 000-00-00", "RU", "Москва", 0, support},
    OrganisationEntry{"ООО «Автоэксперт»", "+7 495 000-45-67", "RU", "Москва", 24, avtoekspert},
    OrganisationEntry{"АО СК «Северный щит»", "+7 812 000-20-00", "RU", "Санкт-Петербург", 14,
                      severny_shchit},
    OrganisationEntry{"АО «Меридиан-Гарант»", "+7 495 000-30-00", "RU", "Москва", 12, meridian},
    OrganisationEntry{"САО «Волжская опора»", "+7 846 000-40-00", "RU", "Самара", 10, volzhskaya_opora},
    OrganisationEntry{"ООО «СТО Вектор»", "+7 343 000-50-00", "RU", "Екатеринбург", 8, vektor},
    OrganisationEntry{"ООО «Кузовной центр на Заречной»", "+7 831 000-60-00", "RU", "Нижний Новгород", 5,
                      zarechnaya},
    OrganisationEntry{"АО «Автоцентр Полюс»", "+7 383 000-70-00", "RU", "Новосибирск", 8, polyus},
    OrganisationEntry{"ООО «Дилерский центр Светлояр»", "+7 473 000-80-00", "RU", "Воронеж", 6, svetloyar},
    OrganisationEntry{"Бюро оценки «Точный расчёт»", "+7 861 000-90-00", "RU", "Краснодар", 5,
                      tochny_raschyot},
    OrganisationEntry{"ООО «Транзит-Парк Лизинг»", "+7 495 000-92-00", "RU", "Москва", 4, transit_park},
    OrganisationEntry{"ТОО «Степной автосервис»", "+7 727 000-93-00", "KZ", "Алматы", 2, stepnoy},
    OrganisationEntry{"ООО «Экспертный центр Ратуша»", "+375 17 000-94-00", "BY", "Минск", 2, ratusha},
};

constexpr std::array<std::string_view, 30> male_first{
    "Александр", "Алексей", "Анатолий", "Андрей",  "Артём",  "Борис",   "Вадим",   "Валентин",
    "Василий",   "Виталий", "Владимир", "Георгий", "Даниил", "Дмитрий", "Евгений", "Захар",
    "Иван",      "Игорь",   "Кирилл",   "Леонид",  "Максим", "Никита",  "Олег",    "Пётр",
    "Родион",    "Семён",   "Степан",   "Фёдор",   "Эдуард", "Ярослав"};
constexpr std::array<std::string_view, 30> female_first{
    "Алёна",  "Алла",      "Анастасия", "Валентина", "Валерия", "Варвара", "Виктория", "Галина",
    "Диана",  "Евгения",   "Елизавета", "Зоя",       "Инесса",  "Кира",    "Кристина", "Лидия",
    "Любовь", "Маргарита", "Надежда",   "Нина",      "Оксана",  "Олеся",   "Раиса",    "Регина",
    "Римма",  "София",     "Тамара",    "Ульяна",    "Эльвира", "Яна"};
constexpr std::array<std::string_view, 40> male_last{
    "Абрамов",    "Аксёнов",  "Архипов",  "Баранов",   "Беляев",  "Блинов",   "Бобров",  "Васильев",
    "Виноградов", "Власов",   "Гаврилов", "Герасимов", "Голубев", "Горбунов", "Горшков", "Гурьев",
    "Давыдов",    "Ефимов",   "Журавлёв", "Зайцев",    "Зорин",   "Казаков",  "Карпов",  "Колосов",
    "Крылов",     "Кудряшов", "Кузьмин",  "Лебедев",   "Логинов", "Макаров",  "Матвеев", "Никитин",
    "Осипов",     "Поляков",  "Родионов", "Симонов",   "Суворин", "Титов",    "Уваров",  "Чернов"};
constexpr std::array<std::string_view, 40> female_last{
    "Абрамова",    "Аксёнова",  "Архипова",  "Баранова",   "Беляева",  "Блинова",   "Боброва",  "Васильева",
    "Виноградова", "Власова",   "Гаврилова", "Герасимова", "Голубева", "Горбунова", "Горшкова", "Гурьева",
    "Давыдова",    "Ефимова",   "Журавлёва", "Зайцева",    "Зорина",   "Казакова",  "Карпова",  "Колосова",
    "Крылова",     "Кудряшова", "Кузьмина",  "Лебедева",   "Логинова", "Макарова",  "Матвеева", "Никитина",
    "Осипова",     "Полякова",  "Родионова", "Симонова",   "Суворина", "Титова",    "Уварова",  "Чернова"};

}  // namespace

std::span<const ProductEntry> product_entries() {
  return products;
}

std::span<const OrganisationEntry> organisation_entries() {
  return organisations;
}

Names names_of(Gender gender) {
  if (gender == Gender::male) return {.first = male_first, .last = male_last};
  return {.first = female_first, .last = female_last};
}

std::string_view first_name(std::string_view name) {
  return name.substr(0, name.find(' '));
}

}  // namespace demo
