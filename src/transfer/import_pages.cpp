#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>

#include "attachments/upload_settings_pages.hpp"
#include "audit/words_pages.hpp"
#include "base/message_keys.hpp"
#include "blobs/store.hpp"
#include "transfer/import.hpp"
#include "transfer/pages.hpp"
#include "transfer/views.gen.hpp"
#include "web/form_errors.hpp"

namespace transfer::pages {
namespace {

Options options_of(const web::Context& ctx, Mode mode) {
  return {.what = ctx.form.get("what") == "accounts" ? What::accounts : What::people,
          .mode = mode,
          .invitation = ctx.form.has("invite") ? admin::Invitation::by_mail : admin::Invitation::none};
}

std::string columns(What what) {
  return fmt::format("{}", fmt::join(columns_of(what), ", "));
}

web::Response show(web::Context& ctx, web::FormErrors errors) {
  const bool failed = !errors.empty();
  const ChooseView view{.people_columns = ctx.t(msg::transfer_columns, columns(What::people)),
                        .accounts_columns = ctx.t(msg::transfer_columns, columns(What::accounts)),
                        .accounts = ctx.form.get("what") == "accounts",
                        .invite = ctx.form.has("invite"),
                        .title_of_errors = ctx.t(msg::transfer_not_checked),
                        .errors = std::move(errors)};
  const std::string title =
      failed ? web::error_title(ctx, msg::admin_transfer) : std::string(ctx.t(msg::admin_transfer));
  return ctx.render(views::choose, ctx.page(title, web::Section::admin), view, failed ? 422 : 200);
}

web::Response refuse(web::Context& ctx, const base::FieldError& why) {
  return show(ctx, web::form_errors(ctx, {.kind = base::ErrorKind::invalid, .fields = {why}, .detail = {}}));
}

// Reads the uploaded file from its beginning to its end; empty when it is gone.
std::optional<Report> run(web::Context& ctx, const std::string& upload_id, const Options& options) {
  const auto upload = attachments::uploads_of(ctx.environment).find(ctx.viewer(), upload_id);
  if (!upload || upload->digest.empty()) return std::nullopt;
  const auto opened = ctx.environment.blobs.open(upload->digest);
  if (!opened) return std::nullopt;
  Import import(ctx.environment.database, audit::pages::actor_of(ctx), options);
  std::vector<char> buffer(256 * 1024);
  std::uint64_t at = 0;
  while (at < opened->size) {
    const ssize_t got = ::pread(*opened->descriptor, buffer.data(), buffer.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    import.feed({buffer.data(), static_cast<std::size_t>(got)});
    at += static_cast<std::uint64_t>(got);
  }
  return import.finish();
}

struct Look {
  std::string_view pill;
  std::string_view icon;
  base::Message words;
};
constexpr std::array looks{Look{"green", "plus", msg::transfer_added},  // by Outcome
                           Look{"blue", "pencil", msg::transfer_changed},
                           Look{"", "check", msg::transfer_same},
                           Look{"red", "circle-alert", msg::transfer_wrong}};

LineView line_view(const web::Context& ctx, const LineReport& line) {
  const Look& look = looks.at(static_cast<std::size_t>(line.outcome));
  LineView view{.number = line.number,
                .pill = look.pill,
                .icon = look.icon,
                .outcome = ctx.t(look.words),
                .title = line.title,
                .details = {}};
  for (const web::FormError& error :
       web::form_errors(ctx, {.kind = base::ErrorKind::invalid, .fields = line.errors, .detail = {}}))
    view.details.push_back(error.message);
  for (const audit::Change& change : line.changes)
    view.details.push_back(audit::pages::words_of_change(ctx.locale, change));
  return view;
}

web::Response show_report(web::Context& ctx, const Report& report, const std::string& upload) {
  const auto count = [&](base::Message label, std::size_t number) {
    return CountView{.label = ctx.t(label),
                     .count = base::grouped(ctx.locale, static_cast<std::int64_t>(number))};
  };
  ReportView view{
      .what = ctx.form.get("what") == "accounts" ? "accounts" : "people",
      .upload = upload,
      .invite = ctx.form.has("invite"),
      .can_apply = report.added + report.changed > 0,
      .counts = {count(msg::transfer_lines, report.lines), count(msg::transfer_added, report.added),
                 count(msg::transfer_changed, report.changed), count(msg::transfer_same, report.same),
                 count(msg::transfer_wrong, report.wrong)},
      .lines = {},
      .shown = {}};
  for (const LineReport& line : report.shown) view.lines.push_back(line_view(ctx, line));
  if (report.lines - report.same > report.shown.size())
    view.shown = ctx.t(msg::transfer_shown, report.shown.size());
  return ctx.render(views::report, ctx.page(ctx.t(msg::transfer_report), web::Section::admin), view);
}

}  // namespace

web::Response choose(web::Context& ctx) {
  return show(ctx, {});
}

web::Response check(web::Context& ctx) {
  if (!ctx.upload_errors.empty()) return refuse(ctx, ctx.upload_errors.front());
  if (ctx.uploads.empty())
    return refuse(ctx, {.field = "file", .message = msg::transfer_error_file, .arguments = {}});
  const auto report = run(ctx, ctx.uploads.front(), options_of(ctx, Mode::check));
  if (!report) return refuse(ctx, {.field = "file", .message = msg::transfer_error_file, .arguments = {}});
  if (report->unusable) return refuse(ctx, *report->unusable);
  return show_report(ctx, *report, ctx.uploads.front());
}

web::Response apply(web::Context& ctx) {
  const auto report = run(ctx, std::string(ctx.form.get("upload")), options_of(ctx, Mode::apply));
  if (!report || report->unusable)
    return refuse(ctx, {.field = "file", .message = msg::transfer_error_gone, .arguments = {}});
  // The log shows how many there were, and each of them.
  web::Response response = web::redirect("/admin/audit");
  ctx.flash(response, msg::admin_form_saved);
  return response;
}

}  // namespace transfer::pages
