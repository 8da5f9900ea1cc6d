#include "audit/words_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/message_keys.hpp"

namespace audit::pages {
namespace {

struct FieldWords {
  std::string_view field;
  base::Message words;
};

constexpr std::array field_words{FieldWords{"name", msg::admin_field_name},
                                 FieldWords{"person_name", msg::admin_field_person_name},
                                 FieldWords{"email", msg::admin_field_email},
                                 FieldWords{"phone", msg::admin_field_phone},
                                 FieldWords{"country", msg::admin_field_country},
                                 FieldWords{"domains", msg::admin_field_domains},
                                 FieldWords{"account", msg::admin_field_account},
                                 FieldWords{"role", msg::admin_field_role},
                                 FieldWords{"language", msg::admin_field_language},
                                 FieldWords{"state", msg::admin_field_state},
                                 FieldWords{"kind", msg::admin_field_kind},
                                 FieldWords{"aliases", msg::admin_field_aliases},
                                 FieldWords{"position", msg::admin_field_position},
                                 FieldWords{"archived", msg::admin_field_archived},
                                 FieldWords{"brand_ru", msg::admin_settings_brand_ru},
                                 FieldWords{"brand_en", msg::admin_settings_brand_en},
                                 FieldWords{"support_phone", msg::admin_settings_phone},
                                 FieldWords{"support_email", msg::admin_settings_email},
                                 FieldWords{"support_hours_ru", msg::admin_settings_hours_ru},
                                 FieldWords{"support_hours_en", msg::admin_settings_hours_en},
                                 FieldWords{"lines", msg::transfer_lines},
                                 FieldWords{"added", msg::transfer_added},
                                 FieldWords{"changed", msg::transfer_changed}};

struct ValueWords {
  std::string_view field;
  std::string_view value;
  base::Message words;
};

constexpr std::array value_words{ValueWords{"role", "customer", msg::role_customer},
                                 ValueWords{"role", "manager", msg::role_manager},
                                 ValueWords{"role", "agent", msg::role_agent},
                                 ValueWords{"role", "administrator", msg::role_administrator},
                                 ValueWords{"state", "contact", msg::state_contact},
                                 ValueWords{"state", "active", msg::state_active},
                                 ValueWords{"state", "deactivated", msg::state_deactivated},
                                 ValueWords{"archived", "0", msg::audit_no},
                                 ValueWords{"archived", "1", msg::audit_yes}};

std::string words_of_value(base::Locale locale, std::string_view field, const std::string& value) {
  const auto found = std::ranges::find_if(
      value_words, [&](const ValueWords& known) { return known.field == field && known.value == value; });
  return found == value_words.end() ? value : std::string(base::text(locale, found->words));
}

}  // namespace

Actor actor_of(const web::Context& ctx) {
  return {.id = ctx.person().id, .name = ctx.person().name, .client = ctx.request.client};
}

base::Message words_of(Act act) {
  switch (act) {
    case Act::account_created:
      return msg::audit_act_account_created;
    case Act::account_changed:
      return msg::audit_act_account_changed;
    case Act::person_created:
      return msg::audit_act_person_created;
    case Act::person_changed:
      return msg::audit_act_person_changed;
    case Act::person_invited:
      return msg::audit_act_person_invited;
    case Act::person_deactivated:
      return msg::audit_act_person_deactivated;
    case Act::person_activated:
      return msg::audit_act_person_activated;
    case Act::access_approved:
      return msg::audit_act_access_approved;
    case Act::access_refused:
      return msg::audit_act_access_refused;
    case Act::product_created:
      return msg::audit_act_product_created;
    case Act::product_changed:
      return msg::audit_act_product_changed;
    case Act::settings_changed:
      return msg::audit_act_settings_changed;
    case Act::people_imported:
      return msg::audit_act_people_imported;
    case Act::accounts_imported:
      return msg::audit_act_accounts_imported;
  }
  return msg::audit_what;
}

std::string words_of_field(base::Locale locale, std::string_view field) {
  const auto found = std::ranges::find(field_words, field, &FieldWords::field);
  return found == field_words.end() ? std::string(field) : std::string(base::text(locale, found->words));
}

std::string words_of_change(base::Locale locale, const Change& change) {
  if (change.before.empty()) {
    return fmt::format("{}: {}", words_of_field(locale, change.field),
                       words_of_value(locale, change.field, change.after));
  }
  return base::format(locale, msg::audit_change, words_of_field(locale, change.field),
                      words_of_value(locale, change.field, change.before),
                      words_of_value(locale, change.field, change.after));
}

}  // namespace audit::pages
