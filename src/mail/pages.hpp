// Pages: the ledger for agents, and the demo's mailbox.
#pragma once

#include "web/context.hpp"

namespace mail::pages {

// GET /mail?state=waiting|sent|failed&after=KEY (staff)
web::Response outbox(web::Context& ctx);
// POST /mail/{id}/resend (staff)
web::Response resend(web::Context& ctx);
// POST /mail/resend-failed (staff)
web::Response resend_failed(web::Context& ctx);

// GET /demo/mail, GET /demo/mail/{id} (demo)
web::Response mailbox(web::Context& ctx);
// GET /demo/mail/{id}/html (demo): the HTML of a mail, for a frame that lets it do nothing
web::Response mailbox_html(web::Context& ctx);

}  // namespace mail::pages
