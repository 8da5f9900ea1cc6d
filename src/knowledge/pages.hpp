// Help that needs nobody to answer: the knowledge base, which has no articles yet, and how everybody can use
// the portal.
#pragma once

#include "web/context.hpp"

namespace knowledge::pages {

web::Response index(web::Context& ctx);
web::Response accessibility(web::Context& ctx);

}  // namespace knowledge::pages
