// A file of people or organisations, taken in line by line: first to say what it would change, then to change
// it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/csv.hpp"
#include "storage/database.hpp"
#include "transfer/line.hpp"

namespace transfer {

enum class Mode : std::uint8_t {
  check,  // every line is carried out and undone, so that it is judged as it would be
  apply,
};

struct Options {
  What what = What::people;
  Mode mode = Mode::check;
  admin::Invitation invitation = admin::Invitation::none;
};

struct LineReport {
  std::size_t number = 0;  // in the file, from 1
  Outcome outcome = Outcome::same;
  std::string title;
  audit::Changes changes;
  std::vector<base::FieldError> errors;
};

// However long the file: of the lines to show, only the first of each kind.
inline constexpr std::size_t most_shown = 100;

struct Report {
  std::size_t lines = 0;  // with data
  std::size_t added = 0;
  std::size_t changed = 0;
  std::size_t same = 0;
  std::size_t wrong = 0;
  std::vector<LineReport> shown;             // wrong ones, and those that change something, by their numbers
  std::optional<base::FieldError> unusable;  // why the file cannot be read at all; nothing else is then told
};

// Commits after each few lines: an import that breaks off has done its first lines, and doing it again leaves
// them as they are. Used by one thread.
class Import {
 public:
  Import(storage::Database& database, audit::Actor actor, Options options);

  void feed(std::string_view piece);
  [[nodiscard]] Report finish();

 private:
  using Seen =
      std::unordered_map<std::size_t, std::size_t>;  // hash of a record's key: the number of its line

  void work_off();
  void take_header(const base::CsvReader::Line& line);
  LineReport do_one(storage::Transaction& tx, const base::CsvReader::Line& line, Seen& seen) const;
  std::vector<LineReport> do_batch(std::span<const base::CsvReader::Line> batch);
  void count(LineReport report);

  storage::Database& database_;
  audit::Actor actor_;
  Options options_;
  base::CsvReader reader_;
  std::vector<base::CsvReader::Line> lines_;
  std::vector<std::string> columns_;
  bool has_header_ = false;
  Seen seen_;
  std::size_t shown_wrong_ = 0;
  std::size_t shown_others_ = 0;
  Report report_;
};

}  // namespace transfer
