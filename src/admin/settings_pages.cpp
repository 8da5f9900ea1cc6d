#include "admin/form_pages.hpp"
#include "admin/pages.hpp"
#include "audit/words_pages.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "settings/settings.hpp"

namespace admin::pages {
namespace {

using Portal = ::settings::Portal;

constexpr std::size_t longest_setting = 120;
constexpr std::string_view address = "/admin/settings";

struct Setting {
  std::string_view id;
  base::Message label;
  std::string Portal::* set;
  std::string web::Settings::* configured;
  std::string_view type = "text";
};

constexpr Setting all[] = {
    {"brand_ru", msg::admin_settings_brand_ru, &Portal::brand_ru, &web::Settings::brand_ru},
    {"brand_en", msg::admin_settings_brand_en, &Portal::brand_en, &web::Settings::brand_en},
    {"support_phone", msg::admin_settings_phone, &Portal::support_phone, &web::Settings::support_phone,
     "tel"},
    {"support_email", msg::admin_settings_email, &Portal::support_email, &web::Settings::support_email,
     "email"},
    {"support_hours_ru", msg::admin_settings_hours_ru, &Portal::support_hours_ru,
     &web::Settings::support_hours_ru},
    {"support_hours_en", msg::admin_settings_hours_en, &Portal::support_hours_en,
     &web::Settings::support_hours_en}};

// Hints live as long as the view that shows them.
std::vector<std::string> hints(const web::Context& ctx) {
  std::vector<std::string> list;
  for (const Setting& setting : all)
    list.push_back(ctx.t(msg::admin_settings_standard, ctx.environment.settings.*(setting.configured)));
  return list;
}

std::vector<FieldView> fields(const web::Context& ctx, const Portal& portal,
                              const std::vector<std::string>& hints) {
  std::vector<FieldView> list;
  for (std::size_t i = 0; i < std::size(all); ++i) {
    list.push_back({.id = all[i].id,
                    .label = ctx.t(all[i].label),
                    .value = portal.*(all[i].set),
                    .hint = hints[i],
                    .type = all[i].type,
                    .optional = true});
  }
  return list;
}

Portal typed_portal(const web::Context& ctx) {
  Portal portal;
  for (const Setting& setting : all) portal.*(setting.set) = base::single_line(typed(ctx, setting.id));
  return portal;
}

// As the form was when it was opened.
Portal portal_before(const web::Context& ctx) {
  Portal portal;
  for (const Setting& setting : all) portal.*(setting.set) = typed(ctx, "was_" + std::string(setting.id));
  return portal;
}

base::Result<void> check(const Portal& portal) {
  std::vector<base::FieldError> errors;
  for (const Setting& setting : all) {
    if (base::length(portal.*(setting.set)) > longest_setting)
      errors.push_back(
          {std::string(setting.id), msg::admin_settings_too_long, {std::to_string(longest_setting)}});
  }
  if (!portal.support_email.empty() && base::mail_key(portal.support_email).empty())
    errors.push_back({"support_email", msg::people_error_email_malformed, {}});
  if (!errors.empty()) return base::fail(std::move(errors));
  return {};
}

base::Result<void> change(storage::Transaction& tx, const audit::Actor& actor, const Portal& before,
                          const Portal& after) {
  const Portal now = ::settings::read(tx);
  if (now != before) return base::fail(base::ErrorKind::conflict);
  if (auto checked = check(after); !checked) return checked;
  audit::Changes changes;
  for (const Setting& setting : all)
    audit::note(changes, setting.id, now.*(setting.set), after.*(setting.set));
  if (changes.empty()) return {};
  ::settings::write(tx, after);
  audit::record(tx, actor, audit::Act::settings_changed, {}, changes);
  return {};
}

FormView form_view(const web::Context& ctx, std::vector<FieldView> fields) {
  FormView view;
  view.address = address;
  view.back = "/admin";
  view.back_label = ctx.t(msg::layout_admin);
  view.title = ctx.t(msg::admin_settings);
  view.lead = ctx.t(msg::admin_index_settings);
  view.fields = std::move(fields);
  return view;
}

}  // namespace

web::Response settings(web::Context& ctx) {
  const auto texts = hints(ctx);
  const auto now = ctx.read([](storage::Transaction& tx) { return ::settings::read(tx); });
  return show_form(ctx, form_view(ctx, fields(ctx, now, texts)));
}

web::Response change_settings(web::Context& ctx) {
  const Portal after = typed_portal(ctx);
  const auto changed = ctx.write([&](storage::Transaction& tx) {
    return change(tx, audit::pages::actor_of(ctx), portal_before(ctx), after);
  });
  if (changed) return done(ctx, std::string(address), msg::admin_form_saved);
  const auto texts = hints(ctx);
  const auto now = ctx.read([](storage::Transaction& tx) { return ::settings::read(tx); });
  return show_again(ctx, form_view(ctx, fields(ctx, after, texts)), changed.error(), fields(ctx, now, texts),
                    0);
}

}  // namespace admin::pages
