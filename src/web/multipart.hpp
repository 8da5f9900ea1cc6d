// Forms with files: multipart/form-data (RFC 7578, RFC 2046), parsed as it arrives with constant memory.
//
//   MultipartParser parser(*multipart_boundary(request.header("Content-Type")), handler, limits);
//   parser.feed(piece); … parser.feed(piece);
//   if (parser.finish() != MultipartStatus::complete) …
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace web {

struct PartHead {
  std::string name;             // of the form's control; valid UTF-8 without NUL
  bool is_file = false;         // a file name was sent, if only an empty one
  bool nothing_chosen = false;  // a file control that was left empty: the name is empty, and so is the data
  std::string file_name;        // fit for showing and storing, see safe_file_name(); empty unless is_file
  std::string content_type;     // as the client claims, without parameters, lower case; may be empty
};

// Told what the parser finds. False from any of the functions ends the parsing with `stopped`.
class MultipartHandler {
 public:
  virtual ~MultipartHandler() = default;
  [[nodiscard]] virtual bool begin_part(const PartHead& head) = 0;
  [[nodiscard]] virtual bool part_data(std::string_view piece) = 0;  // any number of times; never empty
  [[nodiscard]] virtual bool end_part() = 0;
};

struct MultipartLimits {
  std::size_t parts = 1000;
  std::size_t head_bytes = 8 * 1024;  // of one part
  std::size_t name_bytes = 256;
  std::uint64_t field_bytes = 1024 * 1024;  // of one part that is no file
  std::uint64_t file_bytes = UINT64_MAX;    // of one file
};

enum class MultipartStatus : std::uint8_t {
  going,      // more is expected
  complete,   // the closing delimiter was found; what follows it is ignored
  malformed,  // also from finish() when the end is missing
  too_many_parts,
  head_too_long,
  part_too_long,
  stopped,  // by the handler
};

// The boundary that a Content-Type names. Empty unless it is multipart/form-data with a boundary as RFC
// 2046, 5.1.1 allows it.
[[nodiscard]] std::optional<std::string> multipart_boundary(std::string_view content_type);

class MultipartParser {
 public:
  // `handler` must outlive the parser.
  MultipartParser(std::string_view boundary, MultipartHandler& handler, const MultipartLimits& limits = {});

  // What it makes of the bytes does not depend on how they are divided. After any status but `going` it does
  // nothing.
  MultipartStatus feed(std::string_view bytes);
  // To be called at the end of the body.
  MultipartStatus finish();
  [[nodiscard]] MultipartStatus status() const { return status_; }

 private:
  enum class Place : std::uint8_t { preamble, after_delimiter, head, data };

  std::size_t read(std::string_view bytes);
  std::size_t read_data(std::string_view bytes);
  std::size_t read_after_delimiter(std::string_view bytes);
  std::size_t read_head(std::string_view bytes);
  bool deliver(std::string_view data);
  std::size_t fail(MultipartStatus status);

  std::string delimiter_;  // CR LF "--" boundary
  MultipartHandler& handler_;
  MultipartLimits limits_;
  Place place_ = Place::preamble;
  MultipartStatus status_ = MultipartStatus::going;
  std::string rest_;  // not yet understood; bounded by the delimiter or the head
  std::size_t parts_ = 0;
  std::uint64_t part_bytes_ = 0;
  std::uint64_t part_limit_ = 0;
};

// A file name from outside, made harmless: without folders ('/' and '\'), control and bidirectional
// characters; valid UTF-8; at most 255 bytes, keeping a short extension. "file" when nothing is left.
[[nodiscard]] std::string safe_file_name(std::string_view name);

}  // namespace web
