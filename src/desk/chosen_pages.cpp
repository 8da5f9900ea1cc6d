#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "cases/work.hpp"
#include "desk/pages.hpp"
#include "desk/undo.hpp"
#include "web/local_path.hpp"
#include "web/problem.hpp"

namespace desk::pages {
namespace {

// What the form asks for, of each case the same; or what an undo puts back, of each its own.
std::vector<Before> asked(const web::Context& ctx) {
  if (ctx.form.get("act") == "undo") return read_undo(ctx.form.get("undo"));
  Before wish;
  if (ctx.form.get("act") == "take") {
    wish.value = ctx.person().id.value;
  } else if (ctx.form.get("act") == "assign") {
    wish.value = base::parse_id(ctx.form.get("assignee")).value_or(0);
  } else if (ctx.form.get("act") == "priority") {
    wish = {.what = Chosen::priority, .value = base::parse_id_or_none(ctx.form.get("priority")).value_or(-1)};
    if (wish.value < 0 || wish.value >= cases::priority_count) return {};
  } else {
    return {};
  }
  std::vector<Before> wishes;
  for (const auto& number : ctx.form.all("case")) {
    wish.number = cases::parse_number(number);
    if (wish.number > 0 && wishes.size() < most_chosen) wishes.push_back(wish);
  }
  return wishes;
}

cases::Changes changes_of(const Before& wish) {
  if (wish.what == Chosen::priority) return {.priority = static_cast<cases::Priority>(wish.value)};
  return {.assignee = base::PersonId{wish.value}};
}

std::int64_t value_of(const cases::Case& report, Chosen what) {
  return what == Chosen::priority ? static_cast<std::int64_t>(report.priority) : report.assignee_id.value;
}

}  // namespace

web::Response change_chosen(web::Context& ctx) {
  const auto wishes = asked(ctx);
  if (wishes.empty()) {
    auto response = web::redirect(web::local_path(ctx.form.get("return"), "/desk"));
    ctx.flash(response, msg::desk_chosen_none, web::FlashKind::warning);
    return response;
  }
  const auto before = ctx.write([&](storage::Transaction& tx) {
    std::vector<Before> changed;
    for (const Before& wish : wishes) {
      const auto report = cases::find(tx, ctx.viewer(), wish.number);
      if (!report) continue;
      const std::int64_t value = value_of(*report, wish.what);
      if (value == wish.value || !cases::change(tx, ctx.viewer(), *report, changes_of(wish))) continue;
      changed.push_back({.number = wish.number, .what = wish.what, .value = value});
    }
    return changed;
  });
  std::string address = web::local_path(ctx.form.get("return"), "/desk");
  const bool undone = ctx.form.get("act") == "undo";
  if (!undone && !before.empty())
    address += (address.find('?') == std::string::npos ? "?undo=" : "&undo=") + write_undo(before);
  auto response = web::redirect(address);
  if (undone) ctx.flash(response, msg::desk_chosen_undone);
  if (!undone && before.empty()) ctx.flash(response, msg::desk_chosen_same, web::FlashKind::warning);
  return response;
}

}  // namespace desk::pages
