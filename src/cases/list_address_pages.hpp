// Lists in addresses: what a list shows stands in the address, so that it can be kept, sent and printed.
#pragma once

#include <string>
#include <string_view>

#include "cases/list.hpp"
#include "web/context.hpp"

namespace cases {

[[nodiscard]] std::string_view name_of(View view);
[[nodiscard]] std::string_view name_of(Sort sort);

// What an address asks for. Values that mean nothing are left out.
struct ListAddress {
  View view = View::mine;
  Sort sort = Sort::opened;
  bool descending = true;
  std::string status;  // "", "active", "archived", or a status's name
  std::int64_t product = 0;
  std::int64_t contact = 0;
  std::string from;   // YYYY-MM-DD
  std::string until;  // the last day, inclusive
  std::string search;

  [[nodiscard]] std::string text() const;  // "/cases?view=…"
};

inline constexpr std::string_view status_names[] = {"new",    "working", "waiting",
                                                    "solved", "closed",  "reopened"};

[[nodiscard]] ListAddress read_address(const web::Context& ctx);
[[nodiscard]] ListQuery query_of(const web::Context& ctx, const ListAddress& address);

[[nodiscard]] std::string write_key(const Key& key);
[[nodiscard]] std::optional<Key> read_key(std::string_view text);

}  // namespace cases
