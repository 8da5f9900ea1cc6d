// One line of an imported file: what it asks for, and doing it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "admin/people.hpp"
#include "audit/audit.hpp"
#include "base/result.hpp"
#include "storage/transaction.hpp"

namespace transfer {

enum class What : std::uint8_t { people, accounts };

// The columns of an exported file, which an imported one may leave out but for those that are needed.
[[nodiscard]] const std::vector<std::string_view>& columns_of(What what);
[[nodiscard]] const std::vector<std::string_view>& needed_columns_of(What what);

// The cells of a line by their columns.
class Cells {
 public:
  Cells(const std::vector<std::string>& columns, const std::vector<std::string>& cells)
      : columns_(columns), cells_(cells) {}

  // Empty when the file has no such column; cells that are missing at the end of a line are empty texts.
  [[nodiscard]] std::optional<std::string> get(std::string_view column) const;

 private:
  const std::vector<std::string>& columns_;
  const std::vector<std::string>& cells_;
};

enum class Outcome : std::uint8_t { added, changed, same, wrong };

struct Done {
  Outcome outcome = Outcome::same;
  std::string title;       // who or what it is about
  audit::Changes changes;  // of what was there before
};

// What tells two records apart: the folded address of a person, the folded name of an organisation.
[[nodiscard]] std::string key_of(What what, const Cells& cells);

// Adds or changes, with the rules and the audit log of the form that does it by hand.
base::Result<Done> do_line(storage::Transaction& tx, const audit::Actor& actor, What what, const Cells& cells,
                           admin::Invitation invitation);

}  // namespace transfer
