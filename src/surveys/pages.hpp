// The pages of surveys. Each answers one address; see app/routes.cpp.
#pragma once

#include "web/context.hpp"

namespace surveys::pages {

web::Response answer_form(web::Context& ctx);  // for whoever has the link
web::Response save_answer(web::Context& ctx);

web::Response results(web::Context& ctx);
web::Response answers(web::Context& ctx);

}  // namespace surveys::pages
