#include <fmt/format.h>

#include <algorithm>

#include "attachments/attachments.hpp"
#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "cases/cases.hpp"
#include "cases/pages.hpp"
#include "cases/views.gen.hpp"
#include "cases/views_present.hpp"
#include "drafts/drafts.hpp"
#include "products/products.hpp"
#include "web/markdown.hpp"

namespace cases::pages {
namespace {

// What stands in the form: typed just now, kept in a draft, or taken from a case to clone.
struct Filling {
  base::DraftId draft;
  std::int64_t draft_version = 0;
  drafts::Fields fields;
  base::Instant saved_at;
};

std::string field(const drafts::Fields& fields, const std::string& name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string{} : found->second;
}

Impact impact_of(std::string_view text) {
  if (text == "0") return Impact::stopped;
  if (text == "2") return Impact::question;
  return Impact::hindered;
}

std::vector<views::ChoiceView> country_choices(const web::Context& ctx, const std::string& selected) {
  std::vector<views::ChoiceView> choices;
  for (const auto& [code, name] : base::countries(ctx.locale)) {
    choices.push_back({.value = code, .text = name, .selected = code == selected});
  }
  return choices;
}

std::vector<views::ChoiceView> impact_choices(const web::Context& ctx, Impact selected) {
  std::vector<views::ChoiceView> choices;
  for (const auto& [impact, text] : {std::pair{Impact::stopped, msg::case_impact_stopped},
                                     std::pair{Impact::hindered, msg::case_impact_hindered},
                                     std::pair{Impact::question, msg::case_impact_question}}) {
    choices.push_back({.value = std::to_string(static_cast<int>(impact)),
                       .text = std::string(ctx.t(text)),
                       .selected = impact == selected});
  }
  return choices;
}

web::Response form_page(web::Context& ctx, const Filling& filling, const base::Error* error) {
  views::NewCaseView view;
  view.draft = std::to_string(filling.draft.value);
  view.draft_version = filling.draft_version;
  view.subject = field(filling.fields, "subject");
  view.description = field(filling.fields, "description");
  view.product = field(filling.fields, "product");
  view.product_id = field(filling.fields, "product_id");
  const std::string country = field(filling.fields, "country");
  view.countries = country_choices(ctx, country.empty() ? ctx.person().country : country);
  view.impacts = impact_choices(ctx, impact_of(field(filling.fields, "impact")));
  view.largest_file = ctx.environment.settings.largest_file;
  view.largest_file_text = base::file_size(ctx.locale, static_cast<std::int64_t>(view.largest_file));
  view.most_files = most_files;
  if (filling.saved_at)
    view.saved = ctx.t(msg::case_new_saved, base::clock_time(filling.saved_at, ctx.time_zone()));

  const bool product_unclear = error != nullptr && !web::error_of(ctx, *error, "product").empty();
  ctx.read([&](storage::Transaction& tx) {
    for (const auto& product : products::all(tx)) {
      if (!product.archived) view.product_names.push_back(product.name);
    }
    for (const auto& upload : attachments::of_draft(tx, ctx.person().id, filling.draft)) {
      view.uploads.push_back(views::upload_view(ctx, upload));
    }
    if (!product_unclear) return;
    for (const auto& product : products::look_up(tx, view.product, 10)) {
      view.product_choices.push_back({.value = std::to_string(product.id.value), .text = product.name});
    }
  });
  std::string title(ctx.t(msg::case_new_title));
  if (error != nullptr) {
    for (const base::FieldError& wrong : error->fields) {
      std::string message = web::error_of(ctx, *error, wrong.field);
      if (wrong.field == "product" && view.product_choices.size() > 1)
        message = ctx.t(msg::case_error_product_several);
      view.errors.push_back({.field = wrong.field, .message = std::move(message)});
    }
    view.error_title = ctx.t(msg::case_new_error_title, view.errors.size());
    title = ctx.t(msg::case_new_error_page, title);
  }
  return ctx.render(views::new_case, ctx.page(title, web::Section::none), view, error != nullptr ? 422 : 200);
}

base::DraftId posted_draft(const web::Context& ctx) {
  return base::DraftId{base::parse_id(ctx.form.get("draft")).value_or(0)};
}

drafts::Fields posted_fields(const web::Context& ctx) {
  drafts::Fields fields;
  for (const char* name : {"subject", "description", "product", "product_id", "country", "impact"}) {
    fields[name] = ctx.form.get(name);
  }
  // The choice among several products decides over what was typed.
  if (const auto choice = ctx.form.get("product_choice"); !choice.empty()) fields["product_id"] = choice;
  return fields;
}

NewCase form_of(const web::Context& ctx, const drafts::Fields& fields) {
  NewCase form{.draft = posted_draft(ctx),
               .subject = field(fields, "subject"),
               .description = field(fields, "description"),
               .product_id = {base::parse_id(field(fields, "product_id")).value_or(0)},
               .product = field(fields, "product"),
               .country = field(fields, "country"),
               .impact = impact_of(field(fields, "impact")),
               .origin = Origin::web,
               .contact_id = {},
               .uploads = {}};
  for (const auto& id : ctx.form.all("upload")) form.uploads.emplace_back(id);
  for (const auto& id : ctx.uploads) {
    if (std::ranges::find(form.uploads, id) == form.uploads.end()) form.uploads.push_back(id);
  }
  return form;
}

// A new form filled from a case the viewer may see.
std::optional<Filling> clone(web::Context& ctx, std::string_view number) {
  return ctx.read([&](storage::Transaction& tx) -> std::optional<Filling> {
    const auto report = find(tx, ctx.viewer(), parse_number(number));
    if (!report) return std::nullopt;
    const auto product = products::find(tx, report->product_id);
    return Filling{.draft = base::make_id<base::DraftId>(),
                   .fields = {{"subject", report->subject},
                              {"description", report->description},
                              {"product", product ? product->name : std::string{}},
                              {"product_id", std::to_string(report->product_id.value)},
                              {"country", report->country},
                              {"impact", std::to_string(static_cast<int>(report->impact))}}};
  });
}

Filling latest_draft(web::Context& ctx) {
  const auto draft = ctx.read([&](storage::Transaction& tx) {
    return drafts::latest(tx, ctx.person().id, drafts::Kind::new_case, 0);
  });
  if (!draft) return {.draft = base::make_id<base::DraftId>()};
  return {.draft = draft->id,
          .draft_version = draft->version,
          .fields = drafts::parse(*draft),
          .saved_at = draft->updated_at};
}

base::Result<drafts::Draft> keep(web::Context& ctx, drafts::Kind kind, std::int64_t subject,
                                 const drafts::Fields& fields) {
  return ctx.write([&](storage::Transaction& tx) {
    const auto draft = posted_draft(ctx);
    const auto known = drafts::find(tx, ctx.person().id, draft);
    return drafts::save(tx, ctx.person().id,
                        {.id = draft,
                         .kind = kind,
                         .subject_id = subject,
                         .version = known ? known->version : 0,
                         .fields = fields});
  });
}

}  // namespace

web::Response new_case(web::Context& ctx) {
  if (const auto number = ctx.query.get("clone"); !number.empty()) {
    auto filling = clone(ctx, number);
    if (!filling) return web::problem(ctx, 404);
    return form_page(ctx, *filling, nullptr);
  }
  return form_page(ctx, latest_draft(ctx), nullptr);
}

web::Response create(web::Context& ctx) {
  const drafts::Fields fields = posted_fields(ctx);
  const NewCase form = form_of(ctx, fields);
  auto opened = !ctx.upload_errors.empty()
                    ? base::Result<Opened>(base::fail(ctx.upload_errors))
                    : ctx.write([&](storage::Transaction& tx) { return open(tx, ctx.viewer(), form); });
  if (opened) return web::redirect(views::case_address(opened->report.number) + "/created");
  if (opened.error().kind != base::ErrorKind::invalid) return web::problem(ctx, opened.error());

  // Nothing typed is lost, also when the reader goes away from the errors.
  const auto kept = keep(ctx, drafts::Kind::new_case, 0, fields);
  const Filling filling{.draft = kept ? kept->id : form.draft,
                        .draft_version = kept ? kept->version : 0,
                        .fields = fields,
                        .saved_at = kept ? kept->updated_at : base::Instant{}};
  return form_page(ctx, filling, &opened.error());
}

web::Response created(web::Context& ctx) {
  views::CreatedView view;
  const auto shown = ctx.read([&](storage::Transaction& tx) -> base::Result<void> {
    const auto report = find(tx, ctx.viewer(), parse_number(ctx.path("number")));
    if (!report) return std::unexpected(report.error());
    const auto product = products::find(tx, report->product_id);
    view = {.number = format_number(report->number),
            .address = views::case_address(report->number),
            .subject = report->subject,
            .description = web::markdown(report->description),
            .product = product ? product->name : std::string{},
            .files = {}};
    for (const auto& file : attachments::of_case(tx, ctx.viewer(), report->account_id, report->id)) {
      if (!view.files.empty()) view.files += ", ";
      view.files += file.name;
    }
    return {};
  });
  if (!shown) return web::problem(ctx, shown.error());
  return ctx.render(views::created, ctx.page(ctx.t(msg::case_created_title)), view);
}

web::Response keep_new_case(web::Context& ctx) {
  if (ctx.proof_given()) (void)keep(ctx, drafts::Kind::new_case, 0, posted_fields(ctx));
  auto response = web::redirect("/sign-in?next=%2Fcases%2Fnew&expired=1");
  ctx.flash(response, msg::case_new_kept, web::FlashKind::warning);
  return response;
}

web::Response keep_comment(web::Context& ctx) {
  const auto number = parse_number(ctx.path("number"));
  if (ctx.proof_given()) {
    const auto report = ctx.read([&](storage::Transaction& tx) { return find(tx, ctx.viewer(), number); });
    if (report)
      (void)keep(ctx, drafts::Kind::comment, report->id.value, {{"body", std::string(ctx.form.get("body"))}});
  }
  auto response = web::redirect(fmt::format("/sign-in?next=%2Fcases%2F{}&expired=1", format_number(number)));
  ctx.flash(response, msg::case_new_kept, web::FlashKind::warning);
  return response;
}

web::Response discard_draft(web::Context& ctx) {
  ctx.write([&](storage::Transaction& tx) { drafts::discard(tx, ctx.person().id, posted_draft(ctx)); });
  auto response = web::redirect("/cases/new");
  ctx.flash(response, msg::case_new_discarded);
  return response;
}

}  // namespace cases::pages
