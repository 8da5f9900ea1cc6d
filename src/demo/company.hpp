// The products, organisations and people of the demo. All of them are invented.
#pragma once

#include <span>
#include <string_view>

#include "demo/phrase.hpp"
#include "people/person.hpp"

namespace demo {

struct ProductEntry {
  std::string_view name;
  std::string_view kind;
};

struct PersonEntry {
  std::string_view name;
  Gender gender = Gender::male;
  std::string_view email;
  std::string_view phone;
  people::Role role = people::Role::customer;
  people::State state = people::State::active;
  std::string_view time_zone = "Europe/Moscow";
};

struct OrganisationEntry {
  std::string_view name;
  std::string_view phone;
  std::string_view country;
  std::string_view city;
  std::size_t weight = 1;  // how many cases, compared with the others
  std::span<const PersonEntry> people;
};

[[nodiscard]] std::span<const ProductEntry> product_entries();

// The vendor first, then its twelve customers, of whom the first is the company that the demo shows.
[[nodiscard]] std::span<const OrganisationEntry> organisation_entries();

// The people whose passwords the demo tells.
inline constexpr std::string_view customer_email = "bykov@example.ru";
inline constexpr std::string_view manager_email = "fomina@example.ru";
inline constexpr std::string_view agent_email = "orlova@example.ru";
inline constexpr std::string_view administrator_email = "zimina@example.ru";

// First names and surnames for any number of people more.
struct Names {
  std::span<const std::string_view> first;
  std::span<const std::string_view> last;
};
[[nodiscard]] Names names_of(Gender gender);

// «Антон» of «Антон Быков».
[[nodiscard]] std::string_view first_name(std::string_view name);

}  // namespace demo
