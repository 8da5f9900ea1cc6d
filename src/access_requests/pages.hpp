// Asking to be let in, and deciding over who asks.
#pragma once

#include "web/context.hpp"

namespace access_requests::pages {

// GET /access; with done=1 after it was sent. The same answer whoever asks.
web::Response request_form(web::Context& ctx);
web::Response request(web::Context& ctx);

// GET /access-requests?state=waiting|approved|refused&before=ID (approvers)
web::Response list(web::Context& ctx);
// POST /access-requests/{id}/approve, with `account` where the request has none
web::Response approve(web::Context& ctx);
// POST /access-requests/{id}/refuse
web::Response refuse(web::Context& ctx);

}  // namespace access_requests::pages
