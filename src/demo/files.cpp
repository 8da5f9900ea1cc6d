#include "demo/files.hpp"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "demo/calendar.hpp"
#include "demo/canvas.hpp"
#include "demo/deflate.hpp"
#include "demo/dice.hpp"

namespace demo {
namespace {

Dice dice_for(const FileHint& hint) {
  std::uint64_t seed = 0xCBF29CE484222325U;  // FNV-1a
  for (const char c : hint.name) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return Dice(seed);
}

std::string claim_number(Dice& dice) {
  return fmt::format("УБ-{}-{:06}", dice.between(24, 26), dice.between(1, 99999));
}

// --- A window of the product with a message over it

void draw_table(Canvas& canvas, Dice& dice) {
  constexpr std::array<std::string_view, 8> parts{"Бампер передний", "Капот",         "Фара левая",
                                                  "Крыло переднее",  "Решётка",       "Подкрылок",
                                                  "Радиатор",        "Дверь передняя"};
  canvas.fill(232, 236, 604, 24, Ink::paper);
  canvas.text(244, 242, "Деталь", Ink::grey);
  canvas.text(484, 242, "Работа, ч", Ink::grey);
  canvas.text(636, 242, "Цена, руб.", Ink::grey);
  for (int row = 0; row < 8; ++row) {
    const int y = 260 + row * 28;
    canvas.text(244, y + 8, parts.at(static_cast<std::size_t>(row)), Ink::black);
    canvas.text(484, y + 8, fmt::format("{},{}", dice.between(0, 6), dice.between(1, 9)), Ink::black);
    canvas.text(636, y + 8, fmt::format("{}", dice.between(12, 980) * 100), Ink::black);
    canvas.fill(232, y + 27, 604, 1, Ink::line);
  }
}

std::string picture_of_window(const FileHint& hint, base::Instant day) {
  Dice dice = dice_for(hint);
  Canvas canvas(860, 540, Ink::white);
  canvas.fill(0, 0, 860, 36, Ink::black);
  canvas.text(16, 12, "Дело " + claim_number(dice), Ink::white);
  canvas.text(700, 12, numeric_date(day), Ink::line);
  canvas.fill(0, 36, 200, 504, Ink::paper);
  constexpr std::array<std::string_view, 6> menu{"Осмотр",    "Калькуляция", "Фотографии",
                                                 "Документы", "Участники",   "История"};
  const std::size_t chosen = dice.below(menu.size());
  for (std::size_t i = 0; i < menu.size(); ++i) {
    const int y = 56 + static_cast<int>(i) * 36;
    if (i == chosen) canvas.fill(8, y - 8, 184, 30, Ink::pale);
    canvas.text(24, y, menu.at(i), i == chosen ? Ink::blue : Ink::black);
  }
  canvas.text(232, 60, menu.at(chosen), Ink::black, 2);
  const std::array fields{std::pair{"Дата ДТП", numeric_date(day - base::days(dice.between(3, 20)))},
                          std::pair{"Полис с", numeric_date(day - base::days(dice.between(2, 300)))},
                          std::pair{"Пробег, км", std::to_string(dice.between(8, 190) * 1000)}};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const int x = 232 + static_cast<int>(i) * 204;
    canvas.text(x, 116, fields.at(i).first, Ink::grey);
    canvas.frame(x, 134, 188, 32, Ink::line);
    canvas.text(x + 10, 144, fields.at(i).second, Ink::black);
  }
  canvas.fill(232, 188, 188, 32, Ink::blue);
  canvas.text(258, 198, "Сформировать", Ink::white);
  draw_table(canvas, dice);

  canvas.fill(306, 232, 448, 148, Ink::grey);
  canvas.fill(300, 226, 448, 148, Ink::white);
  canvas.frame(300, 226, 448, 148, Ink::line);
  canvas.fill(300, 226, 448, 34, Ink::rose);
  canvas.text(316, 236, hint.title, Ink::red);
  canvas.text(316, 276, "Операция не выполнена. Повторите позже", Ink::black);
  canvas.text(316, 296, "или обратитесь в службу поддержки.", Ink::black);
  canvas.text(316, 322, fmt::format("Код {}-{:04}, {}", "E", dice.between(100, 9999), clock_time(day)),
              Ink::grey);
  canvas.fill(644, 334, 88, 28, Ink::blue);
  canvas.text(664, 342, "Понятно", Ink::white);
  return canvas.png();
}

// --- A paper

std::string scan_of_paper(const FileHint& hint, base::Instant day) {
  Dice dice = dice_for(hint);
  Canvas canvas(827, 1170, Ink::white);
  canvas.frame(40, 40, 747, 1090, Ink::grey);
  canvas.text(80, 80, hint.title, Ink::black, 2);
  canvas.text(80, 124,
              fmt::format("№ {:03}-{:06} от {}", dice.between(1, 999), dice.between(1, 999999),
                          numeric_date(day - base::days(dice.between(10, 200)))),
              Ink::black);
  constexpr std::array<std::string_view, 7> labels{"Организация",  "Подразделение", "Автомобиль",
                                                   "Год выпуска",  "Действует с",   "Действует по",
                                                   "Ответственный"};
  const std::array<std::string, 7> values{"указана в договоре",
                                          "центральный офис",
                                          "легковой, кузов закрытый",
                                          std::to_string(dice.between(2012, 2025)),
                                          numeric_date(day - base::days(300)),
                                          numeric_date(day + base::days(64)),
                                          "подпись имеется"};
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const int y = 190 + static_cast<int>(i) * 44;
    canvas.text(80, y, labels.at(i), Ink::black);
    canvas.text(300, y, values.at(i), Ink::black);
    canvas.fill(80, y + 24, 660, 1, Ink::grey);
  }
  constexpr std::array<std::string_view, 6> lines{
      "Настоящий документ составлен в двух экземплярах, имеющих",
      "одинаковую силу, по одному для каждой из сторон. Изменения и",
      "дополнения действительны, если они сделаны в письменном виде",
      "и подписаны уполномоченными представителями сторон. Документ",
      "приведён как пример и не содержит сведений о настоящих лицах",
      "и организациях."};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    canvas.text(80, 540 + static_cast<int>(i) * 26, lines.at(i), Ink::black);
  }
  canvas.text(80, 900, "Подпись ____________________", Ink::black);
  canvas.frame(560, 850, 150, 110, Ink::grey);
  canvas.text(584, 896, "ОБРАЗЕЦ", Ink::grey, 1);
  return canvas.pdf();
}

// --- Tables and logs

using Table = std::vector<std::vector<std::string>>;

Table table_for(const FileHint& hint, base::Instant day) {
  Dice dice = dice_for(hint);
  Table table{{"Дело", "Дата", "Позиция", "По системе", "По учёту", "Разница"}};
  constexpr std::array<std::string_view, 6> rows{"Бампер передний", "Капот",      "Фара левая",
                                                 "Окраска",         "Нормо-часы", "Материалы"};
  for (int i = 0; i < 24; ++i) {
    const std::int64_t ours = dice.between(10, 900) * 100;
    const std::int64_t theirs = dice.chance(0.7) ? ours : ours + dice.between(1, 40) * 50;
    table.push_back({claim_number(dice), numeric_date(day - base::days(dice.between(1, 60))),
                     std::string(dice.of(rows)), std::to_string(ours), std::to_string(theirs),
                     std::to_string(theirs - ours)});
  }
  return table;
}

std::string csv(const Table& table) {
  std::string out = "\xEF\xBB\xBF";
  for (const auto& row : table) {
    for (std::size_t i = 0; i < row.size(); ++i) out.append(i == 0 ? "" : ";").append(row[i]);
    out += "\r\n";
  }
  return out;
}

std::string log_of(const FileHint& hint, base::Instant day) {
  Dice dice = dice_for(hint);
  constexpr std::array<std::string_view, 7> events{
      "запрос принят",         "соединение открыто",        "передано частей: 14", "ожидание ответа, 15 с",
      "повтор после перерыва", "свободно на диске: 1,8 ГБ", "сеанс продлён"};
  std::string out = hint.title + "\n\n";
  base::Instant at = day;
  for (int i = 0; i < 60; ++i) {
    at = at + base::seconds(dice.between(1, 90));
    const bool failed = dice.chance(0.12);
    out += fmt::format("{} {} {}\n", numeric_date(at), clock_time(at),
                       failed ? "ОШИБКА: нет ответа за 30 с" : dice.of(events));
  }
  return out;
}

// ZIP without compression (APPNOTE 4.3), enough for a workbook.
class Zip {
 public:
  void add(std::string_view name, std::string_view body) {
    const std::string about = little(crc32(body), 4) + little(body.size(), 4) + little(body.size(), 4) +
                              little(name.size(), 2) + little(0, 2);
    const std::string common =
        little(20, 2) + little(0x0800, 2) + little(0, 2) + little(0, 2) + little(0x5821, 2) + about;
    directory_ += "PK\x01\x02" + little(20, 2) + common + little(0, 2) + little(0, 2) + little(0, 2) +
                  little(0, 4) + little(out_.size(), 4) + std::string(name);
    out_ += "PK\x03\x04" + common;
    out_.append(name).append(body);
    ++count_;
  }
  std::string finish() && {
    const std::size_t at = out_.size();
    return out_ + directory_ + "PK\x05\x06" + little(0, 2) + little(0, 2) + little(count_, 2) +
           little(count_, 2) + little(directory_.size(), 4) + little(at, 4) + little(0, 2);
  }

 private:
  static std::string little(std::size_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
    return out;
  }
  std::string out_;
  std::string directory_;
  std::size_t count_ = 0;
};

// A workbook of one sheet (ECMA-376), its texts within the cells.
std::string xlsx(const Table& table) {
  constexpr std::string_view head = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
  constexpr std::string_view main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  constexpr std::string_view office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  constexpr std::string_view package = "http://schemas.openxmlformats.org/package/2006";
  constexpr std::string_view sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml";

  std::string rows;
  for (std::size_t i = 0; i < table.size(); ++i) {
    rows += fmt::format(R"(<row r="{}">)", i + 1);
    for (const std::string& cell : table[i])
      rows += fmt::format(R"(<c t="inlineStr"><is><t>{}</t></is></c>)", cell);
    rows += "</row>";
  }
  Zip zip;
  zip.add("[Content_Types].xml",
          fmt::format(
              R"({0}<Types xmlns="{1}/content-types"><Default Extension="rels" )"
              R"(ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
              R"(<Override PartName="/xl/workbook.xml" ContentType="{2}.sheet.main+xml"/>)"
              R"(<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{2}.worksheet+xml"/></Types>)",
              head, package, sheet_type));
  zip.add("_rels/.rels",
          fmt::format(R"({0}<Relationships xmlns="{1}/relationships"><Relationship Id="r1" )"
                      R"(Type="{2}/officeDocument" Target="xl/workbook.xml"/></Relationships>)",
                      head, package, office));
  zip.add("xl/workbook.xml", fmt::format(R"({0}<workbook xmlns="{1}" xmlns:r="{2}"><sheets>)"
                                         R"(<sheet name="Лист1" sheetId="1" r:id="r1"/></sheets></workbook>)",
                                         head, main, office));
  zip.add("xl/_rels/workbook.xml.rels",
          fmt::format(R"({0}<Relationships xmlns="{1}/relationships"><Relationship Id="r1" )"
                      R"(Type="{2}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>)",
                      head, package, office));
  zip.add(
      "xl/worksheets/sheet1.xml",
      fmt::format(R"({0}<worksheet xmlns="{1}"><sheetData>{2}</sheetData></worksheet>)", head, main, rows));
  return std::move(zip).finish();
}

}  // namespace

MadeFile make_file(const FileHint& hint, base::Instant day) {
  MadeFile file{.name = hint.name + "." + hint.kind, .bytes = {}};
  if (hint.kind == "png") {
    file.bytes = picture_of_window(hint, day);
  } else if (hint.kind == "pdf") {
    file.bytes = scan_of_paper(hint, day);
  } else if (hint.kind == "xlsx") {
    file.bytes = xlsx(table_for(hint, day));
  } else if (hint.kind == "csv") {
    file.bytes = csv(table_for(hint, day));
  } else if (hint.kind == "txt") {
    file.bytes = log_of(hint, day);
  } else {
    throw std::invalid_argument("demo text: unknown kind of file: " + hint.kind);
  }
  return file;
}

}  // namespace demo
