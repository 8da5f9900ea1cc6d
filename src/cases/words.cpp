#include "cases/words.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "cases/queries.hpp"

namespace cases {
namespace {

constexpr std::size_t most_words = 12;

// Also without its leading zeros, as people type it.
std::string number_words(std::int64_t number) {
  return fmt::format("{:08} {}", number, number);
}

}  // namespace

void index_words(storage::Transaction& tx, const Case& report) {
  tx.run(sql::index_words, report.id, report.account_id, report.contact_id, number_words(report.number),
         report.subject, report.description);
}

std::string match_expression(const Owner& owner, std::string_view typed) {
  auto words = base::words(base::prefix(typed, 200));
  if (words.size() > most_words) words.resize(most_words);
  if (words.empty()) return {};

  std::string expression;
  if (owner.contact) {
    expression = fmt::format("owner : p{} AND ", owner.contact.value);
  } else if (owner.account) {
    expression = fmt::format("owner : a{} AND ", owner.account.value);
  }
  // The words are letters and digits alone, so they cannot end the quotation.
  expression += "{number subject description} : (";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) expression += " AND ";
    const bool being_typed = i + 1 == words.size();
    expression +=
        being_typed ? fmt::format("(\"{0}\" OR \"{0}\" *)", words[i]) : fmt::format("\"{}\"", words[i]);
  }
  return expression + ")";
}

}  // namespace cases
