// The log for administrators.
#pragma once

#include "web/context.hpp"

namespace audit::pages {

// GET /admin/audit?actor=&object=&from=&until=&before=ID
web::Response list(web::Context& ctx);
// GET /admin/audit.csv with the same search: every entry that it finds.
web::Response download(web::Context& ctx);

}  // namespace audit::pages
