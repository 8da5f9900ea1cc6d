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
  tx.run_later(sql::index_words, report.id, report.account_id, report.contact_id, number_words(report.number),
               report.subject, report.description);
}

std::string match_expression(const Owner& owner, std::string_view typed) {
  auto words = base::words(base::prefix(typed, 200));
  if (words.size() > most_words) words.resize(most_words);
  if (words.empty()) return {};

  const std::string scope = owner.account ? fmt::format("\1{}\1", owner.account.value) : std::string{};
  std::string expression;
  if (owner.contact) expression = fmt::format("\"\1p{}\1\" AND ", owner.contact.value);
  // The words are letters and digits alone, so they cannot end the quotation.
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) expression += " AND ";
    const bool being_typed = i + 1 == words.size();
    expression += being_typed ? fmt::format("(\"{0}{1}\" OR \"{0}{1}\" *)", scope, words[i])
                              : fmt::format("\"{}{}\"", scope, words[i]);
  }
  return expression;
}

}  // namespace cases
