// Keys of pages in the order of names, as they stand in addresses.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "web/context.hpp"

namespace admin::pages {

inline constexpr int page_size = 50;

struct Asked {
  std::string search;
  std::string name_key;  // the page begins after this
  std::int64_t id = 0;
};

// From ?q=&after=ID-NAME; an address that says nothing of it asks for the first page.
[[nodiscard]] Asked asked(const web::Context& ctx);

// The address of the page after that row.
[[nodiscard]] std::string page_after(std::string_view list, const Asked& asked, std::string_view name_key,
                                     std::int64_t id);

}  // namespace admin::pages
