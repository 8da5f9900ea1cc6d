// Where in an HTML page a template stands: what decides how a value must be escaped, and whether it may stand
// there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tools {

// How a value is written; each is a function of web::Html.
enum class Escaping : std::uint8_t { text, attribute, url, url_part, url_query };

// A reader of HTML, fed with the static pieces of a template in order. It follows the tokenizer of the HTML
// standard (section 13.2.5) as far as well-formed templates need; what it does not follow it refuses. Copies
// are states: a branch starts from a copy, and branches meet again in join().
class HtmlContext {
 public:
  // Reads on through `html` and gives what to write for it: the same, with each run of blanks around a line
  // break made one line break in text and one space in a tag, but not inside <pre> and <textarea>. Throws
  // std::runtime_error on markup that no template needs.
  std::string feed(std::string_view html);

  // How a value is to be written here. Throws std::runtime_error where none may stand.
  [[nodiscard]] Escaping value();

  // Whether a line break must be written before a value: HTML drops the first one in a <textarea>, which may
  // be the value's own.
  [[nodiscard]] bool needs_line_break() const { return textarea_begins_; }

  // A message of the catalogue: like a value, but not in addresses.
  void message();

  // Static HTML of the compiler's own (an icon), which may stand only where text does.
  void element();

  // The address of an asset: in text or in a quoted attribute.
  void address();

  // The state after a branch that may or may not have been taken. Throws std::runtime_error when the two
  // stand in different places.
  [[nodiscard]] static HtmlContext join(const HtmlContext& one, const HtmlContext& other);

  // Throws std::runtime_error unless in text: where a template must end.
  void finish() const;

 private:
  enum class State : std::uint8_t {
    text,
    tag_open,
    tag_name,
    end_tag,
    in_tag,
    attribute_name,
    after_attribute_name,
    before_value,
    quoted_value,
    unquoted_value,
    joined,
    declaration,
    comment,
    raw_text,
    plain_text
  };
  // What of an address stands before the current place.
  enum class Address : std::uint8_t { nothing, fixed, vouched, unknown };

  void step(char c, std::string_view rest, std::string& out);
  void begin_value(char quote);
  void end_tag_head();
  [[nodiscard]] bool in_address() const;
  [[nodiscard]] bool begins_safely() const;
  void check_attribute() const;
  [[nodiscard]] static bool inside_tag(State state);

  State state_ = State::text;
  std::string element_;    // the tag being read, or the one whose raw text is read
  std::string attribute_;  // the attribute being read
  char quote_ = '"';
  int preformatted_ = 0;     // depth of <pre>
  bool after_blank_ = true;  // the last thing written in text was a line break
  bool textarea_begins_ = false;
  Address address_ = Address::nothing;
  std::string fixed_;  // static text of the address, from its begin or from the last value
};

}  // namespace tools
