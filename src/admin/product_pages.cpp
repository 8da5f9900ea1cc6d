#include "admin/form_pages.hpp"
#include "admin/list_pages.hpp"
#include "admin/pages.hpp"
#include "admin/products.hpp"
#include "admin/views.gen.hpp"
#include "audit/words_pages.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"

namespace admin::pages {
namespace {

constexpr std::string_view address_of_list = "/admin/products";

std::vector<FieldView> fields(const web::Context& ctx, const ProductForm& form) {
  return {{.id = "name", .label = ctx.t(msg::admin_field_name), .value = form.name},
          {.id = "kind",
           .label = ctx.t(msg::admin_field_kind),
           .value = form.kind,
           .hint = ctx.t(msg::admin_field_kind_hint),
           .optional = true},
          {.id = "aliases",
           .label = ctx.t(msg::admin_field_aliases),
           .value = form.aliases,
           .hint = ctx.t(msg::admin_field_aliases_hint),
           .optional = true},
          {.id = "position",
           .label = ctx.t(msg::admin_field_position),
           .value = form.position,
           .hint = ctx.t(msg::admin_field_position_hint),
           .optional = true},
          {.id = "archived",
           .label = ctx.t(msg::admin_field_archived),
           .value = form.archived ? "1" : "",
           .hint = ctx.t(msg::admin_field_archived_hint),
           .kind = FieldKind::checkbox}};
}

FormView form_view(const web::Context& ctx, std::string address, std::string title, const ProductForm& form) {
  FormView view;
  view.address = std::move(address);
  view.back = address_of_list;
  view.back_label = ctx.t(msg::admin_products);
  view.title = std::move(title);
  view.fields = fields(ctx, form);
  return view;
}

ProductForm typed_form(const web::Context& ctx) {
  return {.name = typed(ctx, "name"),
          .kind = typed(ctx, "kind"),
          .aliases = typed(ctx, "aliases"),
          .position = typed(ctx, "position"),
          .archived = ctx.form.has("archived")};
}

std::optional<products::Product> stands(web::Context& ctx) {
  return ctx.read([&](storage::Transaction& tx) { return ::products::find(tx, {ctx.path_number("id")}); });
}

RowView row_view(const web::Context& ctx, const ::products::Product& product) {
  return {.href = "/admin/products/" + base::to_string(product.id),
          .title = product.name,
          .detail = product.aliases,
          .cells = {{.text = product.kind, .pill = {}, .icon = {}},
                    {.text = std::to_string(product.position), .pill = {}, .icon = {}, .labelled = true},
                    {.text = product.archived ? std::string(ctx.t(msg::admin_field_archived)) : std::string{},
                     .pill = product.archived ? "gray" : "",
                     .icon = "archive"}}};
}

bool is_found(const ::products::Product& product, const std::string& search) {
  return base::fold(product.name + ' ' + product.aliases).contains(search);
}

}  // namespace

web::Response products(web::Context& ctx) {
  const std::string search = asked(ctx).search;
  ListView view{.address = std::string(address_of_list),
                .search = search,
                .search_label = ctx.t(msg::admin_list_search_products),
                .new_address = "/admin/products/new",
                .new_label = ctx.t(msg::admin_list_new_product),
                .headings = {ctx.t(msg::admin_field_name), ctx.t(msg::admin_field_kind),
                             ctx.t(msg::admin_field_position), ctx.t(msg::admin_field_archived)},
                .rows = {},
                .empty = ctx.t(search.empty() ? msg::admin_list_none_products : msg::admin_list_nothing),
                .next = {},
                .later = false};
  // Products are few, so all of them make one page.
  for (const ::products::Product& product : *::products::catalogue(ctx.environment.database)) {
    if (is_found(product, base::fold(search))) view.rows.push_back(row_view(ctx, product));
  }
  return ctx.render(views::list, ctx.page(ctx.t(msg::admin_products), web::Section::admin), view);
}

web::Response new_product(web::Context& ctx) {
  return show_form(
      ctx, form_view(ctx, std::string(address_of_list), std::string(ctx.t(msg::admin_new_product)), {}));
}

web::Response create_product(web::Context& ctx) {
  const ProductForm form = typed_form(ctx);
  const auto created = ctx.write(
      [&](storage::Transaction& tx) { return admin::create_product(tx, audit::pages::actor_of(ctx), form); });
  if (created) return done(ctx, std::string(address_of_list), msg::admin_form_saved);
  return show_again(
      ctx, form_view(ctx, std::string(address_of_list), std::string(ctx.t(msg::admin_new_product)), form),
      created.error(), {}, 0);
}

web::Response product(web::Context& ctx) {
  const auto now = stands(ctx);
  if (!now) return web::problem(ctx, 404);
  FormView view = form_view(ctx, ctx.request.path, now->name, form_of(*now));
  view.version = now->version;
  return show_form(ctx, std::move(view));
}

web::Response change_product(web::Context& ctx) {
  const ProductForm form = typed_form(ctx);
  const auto changed = ctx.write([&](storage::Transaction& tx) {
    return admin::change_product(tx, audit::pages::actor_of(ctx), {ctx.path_number("id")}, version_of(ctx),
                                 form);
  });
  if (changed) return done(ctx, std::string(address_of_list), msg::admin_form_saved);
  const auto now = stands(ctx);
  if (!now) return web::problem(ctx, 404);
  return show_again(ctx, form_view(ctx, ctx.request.path, now->name, form), changed.error(),
                    fields(ctx, form_of(*now)), now->version);
}

}  // namespace admin::pages
