// Any bytes as a form: the same parts however they are divided, and never more than the limits.
// The first byte says how the body is cut.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "web/multipart.hpp"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

class Collector final : public web::MultipartHandler {
 public:
  [[nodiscard]] bool begin_part(const web::PartHead& head) override {
    require(base::valid_utf8(head.name) && base::valid_utf8(head.file_name) &&
            base::valid_utf8(head.content_type));
    require(head.is_file == !head.file_name.empty());
    require(head.file_name.size() <= 255 && head.file_name.find_first_of("/\\\r\n") == std::string::npos);
    parts.push_back(head.name + "|" + head.file_name + "|");
    return true;
  }
  [[nodiscard]] bool part_data(std::string_view piece) override {
    require(!piece.empty());
    parts.back() += piece;
    return true;
  }
  [[nodiscard]] bool end_part() override { return true; }

  std::vector<std::string> parts;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view body(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  const web::MultipartLimits limits{
      .parts = 8, .head_bytes = 512, .name_bytes = 64, .field_bytes = 256, .file_bytes = 512};

  Collector whole;
  web::MultipartParser at_once("B", whole, limits);
  at_once.feed(body);
  const auto expected = at_once.finish();
  require(expected != web::MultipartStatus::going && whole.parts.size() <= limits.parts);

  Collector pieces;
  web::MultipartParser divided("B", pieces, limits);
  std::uint32_t state = bytes[0] + 1u;
  for (std::string_view rest = body; !rest.empty();) {
    state = state * 1664525u + 1013904223u;
    const auto piece = rest.substr(0, 1 + (state >> 24u) % 32);
    rest.remove_prefix(piece.size());
    divided.feed(piece);
  }
  require(divided.finish() == expected);
  if (expected == web::MultipartStatus::complete) require(whole.parts == pieces.parts);
  static_cast<void>(web::multipart_boundary(body));
  return 0;
}
