// Theme and language in the browser's cookies.
#pragma once

#include <string_view>

#include "base/messages.hpp"
#include "web/context.hpp"

namespace people::pages {

// "light", "dark"; anything else leaves it to the system.
void keep_theme(const web::Context& ctx, web::Response& response, std::string_view theme);
void keep_language(const web::Context& ctx, web::Response& response, base::Locale locale);

}  // namespace people::pages
