#include "cases/list.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

#include "cases/history.hpp"
#include "cases/list_sql.hpp"
#include "cases/queries.hpp"
#include "cases/words.hpp"

namespace cases {
namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::string_view after_all_text = "\xF4\x8F\xBF\xBF";

// The key before the first row, in the direction of the sorting.
Key before_first(const ListQuery& query) {
  if (query.descending) return {.text = std::string(after_all_text), .number = largest, .id = largest};
  return {.text = {}, .number = -1, .id = 0};
}

Scope scope_of(const people::Viewer& viewer, const ListQuery& query) {
  if (query.view == View::recent || query.view == View::recent_cases) return Scope::recent;
  if (viewer.staff()) return Scope::everything;
  return query.view == View::mine ? Scope::contact : Scope::account;
}

// Some orders are another one where they cannot differ, or where nothing indexes them.
Sort effective_sort(Scope scope, Sort sort) {
  const bool one_account = scope == Scope::account || scope == Scope::contact;
  if (sort == Sort::account && one_account) return Sort::opened;
  if (sort == Sort::contact && scope == Scope::contact) return Sort::opened;
  if (scope == Scope::everything && sort != Sort::number) return Sort::opened;
  return sort;
}

Key key_of(const Line& line, Sort sort) {
  switch (sort) {
    case Sort::subject:
      return {.text = line.subject_key, .number = 0, .id = line.id.value};
    case Sort::contact:
      return {.text = line.contact_key, .number = line.contact_id.value, .id = line.id.value};
    case Sort::number:
      return {.text = {}, .number = line.number, .id = line.id.value};
    case Sort::status:
      return {.text = {}, .number = static_cast<std::int64_t>(line.status), .id = line.id.value};
    case Sort::opened:
    case Sort::account:
      break;
  }
  return {.text = {}, .number = 0, .id = line.id.value};
}

// The parameters that every list query takes, in the order of list_sql.cpp.
struct Parameters {
  Parameters(const people::Viewer& viewer, const ListQuery& query, Scope scope)
      : account(viewer.account_id.value),
        person(viewer.id.value),
        statuses(query.statuses),
        product(query.product.value),
        contact(query.contact.value),
        from_id(query.from ? base::id_at(query.from) : 0),
        until_id(query.until ? base::id_at(query.until) : largest),
        staff(viewer.staff()) {
    const Owner owner{
        .account = scope == Scope::account || scope == Scope::contact || (scope == Scope::recent && !staff)
                       ? viewer.account_id
                       : base::AccountId{},
        .contact = scope == Scope::contact ? viewer.id : base::PersonId{}};
    if (!query.search.empty()) match = match_expression(owner, query.search);
  }

  std::int64_t account;
  std::int64_t person;
  std::int64_t statuses;
  std::int64_t product;
  std::int64_t contact;
  std::int64_t from_id;
  std::int64_t until_id;
  bool staff;
  std::string match;
};

// A page has few accounts and people, so each is asked for once.
void name_lines(storage::Transaction& tx, std::vector<Line>& lines, std::span<const Choice> known) {
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    const auto same_account =
        std::find_if(lines.begin(), line, [&](const Line& l) { return l.account_id == line->account_id; });
    line->account = same_account != line
                        ? same_account->account
                        : tx.one<std::string>(sql::name_of_account, line->account_id).value_or("");
    if (const auto choice = std::ranges::find(known, line->contact_id, &Choice::id); choice != known.end()) {
      line->contact = choice->name;
      line->contact_key = choice->name_key;
      continue;
    }
    const auto same_contact =
        std::find_if(lines.begin(), line, [&](const Line& l) { return l.contact_id == line->contact_id; });
    if (same_contact != line) {
      line->contact = same_contact->contact;
      line->contact_key = same_contact->contact_key;
    } else if (auto names =
                   tx.one<std::tuple<std::string, std::string>>(sql::names_of_contact, line->contact_id)) {
      std::tie(line->contact, line->contact_key) = *std::move(names);
    }
  }
}

std::int64_t sum(const Counts& counts, StatusMask statuses) {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if ((statuses >> i & 1U) != 0) total += counts[i];
  }
  return total;
}

bool by_words_alone(const ListQuery& query, Scope scope, const Parameters& p) {
  return !p.match.empty() && !query.product && !query.contact && !query.from && !query.until &&
         query.statuses == every_status && scope != Scope::recent;
}

// The page of a search that nothing else narrows: one walk of the index tells both what stands on it and how
// many there are.
List found_by_words(storage::Transaction& tx, const ListQuery& query, const Parameters& p,
                    std::span<const Choice> known) {
  std::vector<std::int64_t> ids = tx.all<std::int64_t>(found_query(), p.match);  // oldest first
  if (query.descending) std::ranges::reverse(ids);
  const auto begin = ids.begin();
  const auto comes_before = [&](std::int64_t a, std::int64_t b) { return query.descending ? a > b : a < b; };
  auto from = begin;
  auto to = ids.end();
  if (query.after && query.backwards) {
    to = std::ranges::lower_bound(ids, query.after->id, comes_before);
    if (to - from > query.limit) from = to - query.limit;
  } else {
    if (query.after) from = std::ranges::upper_bound(ids, query.after->id, comes_before);
    if (to - from > query.limit) to = from + query.limit;
  }
  List found{.total = static_cast<std::int64_t>(ids.size())};
  for (auto id = from; id != to; ++id) {
    if (auto line = tx.one<Line>(sql::line, *id, p.account, p.staff)) found.lines.push_back(*std::move(line));
  }
  name_lines(tx, found.lines, known);
  if (from != to && to != ids.end()) found.next = Key{.id = *(to - 1)};
  if (from != to && from != begin) found.previous = Key{.id = *from};
  return found;
}

std::int64_t count(storage::Transaction& tx, const people::Viewer& viewer, const ListQuery& query,
                   Scope scope, const Parameters& p) {
  const bool by_status_alone =
      !query.product && !query.contact && !query.from && !query.until && query.search.empty();
  if (by_status_alone && scope != Scope::recent) return sum(counts(tx, viewer, query.view), query.statuses);
  return tx
      .one<std::int64_t>(count_query(scope, !p.match.empty()), p.account, p.person, p.statuses, p.product,
                         p.contact, p.from_id, p.until_id, p.match, p.staff)
      .value_or(0);
}

}  // namespace

List list(storage::Transaction& tx, const people::Viewer& viewer, const ListQuery& query,
          std::span<const Choice> known) {
  const Scope scope = scope_of(viewer, query);
  const Parameters p(viewer, query, scope);
  if (!query.search.empty() && p.match.empty()) return {};  // nothing in it can be searched

  const Sort sort = effective_sort(scope, query.sort);
  if (sort == Sort::opened && by_words_alone(query, scope, p)) return found_by_words(tx, query, p, known);
  const bool descending = query.descending != query.backwards;
  const Key after = query.after.value_or(before_first(query));
  const storage::Query& sql =
      list_query({.scope = scope, .sort = sort, .descending = descending, .searched = !p.match.empty()});
  List found;
  found.lines =
      tx.all<Line>(sql, p.account, p.person, p.statuses, p.product, p.contact, p.from_id, p.until_id, p.match,
                   p.staff, after.text, after.number, after.id, query.limit + 1);
  const bool more = found.lines.size() > static_cast<std::size_t>(query.limit);
  if (more) found.lines.pop_back();
  if (query.backwards) std::ranges::reverse(found.lines);
  name_lines(tx, found.lines, known);
  if (!found.lines.empty()) {
    if (query.backwards || more) found.next = key_of(found.lines.back(), sort);
    if (query.backwards ? more : query.after.has_value()) found.previous = key_of(found.lines.front(), sort);
  }
  found.total = count(tx, viewer, query, scope, p);
  return found;
}

Counts counts(storage::Transaction& tx, const people::Viewer& viewer, View view) {
  using Row = std::tuple<std::int64_t, std::int64_t>;
  const base::PersonId contact = view == View::mine ? viewer.id : base::PersonId{};
  const auto rows =
      viewer.staff() ? tx.all<Row>(sql::counts_of_all) : tx.all<Row>(sql::counts, viewer.account_id, contact);
  Counts counts{};
  for (const auto& [status, number] : rows) {
    if (status >= 0 && status < status_count) counts[static_cast<std::size_t>(status)] = number;
  }
  return counts;
}

std::vector<Choice> contacts(storage::Transaction& tx, const people::Viewer& viewer) {
  std::vector<Choice> choices;
  using Row = std::tuple<base::PersonId, std::string, std::string>;
  for (auto& [id, name, name_key] : tx.all<Row>(sql::contacts_of_account, viewer.account_id)) {
    choices.push_back({.id = id, .name = std::move(name), .name_key = std::move(name_key)});
  }
  return choices;
}

std::vector<Case> waiting(storage::Transaction& tx, const people::Viewer& viewer, int limit) {
  return tx.all<Case>(sql::waiting_for_contact, viewer.account_id, viewer.id, limit);
}

std::vector<Week> weeks(storage::Transaction& tx, const people::Viewer& viewer, int weeks) {
  const std::int64_t last = week_of(base::now());
  const std::int64_t first = last - weeks + 1;
  std::vector<Week> found(static_cast<std::size_t>(weeks));
  for (int i = 0; i < weeks; ++i) {
    found[static_cast<std::size_t>(i)].begins = base::Instant{} + base::days((first + i) * 7 + 4);
  }
  using Row = std::tuple<std::int64_t, std::int64_t, std::int64_t>;
  for (const auto& [week, opened, solved] : tx.all<Row>(sql::weeks_of_account, viewer.account_id, first)) {
    if (week > last) continue;
    found[static_cast<std::size_t>(week - first)].opened = opened;
    found[static_cast<std::size_t>(week - first)].solved = solved;
  }
  return found;
}

}  // namespace cases
