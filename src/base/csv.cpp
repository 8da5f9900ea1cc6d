#include "base/csv.hpp"

#include <algorithm>
#include <utility>

namespace base {
namespace {

constexpr std::string_view formula_begins = "=+-@\t\r";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Also behind apostrophes, so that what was written is read back as it was.
bool looks_like_formula(std::string_view cell) {
  const auto first = cell.find_first_not_of('\'');
  return first != std::string_view::npos && formula_begins.contains(cell[first]);
}

void write_cell(std::string& out, std::string_view cell) {
  const bool harmful = looks_like_formula(cell);
  const bool quoted = harmful || cell.find_first_of(",;\"\r\n\t") != std::string_view::npos;
  if (!quoted) {
    out += cell;
    return;
  }
  out += '"';
  if (harmful) out += '\'';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

char separator_of(std::string_view first_line) {
  char best = ',';
  for (const char candidate : {';', '\t'}) {
    if (std::ranges::count(first_line, candidate) > std::ranges::count(first_line, best)) best = candidate;
  }
  return best;
}

}  // namespace

void write_csv_row(std::string& out, std::span<const std::string_view> cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    write_cell(out, cells[i]);
  }
  out += "\r\n";
}

std::string_view read_cell(std::string_view cell) {
  return cell.starts_with('\'') && looks_like_formula(cell) ? cell.substr(1) : cell;
}

void CsvReader::feed(std::string_view piece, std::vector<Line>& lines) {
  for (const char c : piece) {
    if (c == '"') quoted_ = !quoted_;
    if (c == '\n' && (!quoted_ || too_long_)) {
      take(lines);
      continue;
    }
    if (c == '\n') ++breaks_;
    if (text_.size() < longest_line)
      text_ += c;
    else
      too_long_ = true;
  }
}

void CsvReader::finish(std::vector<Line>& lines) {
  if (!text_.empty()) take(lines);
}

void CsvReader::take(std::vector<Line>& lines) {
  std::string_view text = text_;
  if (number_ == 1 && text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (!text.empty()) {
    if (separator_ == 0) separator_ = separator_of(text);
    Line line = too_long_ ? Line{.number = 0, .problem = Problem::long_line, .cells = {}} : parse(text);
    line.number = number_;
    lines.push_back(std::move(line));
  }
  number_ += 1 + breaks_;
  breaks_ = 0;
  quoted_ = false;
  too_long_ = false;
  text_.clear();
}

CsvReader::Line CsvReader::parse(std::string_view text) const {
  const Line wrong{.number = 0, .problem = Problem::quotes, .cells = {}};
  Line line;
  std::size_t at = 0;
  for (;;) {
    std::string cell;
    if (at < text.size() && text[at] == '"') {
      for (++at;; ++at) {
        if (at >= text.size()) return wrong;
        if (text[at] != '"')
          cell += text[at];
        else if (at + 1 < text.size() && text[at + 1] == '"')
          cell += text[at++];
        else
          break;
      }
      ++at;
      if (at < text.size() && text[at] != separator_) return wrong;
    } else {
      const auto end = std::min(text.find(separator_, at), text.size());
      cell = text.substr(at, end - at);
      if (cell.contains('"')) return wrong;
      at = end;
    }
    line.cells.emplace_back(read_cell(cell));
    if (at >= text.size()) return line;
    ++at;
  }
}

}  // namespace base
