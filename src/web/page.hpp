// What every page shows beside its own content: who looks at it, in which language, and where they are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/messages.hpp"

namespace web {

enum class Role : std::uint8_t { visitor, customer, manager, agent, administrator };

// The entry of the top bar that the page belongs to.
enum class Section : std::uint8_t {
  none,
  home,
  cases,
  desk,
  knowledge,
  mail,
  notifications,
  profile,
  search,
  access,
  admin,
  surveys
};

enum class FlashKind : std::uint8_t { none, success, warning, error };

// The person who is signed in; empty for a visitor.
struct Viewer {
  std::string name;      // «Антон Быков»
  std::string initials;  // «АБ»
  std::string email;
  std::string account;  // name of the organisation
  Role role = Role::visitor;

  [[nodiscard]] bool is_customer() const { return role == Role::customer || role == Role::manager; }
  [[nodiscard]] bool is_manager() const { return role == Role::manager; }
  // Who may let others in.
  [[nodiscard]] bool is_approver() const { return is_manager() || is_agent(); }
  [[nodiscard]] bool is_agent() const { return role == Role::agent || role == Role::administrator; }
  [[nodiscard]] bool is_administrator() const { return role == Role::administrator; }
};

// Given to every view as `page`. Plain values: filled by the handler's context, changed by nobody after that.
struct Page {
  base::Locale locale = base::Locale::ru;
  std::string theme;  // "light", "dark", or empty: the system decides
  std::string csrf;
  std::string title;  // of the page alone; the layout adds the brand
  Section section = Section::none;
  bool signed_in = false;
  Viewer viewer;
  std::int64_t unread = 0;  // notifications
  std::string time_zone;    // IANA name, in which scripts write times
  bool shortcuts = true;    // single-letter keys may be used (WCAG 2.1.4)
  bool demo = false;        // served by `otklik demo`: links to the mail viewer

  std::string return_to = "/";  // where changing theme or language leads back to
  std::string request_id;       // shown on error pages

  FlashKind flash = FlashKind::none;  // said once after a redirect
  std::string flash_text;

  std::string brand;  // «Портал поддержки»
  std::string support_phone;
  std::string support_email;
  std::string support_hours;

  [[nodiscard]] std::string_view language() const { return base::locale_code(locale); }
  [[nodiscard]] bool is_russian() const { return locale == base::Locale::ru; }
  [[nodiscard]] bool in(Section which) const { return section == which; }

  // "tel:+74950000000" (RFC 3966)
  [[nodiscard]] std::string support_phone_uri() const {
    std::string uri = "tel:";
    for (const char c : support_phone) {
      if (c == '+' || (c >= '0' && c <= '9')) uri += c;
    }
    return uri;
  }
};

}  // namespace web
