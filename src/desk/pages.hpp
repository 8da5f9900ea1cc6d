// The agents' console.
#pragma once

#include "web/context.hpp"

namespace desk::pages {

// GET /desk?queue=mine&case=06746620: a queue, and one of its cases beside it.
web::Response queue(web::Context& ctx);
// POST /desk/cases: gives the chosen cases to somebody, or sets their priority; `undo` puts back what was.
web::Response change_chosen(web::Context& ctx);

// GET /events: says that something has changed, as long as the page stays open.
web::Response events(web::Context& ctx);

}  // namespace desk::pages
