#include "tools/html_context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace tools {
namespace {

[[noreturn]] void refuse(std::string_view why) {
  throw std::runtime_error(std::string(why));
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::ranges::equal(text.substr(0, prefix.size()), prefix, {}, lower, lower);
}

template <std::size_t n>
bool one_of(std::string_view text, const std::array<std::string_view, n>& list) {
  return std::ranges::find(list, text) != list.end();
}

constexpr std::array<std::string_view, 2> script_elements = {"script", "style"};
constexpr std::array<std::string_view, 2> text_elements = {"textarea", "title"};
constexpr std::array<std::string_view, 17> address_attributes = {
    "href",       "src",      "action",   "formaction", "poster", "cite",    "data",     "background", "ping",
    "xlink:href", "longdesc", "manifest", "hx-get",     "hx-put", "hx-post", "hx-patch", "hx-delete"};
constexpr std::array<std::string_view, 4> safe_schemes = {"https:", "http:", "mailto:", "tel:"};
// Their values are another language, in which escaping for HTML protects nothing.
constexpr std::array<std::string_view, 8> refused_attributes = {
    "style", "srcdoc", "srcset", "imagesrcset", "hx-vals", "hx-headers", "hx-vars", "hx-request"};

}  // namespace

std::string HtmlContext::feed(std::string_view html) {
  std::string out;
  for (std::size_t i = 0; i < html.size(); ++i) {
    const char c = html[i];
    const bool collapses = (state_ == State::text && preformatted_ == 0) || inside_tag(state_);
    if (collapses && is_blank(c)) {
      std::size_t end = i;
      while (end < html.size() && is_blank(html[end])) ++end;
      const std::string_view run = html.substr(i, end - i);
      if (run.find('\n') != std::string_view::npos) {
        if (state_ == State::text) {
          if (!after_blank_) out += '\n';
          after_blank_ = true;
        } else {
          step(' ', {}, out);
        }
      } else if (state_ != State::text || !after_blank_) {
        for (const char blank : run) step(blank, {}, out);
        if (state_ == State::text) after_blank_ = false;
      }
      i = end - 1;
      continue;
    }
    textarea_begins_ = false;
    step(c, html.substr(i), out);
    after_blank_ = false;
  }
  return out;
}

void HtmlContext::step(char c, std::string_view rest, std::string& out) {
  switch (state_) {
    case State::text:
      if (c == '<') state_ = State::tag_open;
      break;

    case State::tag_open:
      if (c == '!') {
        state_ = rest.starts_with("!--") ? State::comment : State::declaration;
      } else if (c == '/') {
        state_ = State::end_tag;
        element_.clear();
      } else if (is_letter(c)) {
        state_ = State::tag_name;
        element_.assign(1, lower(c));
      } else {
        refuse("< begins no tag; write &lt;");
      }
      break;

    case State::tag_name:
      if (is_blank(c) || c == '/')
        state_ = State::in_tag;
      else if (c == '>')
        end_tag_head();
      else
        element_ += lower(c);
      break;

    case State::end_tag:
      if (c == '>') {
        if (element_ == "pre" && preformatted_ > 0) --preformatted_;
        state_ = State::text;
      } else if (!is_blank(c)) {
        element_ += lower(c);
      }
      break;

    case State::joined:
      if (is_blank(c) || c == '/')
        state_ = State::in_tag;
      else if (c == '>')
        end_tag_head();
      else
        refuse("a blank must stand between what a condition may write in a tag and what follows");
      break;

    case State::after_attribute_name:
      if (c == '=') {
        state_ = State::before_value;
        break;
      }
      [[fallthrough]];
    case State::in_tag:
      if (c == '>') {
        end_tag_head();
      } else if (c == '=' || c == '"' || c == '\'' || c == '<') {
        refuse(fmt::format("{} stands in a tag where an attribute should begin", c));
      } else if (!is_blank(c) && c != '/') {
        state_ = State::attribute_name;
        attribute_.assign(1, lower(c));
      }
      break;

    case State::attribute_name:
      if (c == '=')
        state_ = State::before_value;
      else if (is_blank(c))
        state_ = State::after_attribute_name;
      else if (c == '>')
        end_tag_head();
      else if (c == '/')
        state_ = State::in_tag;
      else if (c == '"' || c == '\'' || c == '<')
        refuse("a quote stands in the name of an attribute");
      else
        attribute_ += lower(c);
      break;

    case State::before_value:
      if (c == '"' || c == '\'') {
        begin_value(c);
      } else if (c == '>') {
        refuse("an attribute lacks its value");
      } else if (!is_blank(c)) {
        state_ = State::unquoted_value;
      }
      break;

    case State::quoted_value:
      if (c == quote_) {
        state_ = State::in_tag;
      } else if (in_address()) {
        if (address_ == Address::nothing) address_ = Address::fixed;
        fixed_ += c;
      }
      break;

    case State::unquoted_value:
      if (is_blank(c))
        state_ = State::in_tag;
      else if (c == '>')
        end_tag_head();
      break;

    case State::declaration:
      if (c == '>') state_ = State::text;
      break;

    case State::comment:
      fixed_ += c;
      if (fixed_.ends_with("-->")) {
        fixed_.clear();
        state_ = State::text;
      }
      break;

    case State::raw_text:
    case State::plain_text:
      if (c == '<' && starts_with_ignoring_case(rest, "</" + element_)) state_ = State::tag_open;
      break;
  }
  out += c;
}

void HtmlContext::begin_value(char quote) {
  state_ = State::quoted_value;
  quote_ = quote;
  address_ = Address::nothing;
  fixed_.clear();
}

void HtmlContext::end_tag_head() {
  fixed_.clear();
  if (one_of(element_, script_elements)) {
    state_ = State::raw_text;
  } else if (one_of(element_, text_elements)) {
    state_ = State::plain_text;
    textarea_begins_ = element_ == "textarea";
  } else {
    if (element_ == "pre") ++preformatted_;
    state_ = State::text;
  }
}

bool HtmlContext::in_address() const {
  return one_of(attribute_, address_attributes);
}

// Whether what stands before a value settles that the address is none of a dangerous scheme.
bool HtmlContext::begins_safely() const {
  if (address_ == Address::vouched) return true;
  if (address_ != Address::fixed) return false;
  if (fixed_[0] == '?' || fixed_[0] == '#') return true;
  if (fixed_[0] == '/') return !fixed_.starts_with("//") && !fixed_.starts_with("/\\");
  return std::ranges::any_of(
      safe_schemes, [&](std::string_view scheme) { return starts_with_ignoring_case(fixed_, scheme); });
}

void HtmlContext::check_attribute() const {
  if (attribute_.starts_with("on") || attribute_.starts_with("hx-on") ||
      one_of(attribute_, refused_attributes))
    refuse(fmt::format("no value may stand in the attribute {}", attribute_));
}

Escaping HtmlContext::value() {
  switch (state_) {
    case State::text:
      after_blank_ = false;
      return Escaping::text;
    case State::plain_text:
      textarea_begins_ = false;
      return Escaping::attribute;
    case State::quoted_value:
      break;
    case State::raw_text:
      refuse(fmt::format("no value may stand in <{}>", element_));
    case State::comment:
      refuse("no value may stand in a comment");
    case State::before_value:
    case State::unquoted_value:
      refuse(fmt::format("the value of the attribute {} needs quotes", attribute_));
    default:
      refuse("a value may stand only in text and in quoted attributes");
  }
  check_attribute();
  if (!in_address()) return Escaping::attribute;
  if (address_ == Address::nothing) {
    address_ = Address::vouched;
    return Escaping::url;
  }
  if (!begins_safely())
    refuse("an address must begin with /, ?, #, https:, mailto: or tel:, or be one value as a whole");
  const bool opaque = address_ == Address::fixed && (starts_with_ignoring_case(fixed_, "mailto:") ||
                                                     starts_with_ignoring_case(fixed_, "tel:"));
  const bool query = fixed_.ends_with('?') || fixed_.ends_with('&') || fixed_.ends_with("&amp;");
  address_ = Address::vouched;
  fixed_.clear();
  return opaque || query ? Escaping::url_query : Escaping::url_part;
}

void HtmlContext::message() {
  if (state_ == State::quoted_value && in_address()) refuse("a message is no address");
  static_cast<void>(value());
}

void HtmlContext::element() {
  if (state_ != State::text) refuse("an icon may stand only in text");
  after_blank_ = false;
}

void HtmlContext::address() {
  if (state_ == State::text) {
    after_blank_ = false;
    return;
  }
  if (state_ != State::quoted_value)
    refuse("the address of an asset may stand only in text and in quoted attributes");
  check_attribute();
  if (!in_address()) return;
  if (address_ == Address::nothing) address_ = Address::vouched;
}

bool HtmlContext::inside_tag(State state) {
  return state == State::tag_name || state == State::in_tag || state == State::attribute_name ||
         state == State::after_attribute_name || state == State::joined;
}

HtmlContext HtmlContext::join(const HtmlContext& one, const HtmlContext& other) {
  HtmlContext both = one;
  both.after_blank_ = one.after_blank_ && other.after_blank_;
  both.textarea_begins_ = one.textarea_begins_ && other.textarea_begins_;
  const bool same_place = one.preformatted_ == other.preformatted_ &&
                          (one.state_ == State::text || one.element_ == other.element_);
  if (same_place && inside_tag(one.state_) && inside_tag(other.state_)) {
    const auto separated = [](State state) {
      return state == State::in_tag || state == State::after_attribute_name;
    };
    if (one.state_ == State::tag_name && other.state_ == State::tag_name) return both;
    both.state_ = separated(one.state_) && separated(other.state_) ? State::in_tag : State::joined;
    return both;
  }
  if (!same_place || one.state_ != other.state_) refuse("the branches end in different places of the HTML");
  if (one.state_ == State::quoted_value || one.state_ == State::before_value ||
      one.state_ == State::unquoted_value) {
    if (one.attribute_ != other.attribute_ || one.quote_ != other.quote_)
      refuse("the branches end in different attributes");
    if (one.address_ == other.address_ && one.fixed_ == other.fixed_) return both;
    both.address_ = one.begins_safely() && other.begins_safely() ? Address::vouched : Address::unknown;
    const auto last = [](const std::string& text) { return text.empty() ? '\0' : text.back(); };
    both.fixed_ = last(one.fixed_) == last(other.fixed_) && !one.fixed_.empty()
                      ? one.fixed_.substr(one.fixed_.size() - 1)
                      : std::string();
  }
  return both;
}

void HtmlContext::finish() const {
  if (state_ != State::text) refuse("the template ends inside a tag, a comment or a text element");
}

}  // namespace tools
