#include "admin/pages.hpp"
#include "admin/views.gen.hpp"
#include "base/message_keys.hpp"

namespace admin::pages {

web::Response index(web::Context& ctx) {
  const auto tile = [&](std::string_view href, std::string_view icon, base::Message title,
                        base::Message text) {
    return TileView{.href = href, .icon = icon, .title = ctx.t(title), .text = ctx.t(text)};
  };
  const IndexView view{
      .tiles = {tile("/admin/accounts", "building-2", msg::admin_accounts, msg::admin_index_accounts),
                tile("/admin/people", "users", msg::admin_people, msg::admin_index_people),
                tile("/access-requests", "user-check", msg::access_list_title, msg::admin_index_access),
                tile("/admin/products", "package", msg::admin_products, msg::admin_index_products),
                tile("/admin/transfer", "file-spreadsheet", msg::admin_transfer, msg::admin_index_transfer),
                tile("/admin/audit", "activity", msg::admin_audit, msg::admin_index_audit),
                tile("/admin/settings", "settings", msg::admin_settings, msg::admin_index_settings)}};
  return ctx.render(views::index, ctx.page(ctx.t(msg::layout_admin), web::Section::admin), view);
}

}  // namespace admin::pages
