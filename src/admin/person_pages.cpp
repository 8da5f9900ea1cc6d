#include <optional>

#include "accounts/accounts.hpp"
#include "admin/form_pages.hpp"
#include "admin/list_pages.hpp"
#include "admin/pages.hpp"
#include "admin/people.hpp"
#include "admin/views.gen.hpp"
#include "admin/views_person.hpp"
#include "audit/words_pages.hpp"
#include "base/message_keys.hpp"
#include "people/directory.hpp"
#include "people/people.hpp"

namespace admin::pages {
namespace {

constexpr std::string_view address_of_list = "/admin/people";

std::vector<FieldView> fields(const web::Context& ctx, const PersonForm& form) {
  return {{.id = "name", .label = ctx.t(msg::admin_field_person_name), .value = form.name},
          {.id = "email", .label = ctx.t(msg::admin_field_email), .value = form.email, .type = "email"},
          {.id = "phone",
           .label = ctx.t(msg::admin_field_phone),
           .value = form.phone,
           .type = "tel",
           .optional = true},
          {.id = "account",
           .label = ctx.t(msg::admin_field_account),
           .value = form.account,
           .kind = FieldKind::account},
          {.id = "role",
           .label = ctx.t(msg::admin_field_role),
           .value = std::string(name_of(form.role)),
           .kind = FieldKind::choice,
           .choices = role_choices(ctx.locale, form.role)},
          {.id = "language",
           .label = ctx.t(msg::admin_field_language),
           .value = std::string(base::locale_code(form.locale)),
           .kind = FieldKind::choice,
           .choices = language_choices(form.locale)}};
}

FormView form_view(const web::Context& ctx, std::string address, std::string title, const PersonForm& form) {
  FormView view;
  view.address = std::move(address);
  view.back = address_of_list;
  view.back_label = ctx.t(msg::admin_people);
  view.title = std::move(title);
  view.fields = fields(ctx, form);
  return view;
}

FormView new_person_view(const web::Context& ctx, const PersonForm& form) {
  FormView view =
      form_view(ctx, std::string(address_of_list), std::string(ctx.t(msg::admin_new_person)), form);
  view.lead = ctx.t(msg::admin_new_person_lead);
  return view;
}

PersonForm typed_form(const web::Context& ctx) {
  PersonForm form{.name = typed(ctx, "name"),
                  .email = typed(ctx, "email"),
                  .phone = typed(ctx, "phone"),
                  .account = typed(ctx, "account")};
  if (const auto role = parse_role(typed(ctx, "role"))) form.role = *role;
  if (const auto locale = base::parse_locale(typed(ctx, "language"))) form.locale = *locale;
  return form;
}

struct Standing {
  people::Person person;
  PersonForm form;
};

std::optional<Standing> stands(web::Context& ctx) {
  return ctx.read([&](storage::Transaction& tx) -> std::optional<Standing> {
    auto person = people::find(tx, {ctx.path_number("id")});
    if (!person) return std::nullopt;
    PersonForm form = form_of(tx, *person);
    return Standing{.person = *std::move(person), .form = std::move(form)};
  });
}

std::string address_of(base::PersonId id) {
  return "/admin/people/" + base::to_string(id);
}

// An act beside the form, after which the person is shown again.
template <class Act>
web::Response do_and_show(web::Context& ctx, Act act, base::Message said) {
  const base::PersonId id{ctx.path_number("id")};
  const auto result =
      ctx.write([&](storage::Transaction& tx) { return act(tx, audit::pages::actor_of(ctx), id); });
  if (!result) return web::problem(ctx, result.error());
  return done(ctx, address_of(id), said);
}

}  // namespace

web::Response people(web::Context& ctx) {
  const Asked wanted = asked(ctx);
  ListView view{.address = std::string(address_of_list),
                .search = wanted.search,
                .search_label = ctx.t(msg::admin_list_search_people),
                .new_address = "/admin/people/new",
                .new_label = ctx.t(msg::admin_list_new_person),
                .headings = {ctx.t(msg::admin_field_person_name), ctx.t(msg::admin_field_account),
                             ctx.t(msg::admin_field_role), ctx.t(msg::admin_field_phone),
                             ctx.t(msg::admin_field_state)},
                .rows = {},
                .empty = ctx.t(wanted.search.empty() ? msg::admin_list_none_people : msg::admin_list_nothing),
                .next = {},
                .later = wanted.id != 0};
  ctx.read([&](storage::Transaction& tx) {
    view.rows.clear();
    auto found =
        ::people::page(tx, wanted.search, {.name_key = wanted.name_key, .id = {wanted.id}}, page_size + 1);
    if (found.size() > page_size) {
      found.resize(page_size);
      view.next = page_after(view.address, wanted, found.back().name_key, found.back().id.value);
    }
    for (const ::people::Person& person : found) {
      const auto account = ::accounts::find(tx, person.account_id);
      view.rows.push_back(person_row(ctx.locale, person, account ? account->name : std::string{}));
    }
  });
  return ctx.render(views::list, ctx.page(ctx.t(msg::admin_people), web::Section::admin), view);
}

web::Response new_person(web::Context& ctx) {
  return show_form(ctx, new_person_view(ctx, {}));
}

web::Response create_person(web::Context& ctx) {
  const PersonForm form = typed_form(ctx);
  const auto created = ctx.write([&](storage::Transaction& tx) {
    return admin::create_person(tx, audit::pages::actor_of(ctx), form, Invitation::by_mail);
  });
  if (created) return done(ctx, address_of(created->id), msg::admin_person_invited);
  return show_again(ctx, new_person_view(ctx, form), created.error(), {}, 0);
}

web::Response person(web::Context& ctx) {
  const auto now = stands(ctx);
  if (!now) return web::problem(ctx, 404);
  FormView view = form_view(ctx, address_of(now->person.id), now->person.name, now->form);
  view.version = now->person.version;
  view.states = {state_view(ctx.locale, now->person, ctx.person().id)};
  return show_form(ctx, std::move(view));
}

web::Response change_person(web::Context& ctx) {
  const PersonForm form = typed_form(ctx);
  const auto changed = ctx.write([&](storage::Transaction& tx) {
    return admin::change_person(tx, audit::pages::actor_of(ctx), {ctx.path_number("id")}, version_of(ctx),
                                form);
  });
  if (changed) return done(ctx, ctx.request.path, msg::admin_form_saved);
  const auto now = stands(ctx);
  if (!now) return web::problem(ctx, 404);
  FormView view = form_view(ctx, address_of(now->person.id), now->person.name, form);
  view.states = {state_view(ctx.locale, now->person, ctx.person().id)};
  return show_again(ctx, std::move(view), changed.error(), fields(ctx, now->form), now->person.version);
}

web::Response invite(web::Context& ctx) {
  return do_and_show(ctx, admin::invite, msg::admin_person_invited);
}

web::Response deactivate(web::Context& ctx) {
  return do_and_show(ctx, admin::deactivate, msg::admin_person_deactivated);
}

web::Response activate(web::Context& ctx) {
  return do_and_show(ctx, admin::activate, msg::admin_person_activated);
}

}  // namespace admin::pages
