// The dashboard, and the search over everything.
#pragma once

#include "web/context.hpp"

namespace home::pages {

web::Response dashboard(web::Context& ctx);
web::Response search(web::Context& ctx);

}  // namespace home::pages
