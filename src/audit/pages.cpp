#include "audit/pages.hpp"

#include <fmt/format.h>

#include "audit/audit.hpp"
#include "audit/views.gen.hpp"
#include "audit/words_pages.hpp"
#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "web/csv_file.hpp"

namespace audit::pages {
namespace {

constexpr int page_size = 50;
constexpr int batch_size = 1000;  // rows of a unit while the whole log is written

struct Asked {
  std::string actor;
  std::string object;
  std::string from;
  std::string until;
};

Asked asked(const web::Context& ctx) {
  const auto text = [&](std::string_view name) {
    return std::string(base::prefix(ctx.query.get(name), 100));
  };
  return {.actor = text("actor"), .object = text("object"), .from = text("from"), .until = text("until")};
}

Search search_of(const web::Context& ctx, const Asked& asked) {
  Search search{.actor = asked.actor,
                .object = asked.object,
                .from = base::parse_day(asked.from, ctx.time_zone()),
                .until = base::parse_day(asked.until, ctx.time_zone())};
  // The last day belongs to the search.
  if (search.until) search.until = search.until + base::days(1);
  return search;
}

std::string address_part(const Asked& asked) {
  return fmt::format("actor={}&object={}&from={}&until={}", web::encode_component(asked.actor),
                     web::encode_component(asked.object), web::encode_component(asked.from),
                     web::encode_component(asked.until));
}

EntryView entry_view(const web::Context& ctx, const Entry& entry) {
  EntryView view{.when = base::short_date_time(ctx.locale, entry.created_at, ctx.time_zone()),
                 .when_iso = base::iso_time(entry.created_at),
                 .actor = entry.actor,
                 .client = entry.client,
                 .act = ctx.t(words_of(entry.act)),
                 .object = entry.object,
                 .changes = {}};
  for (const Change& change : changes_of(entry)) view.changes.push_back(words_of_change(ctx.locale, change));
  return view;
}

std::string changes_cell(const web::Context& ctx, const Entry& entry) {
  std::string cell;
  for (const Change& change : changes_of(entry)) {
    if (!cell.empty()) cell += "; ";
    cell += words_of_change(ctx.locale, change);
  }
  return cell;
}

}  // namespace

web::Response list(web::Context& ctx) {
  const Asked wanted = asked(ctx);
  const base::AuditEntryId before{base::parse_id(ctx.query.get("before")).value_or(0)};
  auto entries = ctx.read(
      [&](storage::Transaction& tx) { return page(tx, search_of(ctx, wanted), before, page_size + 1); });
  ListView view{.actor = wanted.actor,
                .object = wanted.object,
                .from = wanted.from,
                .until = wanted.until,
                .query = address_part(wanted),
                .narrowed = !(wanted.actor + wanted.object + wanted.from + wanted.until).empty(),
                .entries = {},
                .next = {}};
  if (entries.size() > page_size) {
    entries.resize(page_size);
    view.next = fmt::format("/admin/audit?{}&before={}", view.query, base::to_string(entries.back().id));
  }
  for (const Entry& entry : entries) view.entries.push_back(entry_view(ctx, entry));
  return ctx.render(views::list, ctx.page(ctx.t(msg::admin_audit), web::Section::admin), view);
}

web::Response download(web::Context& ctx) {
  const Search search = search_of(ctx, asked(ctx));
  web::CsvFile file(ctx.environment.data_directory);
  file.row({ctx.t(msg::audit_when), ctx.t(msg::audit_who), "IP", ctx.t(msg::audit_what),
            ctx.t(msg::audit_object), ctx.t(msg::audit_changes)});
  base::AuditEntryId before{};
  for (;;) {
    const auto entries =
        ctx.read([&](storage::Transaction& tx) { return page(tx, search, before, batch_size); });
    for (const Entry& entry : entries) {
      file.row({base::iso_time(entry.created_at), entry.actor, entry.client, ctx.t(words_of(entry.act)),
                entry.object, changes_cell(ctx, entry)});
    }
    if (entries.size() < batch_size) break;
    before = entries.back().id;
  }
  return file.finish("audit.csv");
}

}  // namespace audit::pages
