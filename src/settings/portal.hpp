// The portal's own name and the ways to support. An empty text leaves what the configuration says.
#pragma once

#include <string>
#include <tuple>

#include "storage/fields.hpp"

namespace settings {

struct Portal {
  std::string brand_ru;
  std::string brand_en;
  std::string support_phone;
  std::string support_email;
  std::string support_hours_ru;
  std::string support_hours_en;

  bool operator==(const Portal&) const = default;

  // By the names under which they are stored.
  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("brand_ru", &Portal::brand_ru),
                      field("brand_en", &Portal::brand_en),
                      field("support_phone", &Portal::support_phone),
                      field("support_email", &Portal::support_email),
                      field("support_hours_ru", &Portal::support_hours_ru),
                      field("support_hours_en", &Portal::support_hours_en)};
  }
};

}  // namespace settings
