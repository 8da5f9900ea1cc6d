// The look-up of products while a case is being written.
#pragma once

#include "web/context.hpp"

namespace products::pages {

// GET /products?q=Qap: options for the combobox; with all=1 also for less than three characters.
web::Response look_up(web::Context& ctx);

}  // namespace products::pages
