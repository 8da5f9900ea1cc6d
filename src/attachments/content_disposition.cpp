#include "attachments/content_disposition.hpp"

namespace attachments {
namespace {

// attr-char of RFC 8187, 3.2.1.
bool stands_for_itself(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$&+-.^_`|~").contains(static_cast<char>(c));
}

// What some readers would take for an escape or for the end of the name becomes an underscore too.
std::string ascii(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80U) continue;  // one underscore for each character
    out += byte < 0x20 || byte >= 0x7F || c == '"' || c == '\\' || c == '%' ? '_' : c;
  }
  return out;
}

}  // namespace

std::string content_disposition(Disposition disposition, std::string_view name) {
  std::string header = disposition == Disposition::attachment ? "attachment" : "inline";
  const std::string fallback = ascii(name);
  header += "; filename=\"" + fallback + '"';
  if (fallback == name) return header;
  header += "; filename*=UTF-8''";
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (stands_for_itself(byte)) {
      header += c;
    } else {
      header += '%';
      header += "0123456789ABCDEF"[byte >> 4U];
      header += "0123456789ABCDEF"[byte & 15U];
    }
  }
  return header;
}

}  // namespace attachments
