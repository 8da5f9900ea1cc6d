#include <array>

#include "access_requests/access_requests.hpp"
#include "access_requests/pages.hpp"
#include "access_requests/views.gen.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "sessions/attempts.hpp"
#include "web/form_errors.hpp"

namespace access_requests::pages {
namespace {

// Beyond these the page says the same and nothing is kept.
constexpr sessions::Limit limit_of_client{.most = 10, .window = base::hours(1)};
constexpr sessions::Limit limit_of_address{.most = 3, .window = base::hours(1)};
// Beyond this from everywhere together, requests are kept and nobody is told of each.
constexpr sessions::Limit limit_of_telling{.most = 60, .window = base::hours(1)};
constexpr std::string_view telling = "access-told";

NewRequest typed(const web::Context& ctx) {
  const auto text = [&](std::string_view name) {
    return std::string(base::prefix(ctx.form.get(name), longest_comment + 1));
  };
  return {.name = text("name"),
          .email = text("email"),
          .company = text("company"),
          .phone = text("phone"),
          .comment = text("comment"),
          .locale = ctx.locale};
}

web::Response show(web::Context& ctx, const NewRequest& form, web::FormErrors errors) {
  const bool failed = !errors.empty();
  const std::string title =
      failed ? web::error_title(ctx, msg::access_form_title) : std::string(ctx.t(msg::access_form_title));
  const FormView view{.name = form.name,
                      .email = form.email,
                      .company = form.company,
                      .phone = form.phone,
                      .comment = form.comment,
                      .email_hint = ctx.t(msg::access_form_email_hint),
                      .title_of_errors = ctx.t(msg::access_form_not_sent),
                      .errors = std::move(errors)};
  return ctx.render(views::form, ctx.page(title), view, failed ? 422 : 200);
}

void keep(web::Context& ctx, const NewRequest& form) {
  const std::string by_client = "access-from|" + ctx.request.client;
  const std::string by_address = "access|" + base::fold(base::prefix(base::trim(form.email), 254));
  const bool refused = ctx.read([&](storage::Transaction& tx) {
    return sessions::is_reached(tx, by_client, limit_of_client) ||
           sessions::is_reached(tx, by_address, limit_of_address);
  });
  if (refused) return;
  ctx.write([&](storage::Transaction& tx) {
    sessions::count_attempt(tx, by_client, limit_of_client);
    sessions::count_attempt(tx, by_address, limit_of_address);
    const bool flood = sessions::is_reached(tx, telling, limit_of_telling);
    sessions::count_attempt(tx, telling, limit_of_telling);
    ask(tx, form, flood ? Telling::nobody : Telling::approvers);
  });
}

}  // namespace

web::Response request_form(web::Context& ctx) {
  if (ctx.query.has("done"))
    return ctx.render(views::form_done, ctx.page(ctx.t(msg::access_done_title)), FormDoneView{});
  return show(ctx, {}, {});
}

web::Response request(web::Context& ctx) {
  const NewRequest form = typed(ctx);
  // People do not see this field; programs that fill in every form do.
  const bool trapped = !ctx.form.get("website").empty();
  if (const auto checked = check(form); !checked && !trapped)
    return show(ctx, form, web::form_errors(ctx, checked.error()));
  if (!trapped) keep(ctx, form);
  return web::redirect("/access?done=1");
}

}  // namespace access_requests::pages
