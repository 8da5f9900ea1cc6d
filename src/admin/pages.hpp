// Pages of administration: what there is, and for each thing a list, a form to add and a form to change.
#pragma once

#include "web/context.hpp"

namespace admin::pages {

web::Response index(web::Context& ctx);

web::Response accounts(web::Context& ctx);
web::Response new_account(web::Context& ctx);
web::Response create_account(web::Context& ctx);
web::Response account(web::Context& ctx);
web::Response change_account(web::Context& ctx);

web::Response people(web::Context& ctx);
web::Response new_person(web::Context& ctx);
web::Response create_person(web::Context& ctx);
web::Response person(web::Context& ctx);
web::Response change_person(web::Context& ctx);
web::Response invite(web::Context& ctx);
web::Response deactivate(web::Context& ctx);
web::Response activate(web::Context& ctx);

web::Response products(web::Context& ctx);
web::Response new_product(web::Context& ctx);
web::Response create_product(web::Context& ctx);
web::Response product(web::Context& ctx);
web::Response change_product(web::Context& ctx);

web::Response settings(web::Context& ctx);
web::Response change_settings(web::Context& ctx);

}  // namespace admin::pages
