#include <optional>

#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "cases/pages.hpp"
#include "cases/show_pages.hpp"
#include "cases/views_present.hpp"
#include "cases/work.hpp"
#include "web/local_path.hpp"

namespace cases::pages {
namespace {

// The case as the agent saw it when the form was shown.
Case as_seen(const web::Context& ctx, Case report) {
  report.version = base::parse_id(ctx.form.get("version")).value_or(0);
  return report;
}

struct Act {
  Visibility visibility = Visibility::everyone;
  std::optional<Status> then;
  base::Message said;
};

// The button and the choice of who will read it must agree: a note never leaves by a button for customers.
std::optional<Act> posted_act(const web::Context& ctx) {
  const std::string_view act = ctx.form.get("act");
  const bool internal = ctx.form.get("visibility") != "everyone";
  if (internal != (act == "note")) return std::nullopt;
  if (act == "note")
    return Act{.visibility = Visibility::internal, .then = std::nullopt, .said = msg::desk_noted};
  if (act == "answer") return Act{.then = std::nullopt, .said = msg::desk_answered};
  if (act == "wait") return Act{.then = Status::waiting, .said = msg::desk_answered};
  if (act == "solve") return Act{.then = Status::solved, .said = msg::desk_solved};
  return std::nullopt;
}

base::Result<Comment> send(web::Context& ctx, const Case& seen, const std::optional<Act>& act,
                           const std::string& body, const std::vector<std::string>& uploads) {
  if (!act) return base::fail({{"body", msg::case_error_kind, {}}});
  if (!ctx.upload_errors.empty()) return base::fail(ctx.upload_errors);
  const Answer form{.comment = {.draft = {base::parse_id(ctx.form.get("draft")).value_or(0)},
                                .body = body,
                                .visibility = act->visibility,
                                .origin = Origin::web,
                                .uploads = uploads},
                    .then = act->then};
  return ctx.write([&](storage::Transaction& tx) { return cases::answer(tx, ctx.viewer(), seen, form); });
}

std::optional<std::int64_t> posted_number(const web::Context& ctx, std::string_view field) {
  return base::parse_id_or_none(ctx.form.get(field));
}

Changes posted_changes(const web::Context& ctx) {
  Changes wanted;
  if (const auto id = posted_number(ctx, "assignee")) wanted.assignee = base::PersonId{*id};
  if (const auto id = posted_number(ctx, "product")) wanted.product = base::ProductId{*id};
  if (const auto value = posted_number(ctx, "priority"); value && *value < priority_count)
    wanted.priority = static_cast<Priority>(*value);
  if (const auto value = posted_number(ctx, "status"); value && *value < status_count)
    wanted.status = static_cast<Status>(*value);
  if (ctx.form.get("act") == "take") wanted = {.assignee = ctx.person().id};
  return wanted;
}

base::Message refusal_of(const base::Error& error) {
  if (!error.fields.empty()) return error.fields.front().message;
  return error.detail == stale ? msg::case_show_stale_change : msg::case_show_wrong_step;
}

}  // namespace

web::Response answer(web::Context& ctx) {
  const auto report = find_report(ctx);
  if (!report) return web::problem(ctx, report.error());
  const std::string body(ctx.form.get("body"));
  const auto uploads = posted_uploads(ctx);
  const auto act = posted_act(ctx);
  const auto sent = send(ctx, as_seen(ctx, *report), act, body, uploads);
  if (!sent) {
    return show_refused(ctx, {.error = sent.error(),
                              .comment = body,
                              .uploads = uploads,
                              .internal = ctx.form.get("visibility") == "internal",
                              .seen_at = {base::parse_id(ctx.form.get("seen")).value_or(0)}});
  }
  const std::string here = views::case_address(report->number) + "#comment-" + std::to_string(sent->id.value);
  auto response = web::redirect(web::local_path(ctx.form.get("return"), here));
  ctx.flash(response, act->said);
  return response;
}

web::Response manage(web::Context& ctx) {
  const auto report = find_report(ctx);
  if (!report) return web::problem(ctx, report.error());
  const auto changed = ctx.write([&](storage::Transaction& tx) {
    return cases::change(tx, ctx.viewer(), as_seen(ctx, *report), posted_changes(ctx));
  });
  if (!changed && changed.error().kind != base::ErrorKind::conflict && changed.error().fields.empty())
    return web::problem(ctx, changed.error());
  auto response = web::redirect(views::case_address(report->number));
  if (changed) {
    ctx.flash(response, msg::desk_changed);
  } else {
    ctx.flash(response, refusal_of(changed.error()), web::FlashKind::warning);
  }
  return response;
}

}  // namespace cases::pages
