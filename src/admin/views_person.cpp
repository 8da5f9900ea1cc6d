#include "admin/views_person.hpp"

#include <array>

#include "admin/people.hpp"
#include "base/message_keys.hpp"

namespace admin {
namespace {

constexpr std::array roles{people::Role::customer, people::Role::manager, people::Role::agent,
                           people::Role::administrator};

std::string_view words_of(base::Locale locale, people::Role role) {
  static constexpr std::array words{msg::role_customer, msg::role_manager, msg::role_agent,
                                    msg::role_administrator};
  return base::text(locale, words.at(static_cast<std::size_t>(role)));
}

// How a state looks; by people::State.
struct Look {
  std::string_view pill;
  std::string_view icon;
  base::Message words;
  base::Message text;
};
constexpr std::array looks{
    Look{"amber", "user-x", msg::state_contact, msg::admin_person_access_contact},
    Look{"green", "user-check", msg::state_active, msg::admin_person_access_active},
    Look{"red", "user-x", msg::state_deactivated, msg::admin_person_access_deactivated}};

const Look& look_of(people::State state) {
  return looks.at(static_cast<std::size_t>(state));
}

}  // namespace

std::optional<people::Role> parse_role(std::string_view name) {
  for (const people::Role role : roles) {
    if (name_of(role) == name) return role;
  }
  return std::nullopt;
}

std::vector<ChoiceView> role_choices(base::Locale locale, people::Role selected) {
  std::vector<ChoiceView> choices;
  for (const people::Role role : roles) {
    choices.push_back({.value = std::string(name_of(role)),
                       .label = std::string(words_of(locale, role)),
                       .selected = role == selected});
  }
  return choices;
}

std::vector<ChoiceView> language_choices(base::Locale selected) {
  return {{.value = "ru", .label = "Русский", .selected = selected == base::Locale::ru},
          {.value = "en", .label = "English", .selected = selected == base::Locale::en}};
}

RowView person_row(base::Locale locale, const people::Person& person, std::string account) {
  const Look& look = look_of(person.state);
  return {
      .href = "/admin/people/" + base::to_string(person.id),
      .title = person.name,
      .detail = person.email,
      .cells = {{.text = std::move(account), .pill = {}, .icon = {}},
                {.text = std::string(words_of(locale, person.role)), .pill = {}, .icon = {}},
                {.text = person.phone, .pill = {}, .icon = {}},
                {.text = std::string(base::text(locale, look.words)), .pill = look.pill, .icon = look.icon}}};
}

StateView state_view(base::Locale locale, const people::Person& person, base::PersonId viewer) {
  const Look& look = look_of(person.state);
  const std::string address = "/admin/people/" + base::to_string(person.id);
  const bool own = person.id == viewer;
  const bool active = person.state == people::State::active;
  const bool deactivated = person.state == people::State::deactivated;
  StateView view;
  view.pill = look.pill;
  view.icon = look.icon;
  view.words = base::text(locale, look.words);
  view.text = base::text(locale, look.text);
  if (!deactivated) view.invite = address + "/invite";
  view.invite_label = base::text(locale, active ? msg::admin_person_invite_again : msg::admin_person_invite);
  if (!deactivated && !own) view.deactivate = address + "/deactivate";
  if (deactivated) view.activate = address + "/activate";
  if (own) view.note = base::text(locale, msg::admin_person_own);
  return view;
}

}  // namespace admin
