// Files of people and organisations, in and out.
#pragma once

#include "web/context.hpp"

namespace transfer::pages {

web::Response choose(web::Context& ctx);
// POST of the chosen file: says what it would change.
web::Response check(web::Context& ctx);
// POST with the checked file's upload: changes it.
web::Response apply(web::Context& ctx);

web::Response download_people(web::Context& ctx);
web::Response download_accounts(web::Context& ctx);

}  // namespace transfer::pages
