// HTML that may be written to a page as it is.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace base {

// Made only by code that has just escaped or sanitised what it holds; the name of `trusted` is what to search
// for when looking for every such place. A view writes it without escaping, and only where text may stand.
class SafeHtml {
 public:
  SafeHtml() = default;

  // The caller vouches that `html` is well formed and holds nothing that a person wrote unchecked.
  [[nodiscard]] static SafeHtml trusted(std::string html) { return SafeHtml(std::move(html)); }

  [[nodiscard]] std::string_view view() const { return html_; }
  [[nodiscard]] bool empty() const { return html_.empty(); }

  friend bool operator==(const SafeHtml&, const SafeHtml&) = default;

 private:
  explicit SafeHtml(std::string html) : html_(std::move(html)) {}

  std::string html_;
};

}  // namespace base
