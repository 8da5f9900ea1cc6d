// The look-up of organisations while staff fill in a form.
#pragma once

#include "web/context.hpp"

namespace accounts::pages {

// GET /accounts?q=авто: options for the combobox.
web::Response look_up(web::Context& ctx);

}  // namespace accounts::pages
