// The pages of cases. Each answers one address; see app/routes.cpp.
#pragma once

#include "web/context.hpp"

namespace cases::pages {

web::Response list(web::Context& ctx);
web::Response pin(web::Context& ctx);

web::Response new_case(web::Context& ctx);
web::Response create(web::Context& ctx);
web::Response created(web::Context& ctx);
web::Response keep_new_case(web::Context& ctx);  // the session ended while it was being written
web::Response discard_draft(web::Context& ctx);

web::Response show(web::Context& ctx);
web::Response show_all(web::Context& ctx);  // with the whole timeline
web::Response print(web::Context& ctx);
web::Response add_comment(web::Context& ctx);
web::Response keep_comment(web::Context& ctx);
web::Response add_files(web::Context& ctx);
web::Response follow(web::Context& ctx);

// Acts of agents.
web::Response answer(web::Context& ctx);  // to the customer or as a note, with the status in one act
web::Response manage(web::Context& ctx);  // whose it is, status, priority, product
// The customer's word on a solution: signed in, or by the link in the mail.
web::Response solution_form(web::Context& ctx);
web::Response answer_solution(web::Context& ctx);
web::Response linked_solution_form(web::Context& ctx);
web::Response answer_linked_solution(web::Context& ctx);

}  // namespace cases::pages
