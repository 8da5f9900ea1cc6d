#include "accounts/pages.hpp"

#include "accounts/accounts.hpp"
#include "accounts/views.gen.hpp"
#include "base/text.hpp"

namespace accounts::pages {

web::Response look_up(web::Context& ctx) {
  constexpr int most = 20;
  const std::string_view typed = base::trim(base::prefix(ctx.query.get("q"), 100));
  const auto found = ctx.read([&](storage::Transaction& tx) { return page(tx, typed, {}, most); });
  OptionsView view;
  for (const Account& account : found)
    view.options.push_back({.id = base::to_string(account.id), .name = account.name});
  return ctx.render(views::options, web::Page{}, view);
}

}  // namespace accounts::pages
