#include "mail/fields.hpp"

#include <boost/json.hpp>

#include "mail/seal.hpp"
#include "mail/settings.hpp"

namespace mail {
namespace {

// A sealed value stands in an array of one, a plain one as a text.
bool is_secret(std::string_view name) {
  return name == "secret" || name == "password";
}

}  // namespace

std::string encode_fields(const Fields& fields) {
  if (fields.empty()) return {};
  boost::json::object object;
  for (const auto& [name, value] : fields) {
    if (is_secret(name)) {
      object[name] = boost::json::array{seal(settings().secret, value)};
    } else {
      object[name] = value;
    }
  }
  return boost::json::serialize(object);
}

std::optional<Fields> decode_fields(std::string_view text) {
  if (text.empty()) return Fields{};
  boost::system::error_code failed;
  const auto parsed = boost::json::parse(text, failed);
  if (failed || !parsed.is_object()) return std::nullopt;
  Fields fields;
  for (const auto& [name, value] : parsed.get_object()) {
    if (value.is_string()) {
      fields.emplace(name, value.get_string());
    } else if (value.is_array() && value.get_array().size() == 1 && value.get_array()[0].is_string()) {
      auto plain = unseal(settings().secret, value.get_array()[0].get_string());
      if (!plain) return std::nullopt;
      fields.emplace(name, *std::move(plain));
    } else {
      return std::nullopt;
    }
  }
  return fields;
}

}  // namespace mail
