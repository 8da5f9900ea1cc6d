#include "web/multipart.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "web/utf8.hpp"

namespace web {
namespace {

constexpr std::size_t boundary_limit = 70;  // RFC 2046, 5.1.1
constexpr std::size_t padding_limit = 256;  // white space after a delimiter
constexpr std::size_t file_name_limit = 255;
constexpr std::size_t kept_extension_limit = 20;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_boundary_character(char c) {
  constexpr std::string_view others = "'()+_,-./:=? ";
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         others.find(c) != std::string_view::npos;
}

struct HeaderValue {
  std::string value;                                            // before the first ';', lower case
  std::vector<std::pair<std::string, std::string>> parameters;  // names in lower case

  [[nodiscard]] const std::string* parameter(std::string_view name) const {
    const auto found = std::ranges::find(parameters, name, &std::pair<std::string, std::string>::first);
    return found == parameters.end() ? nullptr : &found->second;
  }
};

// Takes a quoted string from the front of `text`, which begins after the quote. A backslash escapes a quote
// only: some clients send whole paths with plain backslashes. False when it does not end.
bool take_quoted(std::string_view& text, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return true;
    }
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '"') ++i;
    out += text[i];
  }
  return false;
}

// `value; name=token; name="quoted"`. Empty when it is malformed.
std::optional<HeaderValue> parse_header_value(std::string_view text) {
  HeaderValue header;
  const auto semicolon = text.find(';');
  for (const char c : trimmed(text.substr(0, semicolon))) header.value += lower(c);
  text.remove_prefix(std::min(semicolon, text.size()));
  while (!text.empty()) {
    text.remove_prefix(1);  // the semicolon
    const auto equals = text.find_first_of("=;");
    const auto name = trimmed(text.substr(0, equals));
    if (equals == std::string_view::npos || text[equals] == ';') {
      if (!name.empty()) return std::nullopt;
      text.remove_prefix(std::min(equals, text.size()));
      continue;
    }
    text.remove_prefix(equals + 1);
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    std::string value;
    if (text.starts_with('"')) {
      text.remove_prefix(1);
      if (!take_quoted(text, value)) return std::nullopt;
      const auto next = text.find(';');
      if (!trimmed(text.substr(0, next)).empty()) return std::nullopt;
      text.remove_prefix(std::min(next, text.size()));
    } else {
      const auto next = text.find(';');
      value = trimmed(text.substr(0, next));
      text.remove_prefix(std::min(next, text.size()));
    }
    std::string key;
    for (const char c : name) key += lower(c);
    if (header.parameter(key) != nullptr) return std::nullopt;  // two readers could take different ones
    header.parameters.emplace_back(std::move(key), std::move(value));
  }
  return header;
}

// What browsers escape in names (HTML, 4.10.21.8), and nothing else: "100%25.txt" is a name of its own.
std::string unescape_name(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto three = text.substr(0, 3);
    if (three == "%22") {
      out += '"';
    } else if (same_word(three, "%0d")) {
      out += '\r';
    } else if (same_word(three, "%0a")) {
      out += '\n';
    } else {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    text.remove_prefix(3);
  }
  return out;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (lower(c) >= 'a' && lower(c) <= 'f') return lower(c) - 'a' + 10;
  return -1;
}

// RFC 5987: charset'language'escaped. Empty when it is malformed or of another charset.
std::optional<std::string> decode_extended(std::string_view text) {
  const auto first = text.find('\'');
  const auto second = first == std::string_view::npos ? first : text.find('\'', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto charset = text.substr(0, first);
  const bool latin = same_word(charset, "iso-8859-1");
  if (!latin && !same_word(charset, "utf-8")) return std::nullopt;
  text.remove_prefix(second + 1);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int byte = static_cast<unsigned char>(text[i]);
    if (text[i] == '%') {
      if (i + 2 >= text.size() || hex_digit(text[i + 1]) < 0 || hex_digit(text[i + 2]) < 0)
        return std::nullopt;
      byte = hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]);
      i += 2;
    }
    if (latin && byte >= 0x80) {
      out += static_cast<char>(0xC0 | byte >> 6);
      out += static_cast<char>(0x80 | (byte & 0x3F));
    } else {
      out += static_cast<char>(byte);
    }
  }
  return out;
}

// `lines` are the headers of a part, each ended by CR LF.
std::optional<PartHead> parse_part_head(std::string_view lines) {
  PartHead head;
  bool has_disposition = false;
  while (!lines.empty()) {
    const auto end = lines.find("\r\n");
    const auto line = lines.substr(0, end);
    lines.remove_prefix(end + 2);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || line.front() == ' ' || line.front() == '\t') {
      return std::nullopt;
    }
    const auto name = trimmed(line.substr(0, colon));
    const auto value = line.substr(colon + 1);
    if (same_word(name, "content-type")) {
      // What follows is of no use here, and clients write it in many ways.
      head.content_type.clear();
      for (const char c : trimmed(value.substr(0, value.find(';')))) head.content_type += lower(c);
      head.content_type = valid_text(std::move(head.content_type));
    }
    if (!same_word(name, "content-disposition")) continue;
    const auto disposition = parse_header_value(value);
    if (std::exchange(has_disposition, true) || !disposition || disposition->value != "form-data")
      return std::nullopt;
    const auto* control = disposition->parameter("name");
    if (control == nullptr) return std::nullopt;
    head.name = valid_text(unescape_name(*control));
    const auto* plain = disposition->parameter("filename");
    const auto* extended = disposition->parameter("filename*");
    const auto decoded = extended == nullptr ? std::nullopt : decode_extended(*extended);
    if (plain == nullptr && !decoded) continue;
    const std::string file_name = decoded ? *decoded : unescape_name(*plain);
    head.is_file = true;
    head.nothing_chosen = file_name.empty();
    head.file_name = safe_file_name(file_name);
  }
  if (!has_disposition) return std::nullopt;
  return head;
}

// Where a delimiter could begin that is not there to its end yet.
std::size_t start_of_partial(std::string_view bytes, std::string_view delimiter) {
  std::size_t at = bytes.size() - std::min(bytes.size(), delimiter.size() - 1);
  while ((at = bytes.find('\r', at)) != std::string_view::npos) {
    if (delimiter.starts_with(bytes.substr(at))) return at;
    ++at;
  }
  return bytes.size();
}

}  // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
  const auto header = parse_header_value(content_type);
  if (!header || header->value != "multipart/form-data") return std::nullopt;
  const auto* boundary = header->parameter("boundary");
  if (boundary == nullptr || boundary->empty() || boundary->size() > boundary_limit ||
      boundary->back() == ' ' || !std::ranges::all_of(*boundary, is_boundary_character)) {
    return std::nullopt;
  }
  return *boundary;
}

// The first delimiter may stand at the very beginning, as if a line end came before it.
MultipartParser::MultipartParser(std::string_view boundary, MultipartHandler& handler,
                                 const MultipartLimits& limits)
    : delimiter_("\r\n--" + std::string(boundary)), handler_(handler), limits_(limits), rest_("\r\n") {}

MultipartStatus MultipartParser::feed(std::string_view bytes) {
  if (status_ != MultipartStatus::going || bytes.empty()) return status_;
  const bool joined = !rest_.empty();
  if (joined) bytes = rest_.append(bytes);
  std::string_view left = bytes;
  while (status_ == MultipartStatus::going) {
    const Place before = place_;
    const std::size_t used = read(left);
    left.remove_prefix(used);
    if (used == 0 && place_ == before) break;
  }
  if (status_ != MultipartStatus::going) {
    rest_ = std::string();
  } else if (joined) {
    rest_.erase(0, bytes.size() - left.size());
  } else {
    rest_ = left;
  }
  return status_;
}

MultipartStatus MultipartParser::finish() {
  if (status_ == MultipartStatus::going) fail(MultipartStatus::malformed);
  return status_;
}

std::size_t MultipartParser::fail(MultipartStatus status) {
  status_ = status;
  return 0;
}

// Uses what it can from the front; 0 in an unchanged place when more must come first.
std::size_t MultipartParser::read(std::string_view bytes) {
  switch (place_) {
    case Place::preamble:
    case Place::data:
      return read_data(bytes);
    case Place::after_delimiter:
      return read_after_delimiter(bytes);
    case Place::head:
      return read_head(bytes);
  }
  return 0;
}

std::size_t MultipartParser::read_data(std::string_view bytes) {
  const auto found = bytes.find(delimiter_);
  const auto data =
      bytes.substr(0, found == std::string_view::npos ? start_of_partial(bytes, delimiter_) : found);
  if (place_ == Place::data && !deliver(data)) return 0;
  if (found == std::string_view::npos) return data.size();
  if (place_ == Place::data && !handler_.end_part()) return fail(MultipartStatus::stopped);
  place_ = Place::after_delimiter;
  return found + delimiter_.size();
}

bool MultipartParser::deliver(std::string_view data) {
  if (data.empty()) return true;
  if (data.size() > part_limit_ - part_bytes_) {
    fail(MultipartStatus::part_too_long);
    return false;
  }
  part_bytes_ += data.size();
  if (!handler_.part_data(data)) {
    fail(MultipartStatus::stopped);
    return false;
  }
  return true;
}

// "--" ends it all; otherwise white space and the line end, which stays as the beginning of the head.
std::size_t MultipartParser::read_after_delimiter(std::string_view bytes) {
  if (bytes.starts_with("--")) {
    status_ = MultipartStatus::complete;
    return 0;
  }
  if (bytes.size() < 2) return 0;
  const auto end = bytes.find_first_not_of(" \t");
  if (end == std::string_view::npos)
    return bytes.size() > padding_limit ? fail(MultipartStatus::malformed) : 0;
  if (end > padding_limit) return fail(MultipartStatus::malformed);
  const auto line_end = bytes.substr(end, 2);
  if (line_end == "\r") return 0;
  if (line_end != "\r\n") return fail(MultipartStatus::malformed);
  place_ = Place::head;
  return end;
}

std::size_t MultipartParser::read_head(std::string_view bytes) {
  constexpr std::string_view empty_line = "\r\n\r\n";
  const auto end = bytes.find(empty_line);
  // Without an end it is where the last three bytes could begin one, at the earliest.
  const auto length =
      end != std::string_view::npos ? end : bytes.size() - std::min<std::size_t>(bytes.size(), 3);
  if (length > limits_.head_bytes) return fail(MultipartStatus::head_too_long);
  if (end == std::string_view::npos) return 0;
  if (++parts_ > limits_.parts) return fail(MultipartStatus::too_many_parts);
  const auto head = parse_part_head(bytes.substr(2, end));
  if (!head) return fail(MultipartStatus::malformed);
  if (head->name.size() > limits_.name_bytes) return fail(MultipartStatus::head_too_long);
  if (!handler_.begin_part(*head)) return fail(MultipartStatus::stopped);
  part_bytes_ = 0;
  part_limit_ = head->is_file ? limits_.file_bytes : limits_.field_bytes;
  place_ = Place::data;
  return end + empty_line.size();
}

std::string safe_file_name(std::string_view name) {
  name.remove_prefix(name.find_last_of("/\\") + 1);
  std::string text(name);
  std::erase(text, '\0');
  text = valid_text(std::move(text));
  std::string out;
  for (std::string_view rest = text; !rest.empty();) {
    const auto sequence = rest.substr(0, sequence_length(rest));
    rest.remove_prefix(sequence.size());
    const char32_t point = code_point(sequence);
    const bool control =
        point < 0x20 || (point >= 0x7F && point <= 0x9F) || point == 0x2028 || point == 0x2029;
    const bool direction = point == 0x061C || point == 0x200E || point == 0x200F ||
                           (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    const bool invisible = point == 0x200B || point == 0x2060 || point == 0xFEFF;
    if (!control && !direction && !invisible) out += sequence;
  }
  out.erase(0, std::min(out.find_first_not_of(' '), out.size()));
  out.erase(out.find_last_not_of(" .") + 1);  // a system that drops such ends would make another name of it
  if (out.find_first_not_of(". ") == std::string::npos) return "file";
  if (out.size() <= file_name_limit) return out;

  const auto dot = out.rfind('.');
  const bool keeps = dot != std::string::npos && dot > 0 && out.size() - dot <= kept_extension_limit;
  const std::string extension = keeps ? out.substr(dot) : std::string();
  std::size_t length = file_name_limit - extension.size();
  while (length > 0 && (static_cast<unsigned char>(out[length]) & 0xC0) == 0x80) --length;
  return out.substr(0, length) + extension;
}

}  // namespace web
