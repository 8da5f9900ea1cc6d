// Comma-separated values (RFC 4180), written so that a spreadsheet opens them and runs nothing of them.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

// Appends one line. Cells that a spreadsheet would take for a formula begin with an apostrophe (OWASP, CSV
// Injection); `read_cell` takes it off again.
void write_csv_row(std::string& out, std::span<const std::string_view> cells);

// A cell as it was before `write_csv_row` made it harmless.
[[nodiscard]] std::string_view read_cell(std::string_view cell);

// The file as it arrives, line by line, in constant memory. A line ends in LF or CR LF, outside of quotes.
class CsvReader {
 public:
  enum class Problem : unsigned char { none, quotes, long_line };

  struct Line {
    std::size_t number = 0;  // from 1, of the first of its lines in the file
    Problem problem = Problem::none;
    std::vector<std::string> cells;  // empty when there is a problem
  };

  static constexpr std::size_t longest_line = 64 * 1024;  // bytes

  // Takes in a piece; complete lines are appended to `lines`. Empty lines are passed over. The separator is
  // the most frequent of , ; and tab in the first line; a byte order mark is passed over.
  void feed(std::string_view piece, std::vector<Line>& lines);
  void finish(std::vector<Line>& lines);

 private:
  void take(std::vector<Line>& lines);
  [[nodiscard]] Line parse(std::string_view text) const;

  std::string text_;  // of the line that is arriving
  std::size_t number_ = 1;
  std::size_t breaks_ = 0;  // line ends within the quotes of this line
  char separator_ = 0;      // unknown before the first line
  bool quoted_ = false;
  bool too_long_ = false;
};

}  // namespace base
