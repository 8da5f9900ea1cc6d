// One's own account: passwords, the profile, theme and language.
#pragma once

#include "web/context.hpp"

namespace people::pages {

// A temporary password by mail.
web::Response forgot_password_form(web::Context& ctx);
web::Response forgot_password(web::Context& ctx);

// The first password, by the link of the welcome mail. Showing the form changes nothing: mail scanners open
// links.
web::Response set_password_form(web::Context& ctx);
web::Response set_password(web::Context& ctx);

web::Response change_password_form(web::Context& ctx);
web::Response change_password(web::Context& ctx);

web::Response profile(web::Context& ctx);
web::Response update_profile(web::Context& ctx);
web::Response end_other_sessions(web::Context& ctx);

// Kept by the browser, the language also by the person's record.
web::Response choose_theme(web::Context& ctx);
web::Response choose_language(web::Context& ctx);

}  // namespace people::pages
