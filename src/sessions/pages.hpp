// Coming in and going out.
#pragma once

#include <string_view>

#include "web/context.hpp"

namespace sessions::pages {

web::Response sign_in_form(web::Context& ctx);
web::Response sign_in(web::Context& ctx);
web::Response sign_out(web::Context& ctx);

// Gives the browser the token of a session that has been started.
void keep_token(const web::Context& ctx, web::Response& response, std::string_view token);

}  // namespace sessions::pages
