#include <algorithm>
#include <set>

#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "cases/list_address_pages.hpp"
#include "cases/pages.hpp"
#include "cases/views.gen.hpp"
#include "cases/views_present.hpp"
#include "notifications/notifications.hpp"
#include "people/people.hpp"
#include "products/products.hpp"
#include "web/url.hpp"

namespace cases::pages {
namespace {

struct Column {
  Sort sort;
  base::Message title;
  std::string_view cell;
};

constexpr Column columns[] = {{Sort::number, msg::case_column_number, "cell-number"},
                              {Sort::account, msg::case_column_account, "cell-account"},
                              {Sort::contact, msg::case_column_contact, "cell-contact"},
                              {Sort::subject, msg::case_column_subject, "cell-subject"},
                              {Sort::status, msg::case_column_status, "cell-status"},
                              {Sort::opened, msg::case_column_opened, "cell-opened"}};

struct NamedView {
  View view;
  base::Message title;
};

constexpr NamedView named_views[] = {{View::recent, msg::case_view_recent},
                                     {View::recent_cases, msg::case_view_recent_cases},
                                     {View::company, msg::case_view_company},
                                     {View::mine, msg::case_view_mine}};

base::Message title_of(View view) {
  return std::ranges::find(named_views, view, &NamedView::view)->title;
}

// What the page reads, in one unit.
struct Data {
  List list;
  std::shared_ptr<const products::Catalogue> products;
  std::vector<Choice> contacts;
  std::set<std::int64_t> unread;
};

Data read_data(web::Context& ctx, const ListQuery& query) {
  const auto products = products::catalogue(ctx.environment.database);
  return ctx.read([&](storage::Transaction& tx) {
    Data data{.products = products};
    if (query.view == View::company && !ctx.viewer().staff()) data.contacts = contacts(tx, ctx.viewer());
    data.list = list(tx, ctx.viewer(), query, data.contacts);
    if (ctx.person().unread_notifications > 0) data.unread = notifications::unread_cases(tx, ctx.person().id);
    return data;
  });
}

std::vector<views::ChoiceView> status_choices(const web::Context& ctx, const std::string& selected) {
  std::vector<views::ChoiceView> choices{
      {.value = "", .text = std::string(ctx.t(msg::case_filter_any)), .selected = selected.empty()},
      {.value = "active",
       .text = std::string(ctx.t(msg::case_filter_active)),
       .selected = selected == "active"},
      {.value = "archived",
       .text = std::string(ctx.t(msg::case_filter_archived)),
       .selected = selected == "archived"}};
  for (int i = 0; i < status_count; ++i) {
    const auto status = static_cast<Status>(i);
    choices.push_back({.value = std::string(status_names[i]),
                       .text = std::string(views::status_view(ctx, status).text),
                       .selected = selected == status_names[i]});
  }
  return choices;
}

views::ChoiceView any_choice(const web::Context& ctx, bool selected) {
  return {.value = "", .text = std::string(ctx.t(msg::case_filter_any)), .selected = selected};
}

// One chip for each filter: its words, and the address without it.
void add_chip(views::ListView& view, std::string text, ListAddress without) {
  view.chips.push_back({.text = std::move(text), .address = without.text()});
}

std::string selected_text(const std::vector<views::ChoiceView>& choices) {
  const auto found = std::ranges::find(choices, true, &views::ChoiceView::selected);
  return found == choices.end() ? std::string{} : found->text;
}

void fill_filters(const web::Context& ctx, const ListAddress& address, const Data& data,
                  views::ListView& view) {
  view.statuses = status_choices(ctx, address.status);
  view.products.push_back(any_choice(ctx, address.product == 0));
  for (const products::Product& product : *data.products) {
    view.products.push_back({.value = std::to_string(product.id.value),
                             .text = product.name,
                             .selected = product.id.value == address.product});
  }
  view.contacts.push_back(any_choice(ctx, address.contact == 0));
  for (const Choice& contact : data.contacts) {
    view.contacts.push_back({.value = base::to_string(contact.id),
                             .text = contact.name,
                             .selected = contact.id.value == address.contact});
  }
  view.from = address.from;
  view.until = address.until;

  const auto chip = [&](base::Message name, const std::string& value, auto clear) {
    ListAddress without = address;
    clear(without);
    add_chip(view, ctx.t(msg::case_filter_chip, ctx.t(name), value), without);
  };
  if (!address.status.empty()) {
    chip(msg::case_column_status, selected_text(view.statuses), [](ListAddress& a) { a.status.clear(); });
  }
  if (address.product != 0) {
    chip(msg::case_field_product, selected_text(view.products), [](ListAddress& a) { a.product = 0; });
  }
  if (address.contact != 0) {
    chip(msg::case_column_contact, selected_text(view.contacts), [](ListAddress& a) { a.contact = 0; });
  }
  if (!address.from.empty())
    chip(msg::case_filter_from, address.from, [](ListAddress& a) { a.from.clear(); });
  if (!address.until.empty())
    chip(msg::case_filter_until, address.until, [](ListAddress& a) { a.until.clear(); });
  if (!address.search.empty())
    chip(msg::case_filter_search, address.search, [](ListAddress& a) { a.search.clear(); });
}

void fill_navigation(const web::Context& ctx, const ListAddress& address, const List& list,
                     views::ListView& view) {
  for (const NamedView& named : named_views) {
    view.views.push_back({.text = std::string(ctx.t(named.title)),
                          .address = std::string("/cases?view=") + std::string(name_of(named.view)),
                          .current = named.view == address.view});
  }
  for (const Column& column : columns) {
    ListAddress sorted = address;
    const bool current = column.sort == address.sort;
    sorted.sort = column.sort;
    sorted.descending = current ? !address.descending : column.sort == Sort::opened;
    view.columns.push_back({.text = std::string(ctx.t(column.title)),
                            .address = sorted.text(),
                            .current = current,
                            .descending = address.descending,
                            .cell = column.cell});
    if (current) view.sorted_by = ctx.t(column.title);
  }
  view.address = address.text();
  view.reset_address = std::string("/cases?view=") + std::string(name_of(address.view));
  if (list.previous)
    view.previous = view.address + "&before=" + web::encode_component(write_key(*list.previous));
  if (list.next) view.next = view.address + "&after=" + web::encode_component(write_key(*list.next));
}

}  // namespace

web::Response list(web::Context& ctx) {
  const ListAddress address = read_address(ctx);
  const Data data = read_data(ctx, query_of(ctx, address));

  views::ListView view;
  view.title = ctx.t(title_of(address.view));
  view.view = name_of(address.view);
  view.pinned = ctx.person().pinned_view == static_cast<std::uint8_t>(address.view);
  view.kept = {{.name = "view", .value = view.view},
               {.name = "sort", .value = std::string(name_of(address.sort))},
               {.name = "dir", .value = address.descending ? "desc" : "asc"}};
  view.search = address.search;
  view.total = data.list.total;
  view.refreshed = {.iso = base::iso_time(base::now()), .text = std::string(ctx.t(msg::case_list_just_now))};
  fill_filters(ctx, address, data, view);
  fill_navigation(ctx, address, data.list, view);
  view.filtered_by = view.title;
  for (const views::LinkView& chip : view.chips) view.filtered_by += ", " + chip.text;
  for (const Line& line : data.list.lines) {
    view.lines.push_back(views::line_view(ctx, line));
    view.lines.back().unread = data.unread.contains(line.id.value);
  }
  return ctx.render(views::list, ctx.page(view.title, web::Section::cases), view);
}

web::Response pin(web::Context& ctx) {
  for (const NamedView& named : named_views) {
    if (name_of(named.view) != ctx.form.get("view")) continue;
    ctx.write([&](storage::Transaction& tx) {
      people::pin_view(tx, ctx.person().id, static_cast<std::uint8_t>(named.view));
    });
    auto response = web::redirect(std::string("/cases?view=") + std::string(name_of(named.view)));
    ctx.flash(response, msg::case_view_pinned);
    return response;
  }
  return web::problem(ctx, 422);
}

}  // namespace cases::pages
