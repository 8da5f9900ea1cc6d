#include "admin/list_pages.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace admin::pages {

Asked asked(const web::Context& ctx) {
  Asked asked{.search = std::string(base::trim(base::prefix(ctx.query.get("q"), 100))), .name_key = {}};
  const std::string_view after = ctx.query.get("after");
  const auto dash = after.find('-');
  if (dash == std::string_view::npos) return asked;
  asked.id = base::parse_id(after.substr(0, dash)).value_or(0);
  asked.name_key = after.substr(dash + 1);
  return asked;
}

std::string page_after(std::string_view list, const Asked& asked, std::string_view name_key,
                       std::int64_t id) {
  return fmt::format("{}?q={}&after={}-{}", list, web::encode_component(asked.search), id,
                     web::encode_component(name_key));
}

}  // namespace admin::pages
