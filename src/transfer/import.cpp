#include "transfer/import.hpp"

#include <algorithm>
#include <functional>

#include "base/message_keys.hpp"
#include "base/text.hpp"

namespace transfer {
namespace {

constexpr std::size_t lines_of_a_unit = 100;
constexpr std::size_t longest_title = 200;  // characters

LineReport wrong(std::size_t number, base::Message why, std::vector<std::string> arguments = {}) {
  return {.number = number,
          .outcome = Outcome::wrong,
          .title = {},
          .changes = {},
          .errors = {{.field = {}, .message = why, .arguments = std::move(arguments)}}};
}

bool is_text(const std::vector<std::string>& cells) {
  return std::ranges::all_of(cells, [](const std::string& cell) { return base::valid_utf8(cell); });
}

}  // namespace

Import::Import(storage::Database& database, audit::Actor actor, Options options)
    : database_(database), actor_(std::move(actor)), options_(options) {}

void Import::feed(std::string_view piece) {
  if (report_.unusable) return;
  reader_.feed(piece, lines_);
  work_off();
}

Report Import::finish() {
  if (!report_.unusable) {
    reader_.finish(lines_);
    work_off();
  }
  if (!has_header_ && !report_.unusable)
    report_.unusable = {.field = "file", .message = msg::transfer_nothing, .arguments = {}};
  std::ranges::sort(report_.shown, {}, &LineReport::number);
  const bool changes = report_.added + report_.changed > 0;
  if (options_.mode == Mode::apply && changes) {
    const bool people = options_.what == What::people;
    database_.write([&](storage::Transaction& tx) {
      audit::record(tx, actor_, people ? audit::Act::people_imported : audit::Act::accounts_imported, {},
                    {{.field = "lines", .before = {}, .after = std::to_string(report_.lines)},
                     {.field = "added", .before = {}, .after = std::to_string(report_.added)},
                     {.field = "changed", .before = {}, .after = std::to_string(report_.changed)}});
    });
  }
  return std::move(report_);
}

void Import::work_off() {
  std::span<const base::CsvReader::Line> rest = lines_;
  if (!has_header_ && !rest.empty()) {
    take_header(rest.front());
    rest = rest.subspan(1);
  }
  while (!rest.empty() && !report_.unusable) {
    const auto batch = rest.first(std::min(rest.size(), lines_of_a_unit));
    for (LineReport& report : do_batch(batch)) count(std::move(report));
    rest = rest.subspan(batch.size());
  }
  lines_.clear();
}

void Import::take_header(const base::CsvReader::Line& line) {
  has_header_ = true;
  if (!is_text(line.cells)) {
    report_.unusable = {.field = "file", .message = msg::transfer_error_utf8, .arguments = {}};
    return;
  }
  for (const std::string& cell : line.cells) columns_.push_back(base::fold(base::trim(cell)));
  for (const std::string_view needed : needed_columns_of(options_.what)) {
    if (std::ranges::find(columns_, needed) != columns_.end()) continue;
    report_.unusable = {
        .field = "file", .message = msg::transfer_error_column, .arguments = {std::string(needed)}};
    return;
  }
}

std::vector<LineReport> Import::do_batch(std::span<const base::CsvReader::Line> batch) {
  std::vector<LineReport> reports;
  Seen seen;
  const auto work = [&](storage::Transaction& tx) -> base::Result<void> {
    reports.clear();
    seen.clear();
    for (const base::CsvReader::Line& line : batch) reports.push_back(do_one(tx, line, seen));
    // A unit that fails is undone, and what it found out is what was asked for.
    if (options_.mode == Mode::check) return base::fail(base::ErrorKind::conflict);
    return {};
  };
  (void)database_.write(work);
  seen_.merge(seen);
  return reports;
}

LineReport Import::do_one(storage::Transaction& tx, const base::CsvReader::Line& line, Seen& seen) const {
  using Problem = base::CsvReader::Problem;
  if (line.problem == Problem::quotes) return wrong(line.number, msg::transfer_error_quotes);
  if (line.problem == Problem::long_line) {
    return wrong(line.number, msg::transfer_error_long,
                 {std::to_string(base::CsvReader::longest_line / 1024)});
  }
  if (!is_text(line.cells)) return wrong(line.number, msg::transfer_error_utf8);
  if (line.cells.size() > columns_.size()) return wrong(line.number, msg::transfer_error_cells);
  const Cells cells(columns_, line.cells);
  const std::string key = key_of(options_.what, cells);
  const std::size_t hash = std::hash<std::string>{}(key);
  for (const Seen* earlier : {&seen_, static_cast<const Seen*>(&seen)}) {
    if (const auto found = earlier->find(hash); found != earlier->end())
      return wrong(line.number, msg::transfer_error_twice, {std::to_string(found->second)});
  }
  auto done = do_line(tx, actor_, options_.what, cells, options_.invitation);
  LineReport report{
      .number = line.number, .outcome = Outcome::wrong, .title = {}, .changes = {}, .errors = {}};
  if (!done) {
    report.title = base::prefix(key, longest_title);
    report.errors = std::move(done.error().fields);
    return report;
  }
  seen.emplace(hash, line.number);
  report.outcome = done->outcome;
  report.title = base::prefix(done->title, longest_title);
  report.changes = std::move(done->changes);
  return report;
}

void Import::count(LineReport report) {
  ++report_.lines;
  switch (report.outcome) {
    case Outcome::added:
      ++report_.added;
      break;
    case Outcome::changed:
      ++report_.changed;
      break;
    case Outcome::same:
      ++report_.same;
      return;
    case Outcome::wrong:
      ++report_.wrong;
      break;
  }
  std::size_t& shown = report.outcome == Outcome::wrong ? shown_wrong_ : shown_others_;
  if (shown++ < most_shown) report_.shown.push_back(std::move(report));
}

}  // namespace transfer
