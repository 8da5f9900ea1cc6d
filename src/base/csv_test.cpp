#include "base/csv.hpp"

#include <gtest/gtest.h>

#include <array>

namespace base {
namespace {

std::vector<CsvReader::Line> read(std::string_view text, std::size_t piece = 4096) {
  CsvReader reader;
  std::vector<CsvReader::Line> lines;
  for (std::size_t at = 0; at < text.size(); at += piece) reader.feed(text.substr(at, piece), lines);
  reader.finish(lines);
  return lines;
}

using Cells = std::vector<std::string>;

TEST(Csv, IsReadTheSameInAnyPieces) {
  const std::string text =
      "\xEF\xBB\xBF"
      "name,phone\r\n\"ООО \"\"А, Б\"\"\",+7 495\n\n\"две\nстроки\",\n";
  for (const std::size_t piece : {1U, 2U, 3U, 100U}) {
    const auto lines = read(text, piece);
    ASSERT_EQ(lines.size(), 3U) << piece;
    EXPECT_EQ(lines[0].cells, (Cells{"name", "phone"}));
    EXPECT_EQ(lines[1].cells, (Cells{"ООО \"А, Б\"", "+7 495"}));
    EXPECT_EQ(lines[1].number, 2U);
    EXPECT_EQ(lines[2].cells, (Cells{"две\nстроки", ""}));
    EXPECT_EQ(lines[2].number, 4U);
  }
}

TEST(Csv, SeparatorIsThatOfTheFirstLine) {
  EXPECT_EQ(read("a;b\n1,5;2\n")[1].cells, (Cells{"1,5", "2"}));
  EXPECT_EQ(read("a\tb\n1\t2\n")[1].cells, (Cells{"1", "2"}));
}

TEST(Csv, BrokenLinesAreToldAndTheNextOnesRead) {
  const auto lines = read("a,b\nООО \"А\",1\nx,y\n");
  EXPECT_EQ(lines[1].problem, CsvReader::Problem::quotes);
  EXPECT_EQ(lines[2].cells, (Cells{"x", "y"}));

  const auto long_line = read("a\n\"" + std::string(CsvReader::longest_line + 10, 'x') + "\nb\n");
  EXPECT_EQ(long_line[1].problem, CsvReader::Problem::long_line);
  EXPECT_EQ(long_line[2].cells, (Cells{"b"}));
  EXPECT_EQ(long_line[2].number, 3U);
}

TEST(Csv, ASpreadsheetRunsNothingAndNothingIsLost) {
  for (const std::string cell :
       {"=1+1", "+7 495", "-5", "@name", "\tx", "'=1", "''@", "'plain", "a\"b", "a,b", ""}) {
    std::string out;
    const std::array<std::string_view, 2> cells{cell, "x"};
    write_csv_row(out, cells);
    const auto lines = read("a,b\r\n" + out);
    ASSERT_EQ(lines.size(), 2U) << cell;
    EXPECT_EQ(lines[1].cells, (Cells{cell, "x"})) << cell;
    if (!cell.empty() && std::string_view("=+-@\t").contains(cell.front()))
      EXPECT_TRUE(out.starts_with("\"'")) << out;
  }
}

}  // namespace
}  // namespace base
