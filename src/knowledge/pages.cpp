#include "knowledge/pages.hpp"

#include "base/message_keys.hpp"
#include "knowledge/views.gen.hpp"

namespace knowledge::pages {

web::Response index(web::Context& ctx) {
  return ctx.render(views::empty, ctx.page(ctx.t(msg::layout_knowledge), web::Section::knowledge),
                    EmptyView{});
}

web::Response accessibility(web::Context& ctx) {
  return ctx.render(views::accessibility, ctx.page(ctx.t(msg::layout_accessibility)), AccessibilityView{});
}

}  // namespace knowledge::pages
