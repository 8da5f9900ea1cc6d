#include "cases/list_address_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/format.hpp"
#include "base/text.hpp"
#include "web/url.hpp"

namespace cases {
namespace {

constexpr std::array<std::string_view, 4> view_names{"mine", "company", "recent", "recent-cases"};
constexpr std::array<std::string_view, 6> sort_names{"opened", "number",  "subject",
                                                     "status", "contact", "account"};

template <class Enum, std::size_t n>
Enum named(const std::array<std::string_view, n>& names, std::string_view name, Enum otherwise) {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? otherwise : static_cast<Enum>(found - names.begin());
}

StatusMask mask_named(std::string_view name) {
  if (name == "active") return active_statuses;
  if (name == "archived") return archived_statuses;
  for (int i = 0; i < status_count; ++i) {
    if (name == status_names[i]) return 1U << i;
  }
  return every_status;
}

std::int64_t number(std::string_view text) {
  return base::parse_id(text).value_or(0);
}

}  // namespace

std::string_view name_of(View view) {
  return view_names.at(static_cast<std::size_t>(view));
}
std::string_view name_of(Sort sort) {
  return sort_names.at(static_cast<std::size_t>(sort));
}

ListAddress read_address(const web::Context& ctx) {
  const web::Form& query = ctx.query;
  ListAddress address;
  // Without a view the person's own choice is opened.
  const auto pinned = static_cast<View>(std::min<std::uint8_t>(ctx.person().pinned_view, 3));
  address.view = named(view_names, query.get("view"), pinned);
  address.sort = named(sort_names, query.get("sort"), Sort::opened);
  address.descending = query.has("dir") ? query.get("dir") != "asc" : address.sort == Sort::opened;
  if (mask_named(query.get("status")) != every_status) address.status = query.get("status");
  address.product = number(query.get("product"));
  address.contact = number(query.get("contact"));
  if (base::parse_day(query.get("from"), ctx.time_zone())) address.from = query.get("from");
  if (base::parse_day(query.get("to"), ctx.time_zone())) address.until = query.get("to");
  address.search = base::single_line(base::prefix(query.get("q"), 200));
  return address;
}

std::string ListAddress::text() const {
  std::string out =
      fmt::format("/cases?view={}&sort={}&dir={}", name_of(view), name_of(sort), descending ? "desc" : "asc");
  if (!status.empty()) out += "&status=" + status;
  if (product != 0) out += fmt::format("&product={}", product);
  if (contact != 0) out += fmt::format("&contact={}", contact);
  if (!from.empty()) out += "&from=" + from;
  if (!until.empty()) out += "&to=" + until;
  if (!search.empty()) out += "&q=" + web::encode_component(search);
  return out;
}

ListQuery query_of(const web::Context& ctx, const ListAddress& address) {
  ListQuery query;
  query.view = address.view;
  query.sort = address.sort;
  query.descending = address.descending;
  query.statuses = mask_named(address.status);
  query.product = {address.product};
  query.contact = {address.contact};
  query.from = base::parse_day(address.from, ctx.time_zone());
  if (!address.until.empty()) query.until = base::parse_day(address.until, ctx.time_zone()) + base::days(1);
  query.search = address.search;
  if (ctx.query.has("before")) {
    query.after = read_key(ctx.query.get("before"));
    query.backwards = query.after.has_value();
  } else if (ctx.query.has("after")) {
    query.after = read_key(ctx.query.get("after"));
  }
  return query;
}

std::string write_key(const Key& key) {
  return fmt::format("{}.{}.{}", key.id, key.number, key.text);
}

std::optional<Key> read_key(std::string_view text) {
  Key key;
  const char* const end = text.data() + text.size();
  const auto id = std::from_chars(text.data(), end, key.id);
  if (id.ec != std::errc{} || id.ptr == end || *id.ptr != '.') return std::nullopt;
  const auto number = std::from_chars(id.ptr + 1, end, key.number);
  if (number.ec != std::errc{} || number.ptr == end || *number.ptr != '.') return std::nullopt;
  key.text = base::prefix({number.ptr + 1, static_cast<std::size_t>(end - number.ptr - 1)}, 200);
  return key;
}

}  // namespace cases
