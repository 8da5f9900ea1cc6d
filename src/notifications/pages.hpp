// What a person should hear of, in one list.
#pragma once

#include "web/context.hpp"

namespace notifications::pages {

web::Response list(web::Context& ctx);
web::Response mark_read(web::Context& ctx);

}  // namespace notifications::pages
