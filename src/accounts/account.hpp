// An organisation that uses the vendor's products (учётная запись), or the vendor itself.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "storage/fields.hpp"

namespace accounts {

enum class Kind : std::uint8_t { customer = 0, vendor = 1 };

struct Account {
  base::AccountId id;
  Kind kind = Kind::customer;
  std::string name;
  std::string name_key;  // folded, what lists are sorted by
  std::string phone;
  std::string country = "RU";  // ISO 3166-1 alpha-2
  base::Instant created_at;
  std::int64_t version = 1;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Account::id),
                      field("kind", &Account::kind),
                      field("name", &Account::name),
                      field("name_key", &Account::name_key),
                      field("phone", &Account::phone),
                      field("country", &Account::country),
                      field("created_at", &Account::created_at),
                      field("version", &Account::version)};
  }
};

}  // namespace accounts
