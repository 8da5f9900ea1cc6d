// What machines ask for: health, figures, and commands of the owner.
#pragma once

#include "web/context.hpp"

namespace app::pages {

web::Response health(web::Context& ctx);
web::Response metrics(web::Context& ctx);

// POST /commands by the administrative socket: a command line, one word a line; answers its output.
web::Response command(web::Context& ctx);

}  // namespace app::pages
