#include "cases/words.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "cases/queries.hpp"

namespace cases {
namespace {

constexpr std::size_t most_words = 12;

// What words stand under (storage/words.hpp); by itself, that a case is the person's.
std::string scope_of(base::AccountId account) {
  return fmt::format("\1{}\1", account.value);
}
std::string scope_of(base::PersonId contact) {
  return fmt::format("\1p{}\1", contact.value);
}

// Also without its leading zeros, as people type it.
std::string number_words(std::int64_t number) {
  return fmt::format("{:08} {}", number, number);
}

}  // namespace

void index_words(storage::Transaction& tx, const Case& report) {
  const std::string words = fmt::format("{}{} {} {}", scope_of(report.account_id),
                                        number_words(report.number), report.subject, report.description);
  tx.run_later(sql::index_words, report.id, scope_of(report.contact_id), words, report.account_id);
}

std::string match_expression(const Owner& owner, std::string_view typed) {
  auto words = base::words(base::prefix(typed, 200));
  if (words.size() > most_words) words.resize(most_words);
  if (words.empty()) return {};

  const std::string scope = owner.account ? scope_of(owner.account) : std::string{};
  std::string expression;
  if (owner.contact) expression = fmt::format("\"{}\" AND ", scope_of(owner.contact));
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
