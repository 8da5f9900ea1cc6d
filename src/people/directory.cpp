#include "people/directory.hpp"

#include <array>

#include "base/text.hpp"
#include "people/queries.hpp"
#include "storage/like.hpp"

namespace people {
namespace {

constexpr std::size_t longest_search = 100;  // characters
constexpr std::size_t least_digits = 4;

std::array<std::string, 3> patterns_of(std::string_view search) {
  std::array<std::string, 3> patterns;
  std::size_t count = 0;
  for (std::string_view rest = search; count < patterns.size(); ++count) {
    rest = base::trim(rest);
    const auto end = rest.find(' ');
    patterns.at(count) = storage::containing(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return patterns;
}

// Empty when the text is no part of a phone number. In Russia 8 and +7 begin the same number, so a leading
// one says nothing.
std::string phone_pattern(std::string_view search) {
  std::string digits;
  for (const char c : search) {
    if (c >= '0' && c <= '9')
      digits += c;
    else if (std::string_view("+-() ").find(c) == std::string_view::npos)
      return {};
  }
  if (digits.size() < least_digits) return {};
  if (digits.size() == 11 && (digits.front() == '8' || digits.front() == '7')) digits.erase(0, 1);
  return '%' + digits + '%';
}

}  // namespace

std::vector<Person> page(storage::Transaction& tx, std::string_view search, const Key& after, int limit) {
  const std::string text = base::single_line(base::fold(base::prefix(search, longest_search)));
  const auto [first, second, third] = patterns_of(text);
  return tx.all<Person>(sql::people_after, after.name_key, after.id, first, second, third,
                        phone_pattern(text), limit);
}

std::vector<base::PersonId> staff(storage::Transaction& tx) {
  return tx.all<base::PersonId>(sql::staff);
}

std::vector<base::PersonId> managers_of(storage::Transaction& tx, base::AccountId account) {
  return tx.all<base::PersonId>(sql::managers_of_account, account);
}

}  // namespace people
