#include "admin/form_pages.hpp"

#include <algorithm>

#include "admin/views.gen.hpp"
#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "web/form_errors.hpp"

namespace admin::pages {
namespace {

constexpr std::size_t longest_field = 4000;  // characters

// As a person reads the value.
std::string shown(const FieldView& field, const std::string& value) {
  const auto choice = std::ranges::find(field.choices, value, &ChoiceView::value);
  return choice == field.choices.end() ? value : choice->label;
}

// `before` is what the form was opened with, `now` what stands there.
std::vector<std::string> conflicts(const web::Context& ctx, const std::vector<FieldView>& now) {
  std::vector<std::string> lines;
  for (const FieldView& field : now) {
    const std::string before(ctx.form.get("was_" + std::string(field.id)));
    if (before == field.value) continue;
    lines.push_back(
        ctx.t(msg::admin_form_conflict_line, field.label, shown(field, before), shown(field, field.value)));
  }
  if (lines.empty()) lines.emplace_back(ctx.t(msg::admin_form_conflict_elsewhere));
  return lines;
}

}  // namespace

std::string typed(const web::Context& ctx, std::string_view field) {
  return std::string(base::prefix(ctx.form.get(field), longest_field));
}

std::vector<ChoiceView> countries(const web::Context& ctx, std::string_view selected) {
  std::vector<ChoiceView> choices;
  for (const auto& [code, name] : base::countries(ctx.locale))
    choices.push_back({.value = code, .label = name, .selected = code == selected});
  return choices;
}

web::Response show_again(web::Context& ctx, FormView form, const base::Error& error,
                         const std::vector<FieldView>& now, std::int64_t version) {
  if (error.kind != base::ErrorKind::invalid && error.kind != base::ErrorKind::conflict)
    return web::problem(ctx, error);
  const bool conflict = error.kind == base::ErrorKind::conflict;
  form.title_of_errors = ctx.t(conflict ? msg::admin_form_conflict : msg::admin_form_not_saved);
  form.errors = web::form_errors(ctx, error);
  for (FieldView& field : form.fields) {
    field.message = web::message_of(form.errors, field.id);
    field.before = typed(ctx, "was_" + std::string(field.id));
  }
  form.version = version_of(ctx);
  if (conflict) {
    form.conflicts = conflicts(ctx, now);
    form.version = version;
    for (FieldView& field : form.fields) {
      if (const auto same = std::ranges::find(now, field.id, &FieldView::id); same != now.end())
        field.before = same->value;
    }
  }
  return show_form(ctx, std::move(form), conflict ? 409 : 422);
}

web::Response show_form(web::Context& ctx, FormView form, int status) {
  const std::string title =
      status == 200 ? form.title : base::format(ctx.locale, msg::layout_error_title, form.title);
  if (status == 200) {
    for (FieldView& field : form.fields) field.before = field.value;
  }
  return ctx.render(views::form, ctx.page(title, web::Section::admin), form, status);
}

web::Response done(const web::Context& ctx, std::string address, base::Message said) {
  web::Response response = web::redirect(std::move(address));
  ctx.flash(response, said);
  return response;
}

std::int64_t version_of(const web::Context& ctx) {
  return base::parse_id(ctx.form.get("version")).value_or(0);
}

}  // namespace admin::pages
