#include "accounts/accounts.hpp"
#include "accounts/domains.hpp"
#include "admin/accounts.hpp"
#include "admin/form_pages.hpp"
#include "admin/list_pages.hpp"
#include "admin/pages.hpp"
#include "admin/views.gen.hpp"
#include "audit/words_pages.hpp"
#include "base/format.hpp"
#include "base/message_keys.hpp"

namespace admin::pages {
namespace {

constexpr std::string_view address_of_list = "/admin/accounts";

RowView row_view(storage::Transaction& tx, const web::Context& ctx, const accounts::Account& account) {
  std::string domains;
  for (const std::string& domain : accounts::domains_of(tx, account.id))
    domains += (domains.empty() ? "" : ", ") + domain;
  const bool vendor = account.kind == accounts::Kind::vendor;
  return {.href = "/admin/accounts/" + base::to_string(account.id),
          .title = account.name,
          .detail = vendor ? std::string(ctx.t(msg::admin_vendor)) : std::string{},
          .cells = {{.text = domains, .pill = {}, .icon = {}},
                    {.text = account.phone, .pill = {}, .icon = {}},
                    {.text = base::country_name(ctx.locale, account.country), .pill = {}, .icon = {}},
                    {.text = base::grouped(ctx.locale, accounts::people_of(tx, account.id)),
                     .pill = {},
                     .icon = {},
                     .labelled = true}}};
}

std::vector<FieldView> fields(const web::Context& ctx, const AccountForm& form) {
  return {{.id = "name", .label = ctx.t(msg::admin_field_name), .value = form.name},
          {.id = "domains",
           .label = ctx.t(msg::admin_field_domains),
           .value = form.domains,
           .hint = ctx.t(msg::admin_field_domains_hint),
           .optional = true},
          {.id = "phone",
           .label = ctx.t(msg::admin_field_phone),
           .value = form.phone,
           .type = "tel",
           .optional = true},
          {.id = "country",
           .label = ctx.t(msg::admin_field_country),
           .value = form.country,
           .kind = FieldKind::choice,
           .choices = countries(ctx, form.country)}};
}

FormView form_view(const web::Context& ctx, std::string address, std::string title, const AccountForm& form) {
  FormView view;
  view.address = std::move(address);
  view.back = address_of_list;
  view.back_label = ctx.t(msg::admin_accounts);
  view.title = std::move(title);
  view.fields = fields(ctx, form);
  return view;
}

AccountForm typed_form(const web::Context& ctx) {
  AccountForm form{
      .name = typed(ctx, "name"), .phone = typed(ctx, "phone"), .domains = typed(ctx, "domains")};
  const std::string country = typed(ctx, "country");
  for (const auto& [code, name] : base::countries(ctx.locale)) {
    if (code == country) form.country = country;
  }
  return form;
}

// The record as it stands, for the form that shows it.
struct Standing {
  accounts::Account account;
  AccountForm form;
};

std::optional<Standing> stands(web::Context& ctx) {
  return ctx.read([&](storage::Transaction& tx) -> std::optional<Standing> {
    auto account = accounts::find(tx, {ctx.path_number("id")});
    if (!account) return std::nullopt;
    AccountForm form = form_of(tx, *account);
    return Standing{.account = *std::move(account), .form = std::move(form)};
  });
}

}  // namespace

web::Response accounts(web::Context& ctx) {
  const Asked wanted = asked(ctx);
  ListView view{
      .address = std::string(address_of_list),
      .search = wanted.search,
      .search_label = ctx.t(msg::admin_list_search_accounts),
      .new_address = "/admin/accounts/new",
      .new_label = ctx.t(msg::admin_list_new_account),
      .headings = {ctx.t(msg::admin_field_name), ctx.t(msg::admin_field_domains),
                   ctx.t(msg::admin_field_phone), ctx.t(msg::admin_field_country),
                   ctx.t(msg::admin_field_people)},
      .rows = {},
      .empty = ctx.t(wanted.search.empty() ? msg::admin_list_none_accounts : msg::admin_list_nothing),
      .next = {},
      .later = wanted.id != 0};
  ctx.read([&](storage::Transaction& tx) {
    view.rows.clear();
    auto found =
        accounts::page(tx, wanted.search, {.name_key = wanted.name_key, .id = {wanted.id}}, page_size + 1);
    if (found.size() > page_size) {
      found.resize(page_size);
      view.next = page_after(view.address, wanted, found.back().name_key, found.back().id.value);
    }
    for (const accounts::Account& account : found) view.rows.push_back(row_view(tx, ctx, account));
  });
  return ctx.render(views::list, ctx.page(ctx.t(msg::admin_accounts), web::Section::admin), view);
}

web::Response new_account(web::Context& ctx) {
  return show_form(
      ctx, form_view(ctx, std::string(address_of_list), std::string(ctx.t(msg::admin_new_account)), {}));
}

web::Response create_account(web::Context& ctx) {
  const AccountForm form = typed_form(ctx);
  const auto created = ctx.write(
      [&](storage::Transaction& tx) { return admin::create_account(tx, audit::pages::actor_of(ctx), form); });
  if (created) return done(ctx, std::string(address_of_list), msg::admin_form_saved);
  return show_again(
      ctx, form_view(ctx, std::string(address_of_list), std::string(ctx.t(msg::admin_new_account)), form),
      created.error(), {}, 0);
}

web::Response account(web::Context& ctx) {
  const auto now = stands(ctx);
  if (!now) return web::problem(ctx, 404);
  FormView view = form_view(ctx, ctx.request.path, now->account.name, now->form);
  view.version = now->account.version;
  return show_form(ctx, std::move(view));
}

web::Response change_account(web::Context& ctx) {
  const AccountForm form = typed_form(ctx);
  const auto changed = ctx.write([&](storage::Transaction& tx) {
    return admin::change_account(tx, audit::pages::actor_of(ctx), {ctx.path_number("id")}, version_of(ctx),
                                 form);
  });
  if (changed) return done(ctx, std::string(address_of_list), msg::admin_form_saved);
  const auto now = stands(ctx);
  if (!now) return web::problem(ctx, 404);
  return show_again(ctx, form_view(ctx, ctx.request.path, now->account.name, form), changed.error(),
                    fields(ctx, now->form), now->account.version);
}

}  // namespace admin::pages
