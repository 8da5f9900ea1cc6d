// A person's role and access, as pages show them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "admin/views.hpp"
#include "base/messages.hpp"
#include "people/person.hpp"

namespace admin {

[[nodiscard]] std::optional<people::Role> parse_role(std::string_view name);
[[nodiscard]] std::vector<ChoiceView> role_choices(base::Locale locale, people::Role selected);
[[nodiscard]] std::vector<ChoiceView> language_choices(base::Locale selected);

[[nodiscard]] RowView person_row(base::Locale locale, const people::Person& person, std::string account);

// What may be done about the access of `person` by whoever looks at it.
[[nodiscard]] StateView state_view(base::Locale locale, const people::Person& person, base::PersonId viewer);

}  // namespace admin
