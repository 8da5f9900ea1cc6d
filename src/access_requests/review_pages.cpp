#include <fmt/format.h>

#include <map>

#include "access_requests/access_requests.hpp"
#include "access_requests/pages.hpp"
#include "access_requests/views.gen.hpp"
#include "accounts/accounts.hpp"
#include "audit/words_pages.hpp"
#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "people/people.hpp"

namespace access_requests::pages {
namespace {

constexpr int page_size = 20;

constexpr std::string_view names[] = {"waiting", "approved", "refused"};  // by State

State state_of(std::string_view name) {
  if (name == "approved") return State::approved;
  if (name == "refused") return State::refused;
  return State::waiting;
}

// An approval that did not go through: which request, what was typed, and why.
struct Failed {
  base::AccessRequestId id;
  std::string account;
  web::FormErrors errors;
};

std::string phone_uri(std::string_view phone) {
  std::string uri = "tel:";
  for (const char c : phone) {
    if (c == '+' || (c >= '0' && c <= '9')) uri += c;
  }
  return uri;
}

RequestView request_view(storage::Transaction& tx, const web::Context& ctx, const Request& request,
                         const Failed& failed) {
  // Somebody who is known goes back to where they belong; nothing is to be chosen.
  const auto known = request.account_id ? std::nullopt : people::find_by_email(tx, request.email);
  const base::AccountId account_id = known ? known->account_id : request.account_id;
  const auto account = account_id ? accounts::find(tx, account_id) : std::nullopt;
  RequestView view{.id = request.id.value,
                   .name = request.name,
                   .email = request.email,
                   .phone = request.phone,
                   .phone_uri = phone_uri(request.phone),
                   .company = request.company,
                   .account = account ? account->name : std::string{},
                   .comment = request.comment,
                   .when = base::ago(ctx.locale, request.created_at, base::now(), ctx.time_zone()),
                   .when_iso = base::iso_time(request.created_at),
                   .decided = {},
                   .typed_account = {},
                   .error = {},
                   .may_choose = request.state == State::waiting && !account && ctx.viewer().staff()};
  if (request.state != State::waiting) {
    view.decided = ctx.t(msg::access_list_decided_by, people::name_of(tx, request.decided_by),
                         base::short_date_time(ctx.locale, request.decided_at, ctx.time_zone()));
  }
  if (view.may_choose && !failed.id) {
    // The name as typed is a good guess when there is an organisation of that name.
    if (const auto guessed = accounts::find_by_name(tx, request.company)) view.typed_account = guessed->name;
  }
  if (failed.id == request.id) {
    view.typed_account = failed.account;
    if (!failed.errors.empty()) view.error = failed.errors.front().message;
  }
  return view;
}

std::vector<TabView> tabs(storage::Transaction& tx, const web::Context& ctx, State current) {
  const auto tab = [&](State state, base::Message label) {
    const std::int64_t counted = count(tx, ctx.viewer(), state);
    return TabView{.state = names[static_cast<std::size_t>(state)],
                   .label = ctx.t(label),
                   .count = base::grouped(ctx.locale, counted) + (counted == most_counted ? "+" : ""),
                   .current = state == current};
  };
  return {tab(State::waiting, msg::access_list_waiting), tab(State::approved, msg::access_list_approved),
          tab(State::refused, msg::access_list_refused)};
}

std::string_view empty_text(const web::Context& ctx, State state) {
  if (state == State::approved) return ctx.t(msg::access_list_none_approved);
  if (state == State::refused) return ctx.t(msg::access_list_none_refused);
  return ctx.t(msg::access_list_none_waiting);
}

web::Response show(web::Context& ctx, State state, base::AccessRequestId before, const Failed& failed) {
  ListView view;
  view.state = names[static_cast<std::size_t>(state)];
  view.empty = empty_text(ctx, state);
  view.later = before.value != 0;
  ctx.read([&](storage::Transaction& tx) {
    view.tabs = tabs(tx, ctx, state);
    view.requests.clear();
    auto requests = page(tx, ctx.viewer(), state, before, page_size + 1);
    view.next.clear();
    if (requests.size() > page_size) {
      requests.resize(page_size);
      view.next =
          fmt::format("/access-requests?state={}&before={}", view.state, base::to_string(requests.back().id));
    }
    for (const Request& request : requests) view.requests.push_back(request_view(tx, ctx, request, failed));
  });
  const bool wrong = !failed.errors.empty();
  if (wrong) {
    view.title_of_errors = ctx.t(msg::access_list_not_approved);
    view.errors = failed.errors;
  }
  const std::string title =
      wrong ? web::error_title(ctx, msg::access_list_title) : std::string(ctx.t(msg::access_list_title));
  return ctx.render(views::list, ctx.page(title, web::Section::access), view, wrong ? 422 : 200);
}

web::Response say(web::Context& ctx, Decision decision, base::Message made) {
  web::Response response = web::redirect("/access-requests");
  if (decision == Decision::made_before) {
    ctx.flash(response, msg::access_list_decided_flash, web::FlashKind::warning);
  } else {
    ctx.flash(response, decision == Decision::had_access ? msg::access_list_known_flash : made);
  }
  return response;
}

}  // namespace

web::Response list(web::Context& ctx) {
  const base::AccessRequestId before{base::parse_id(ctx.query.get("before")).value_or(0)};
  return show(ctx, state_of(ctx.query.get("state")), before, {});
}

web::Response approve(web::Context& ctx) {
  const base::AccessRequestId id{ctx.path_number("id")};
  const std::string account(ctx.form.get("account"));
  const auto decision = ctx.write([&](storage::Transaction& tx) {
    return access_requests::approve(tx, ctx.viewer(), audit::pages::actor_of(ctx), id, account);
  });
  if (decision) return say(ctx, *decision, msg::access_list_approved_flash);
  if (decision.error().kind != base::ErrorKind::invalid) return web::problem(ctx, decision.error());
  web::FormErrors errors = web::form_errors(ctx, decision.error());
  for (web::FormError& error : errors) error.field = "account-" + base::to_string(id);
  // The page on which the request stands.
  return show(ctx, State::waiting, base::AccessRequestId{id.value + 1},
              {.id = id, .account = account, .errors = std::move(errors)});
}

web::Response refuse(web::Context& ctx) {
  const base::AccessRequestId id{ctx.path_number("id")};
  const auto decision = ctx.write([&](storage::Transaction& tx) {
    return access_requests::refuse(tx, ctx.viewer(), audit::pages::actor_of(ctx), id);
  });
  if (!decision) return web::problem(ctx, decision.error());
  return say(ctx, *decision, msg::access_list_refused_flash);
}

}  // namespace access_requests::pages
