#include "mail/message.hpp"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "base/text.hpp"

namespace mail {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

template <class T>
Owned<T> own(T* object) {
  return Owned<T>(object);
}

struct Free {
  void operator()(char* text) const { g_free(text); }
};
using OwnedText = std::unique_ptr<char, Free>;

void start_gmime() {
  static std::once_flag started;
  std::call_once(started, [] { g_mime_init(); });
}

// Headers written by hand are cleaned here; the others GMime takes apart and encodes itself.
void set_header(GMimeObject* object, const char* name, const std::string& value) {
  g_mime_object_set_header(object, name, base::single_line(value).c_str(), "utf-8");
}

void add_mailbox(GMimeMessage* message, GMimeAddressType type, const std::string& name,
                 const std::string& address) {
  const std::string shown = base::single_line(name);
  const auto mailbox = own(internet_address_mailbox_new(shown.empty() ? nullptr : shown.c_str(),
                                                        base::single_line(address).c_str()));
  internet_address_set_charset(mailbox.get(), "utf-8");
  internet_address_list_add(g_mime_message_get_addresses(message, type), mailbox.get());
}

std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

// Quoted-printable stays readable for mostly Latin text; Cyrillic is three times shorter in base64.
GMimeContentEncoding encoding_for(std::string_view text) {
  const auto foreign =
      std::ranges::count_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  const bool mostly_ascii = static_cast<std::size_t>(foreign) * 6 < text.size();
  return mostly_ascii ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE : GMIME_CONTENT_ENCODING_BASE64;
}

Owned<GMimePart> text_part(const char* subtype, std::string_view text) {
  const std::string content = with_crlf(text);
  auto part = own(g_mime_part_new_with_type("text", subtype));
  g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "charset", "utf-8");
  const auto stream = own(g_mime_stream_mem_new_with_buffer(content.data(), content.size()));
  const auto data = own(g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content(part.get(), data.get());
  g_mime_part_set_content_encoding(part.get(), encoding_for(content));
  return part;
}

void set_date(GMimeMessage* message, base::Instant at) {
  GDateTime* date = g_date_time_new_from_unix_utc(at.microseconds / 1'000'000);
  g_mime_message_set_date(message, date);
  g_date_time_unref(date);
}

std::string bytes_of(GMimeObject* object) {
  GMimeFormatOptions* format = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
  const auto stream = own(g_mime_stream_mem_new());
  g_mime_object_write_to_stream(object, format, stream.get());
  g_mime_format_options_free(format);
  const GByteArray* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  return {reinterpret_cast<const char*>(array->data), array->len};
}

std::string decoded_text(GMimePart* part) {
  GMimeDataWrapper* content = g_mime_part_get_content(part);
  if (content == nullptr) return {};
  const auto stream = own(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, stream.get());
  const GByteArray* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  std::string text(reinterpret_cast<const char*>(array->data), array->len);
  std::erase(text, '\r');
  return text;
}

// The encoded word (RFC 2047, section 2) that the text begins with; empty when it begins with none.
std::string_view encoded_word(std::string_view text) {
  if (!text.starts_with("=?")) return {};
  std::size_t at = 1;
  for (int mark = 0; mark < 2; ++mark) {  // before the encoding's letter, and behind it
    at = text.find('?', at + 1);
    if (at == std::string_view::npos) return {};
  }
  const std::size_t end = text.find("?=", at + 1);
  if (end == std::string_view::npos) return {};
  const std::string_view word = text.substr(0, end + 2);
  return word.find(' ') == std::string_view::npos ? word : std::string_view{};
}

// GMime 3.2 joins neighbouring words before it decodes them and stops at the first one's padding, so each is
// decoded by itself. White space between two of them belongs to neither.
std::string decode_header(std::string_view raw) {
  const std::string line = base::single_line(raw);
  std::string decoded;
  std::size_t end_of_word = std::string::npos;  // in `decoded`
  for (std::string_view rest = line; !rest.empty();) {
    const std::string_view word = encoded_word(rest);
    if (word.empty()) {
      if (rest.front() != ' ') end_of_word = std::string::npos;
      decoded += rest.front();
      rest.remove_prefix(1);
      continue;
    }
    if (end_of_word != std::string::npos) decoded.resize(end_of_word);
    const OwnedText text(g_mime_utils_header_decode_text(nullptr, std::string(word).c_str()));
    decoded += text.get();
    end_of_word = decoded.size();
    rest.remove_prefix(word.size());
  }
  return base::single_line(decoded);
}

void take_headers(GMimeObject* object, ParsedMessage& parsed) {
  GMimeHeaderList* headers = g_mime_object_get_header_list(object);
  const int count = g_mime_header_list_get_count(headers);
  for (int i = 0; i < count; ++i) {
    GMimeHeader* header = g_mime_header_list_get_header_at(headers, i);
    const char* value = g_mime_header_get_raw_value(header);
    parsed.headers.emplace_back(g_mime_header_get_name(header), decode_header(value == nullptr ? "" : value));
  }
}

void take_part(GMimeObject* /*parent*/, GMimeObject* object, gpointer parsed_pointer) {
  if (!GMIME_IS_PART(object)) return;
  auto& parsed = *static_cast<ParsedMessage*>(parsed_pointer);
  GMimeContentType* type = g_mime_object_get_content_type(object);
  if (parsed.text.empty() && g_mime_content_type_is_type(type, "text", "plain"))
    parsed.text = decoded_text(GMIME_PART(object));
  if (parsed.html.empty() && g_mime_content_type_is_type(type, "text", "html"))
    parsed.html = decoded_text(GMIME_PART(object));
}

}  // namespace

std::string write_message(const Message& message) {
  start_gmime();
  const auto out = own(g_mime_message_new(FALSE));
  GMimeObject* const object = GMIME_OBJECT(out.get());
  set_date(out.get(), message.date);
  add_mailbox(out.get(), GMIME_ADDRESS_TYPE_FROM, message.from_name, message.from_address);
  if (!message.reply_to.empty()) add_mailbox(out.get(), GMIME_ADDRESS_TYPE_REPLY_TO, {}, message.reply_to);
  add_mailbox(out.get(), GMIME_ADDRESS_TYPE_TO, message.to_name, message.to_address);
  g_mime_message_set_subject(out.get(), base::single_line(message.subject).c_str(), "utf-8");
  g_mime_message_set_message_id(out.get(), base::single_line(message.message_id).c_str());
  if (!message.in_reply_to.empty()) {
    set_header(object, "In-Reply-To", "<" + message.in_reply_to + ">");
    set_header(object, "References", "<" + message.in_reply_to + ">");
  }
  set_header(object, "Auto-Submitted", "auto-generated");
  // Exchange does not know Auto-Submitted; this keeps its absence notes away.
  set_header(object, "X-Auto-Response-Suppress", "All");

  const auto alternatives = own(g_mime_multipart_new_with_subtype("alternative"));
  for (const auto& [subtype, body] : {std::pair("plain", &message.text), std::pair("html", &message.html)}) {
    const auto part = text_part(subtype, *body);
    g_mime_multipart_add(alternatives.get(), GMIME_OBJECT(part.get()));
  }
  // A message takes its Content-* headers from its body.
  set_header(GMIME_OBJECT(alternatives.get()), "Content-Language",
             std::string(base::locale_code(message.locale)));
  g_mime_message_set_mime_part(out.get(), GMIME_OBJECT(alternatives.get()));
  return bytes_of(object);
}

std::string ParsedMessage::header(std::string_view name) const {
  const auto same = [](char a, char b) { return g_ascii_tolower(a) == g_ascii_tolower(b); };
  for (const auto& [key, value] : headers)
    if (std::ranges::equal(key, name, same)) return value;
  return {};
}

ParsedMessage read_message(std::string_view raw) {
  start_gmime();
  ParsedMessage parsed;
  const auto stream = own(g_mime_stream_mem_new_with_buffer(raw.data(), raw.size()));
  const auto parser = own(g_mime_parser_new_with_stream(stream.get()));
  const auto message = own(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) return parsed;

  take_headers(GMIME_OBJECT(message.get()), parsed);
  // The Content-* headers are kept with the body.
  if (GMimeObject* body = g_mime_message_get_mime_part(message.get()); body != nullptr)
    take_headers(body, parsed);
  g_mime_message_foreach(message.get(), take_part, &parsed);
  return parsed;
}

}  // namespace mail
