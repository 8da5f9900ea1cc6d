// Any bytes as a path, a query and a file name: what comes out is always text, and encoding it is undone by
// decoding.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "web/multipart.hpp"
#include "web/url.hpp"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

bool is_text(std::string_view text) {
  return base::valid_utf8(text) && text.find('\0') == std::string_view::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  if (const auto path = web::decode_path("/" + std::string(input))) {
    require(is_text(*path));
    require(web::decode_path("/" + web::encode_component(path->substr(1))) == *path);
  }
  const web::ParameterLimits limits{.count = 16, .name_bytes = 32, .value_bytes = 128};
  if (const auto parameters = web::parse_parameters(input, limits)) {
    require(parameters->pairs().size() <= limits.count);
    std::string again;
    for (const auto& [name, value] : parameters->pairs()) {
      require(is_text(name) && is_text(value) && name.size() <= limits.name_bytes &&
              value.size() <= limits.value_bytes);
      again += web::encode_component(name) + "=" + web::encode_component(value) + "&";
    }
    const auto second = web::parse_parameters(again, limits);
    require(second && second->pairs() == parameters->pairs());
  }
  const auto name = web::safe_file_name(input);
  require(is_text(name) && !name.empty() && name.size() <= 255 &&
          name.find_first_of("/\\") == std::string::npos);
  require(web::safe_file_name(name) == name || name.size() > 250);
  return 0;
}
