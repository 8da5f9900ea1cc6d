#include "cases/views_present.hpp"

#include "base/format.hpp"
#include "base/message_keys.hpp"
#include "products/products.hpp"

namespace cases::views {

StatusView status_view(const web::Context& ctx, Status status) {
  const bool staff = ctx.signed_in && ctx.viewer().staff();
  switch (status) {
    case Status::open:
      return {.color = "blue", .icon = "circle-dot", .text = ctx.t(msg::case_status_open)};
    case Status::in_progress:
      return {.color = "violet", .icon = "loader", .text = ctx.t(msg::case_status_in_progress)};
    case Status::waiting:
      return {.color = "amber",
              .icon = "message-circle-question-mark",
              .text = ctx.t(staff ? msg::desk_status_waiting : msg::case_status_waiting)};
    case Status::solved:
      return {.color = "green", .icon = "lightbulb", .text = ctx.t(msg::case_status_solved)};
    case Status::closed:
      return {.color = "", .icon = "archive", .text = ctx.t(msg::case_status_closed)};
    case Status::reopened:
      return {.color = "blue", .icon = "rotate-ccw", .text = ctx.t(msg::case_status_reopened)};
  }
  return {};
}

PriorityView priority_view(const web::Context& ctx, Priority priority) {
  switch (priority) {
    case Priority::critical:
      return {.cls = "p0", .icon = "chevrons-up", .text = ctx.t(msg::case_priority_critical)};
    case Priority::high:
      return {.cls = "p1", .icon = "chevron-up", .text = ctx.t(msg::case_priority_high)};
    case Priority::normal:
      return {.cls = "p2", .icon = "equal", .text = ctx.t(msg::case_priority_normal)};
    case Priority::low:
      break;
  }
  return {.cls = "p3", .icon = "chevron-down", .text = ctx.t(msg::case_priority_low)};
}

std::vector<ChoiceView> priority_choices(const web::Context& ctx, Priority selected) {
  std::vector<ChoiceView> choices;
  for (int i = 0; i < priority_count; ++i) {
    const auto priority = static_cast<Priority>(i);
    choices.push_back({.value = std::to_string(i),
                       .text = std::string(priority_view(ctx, priority).text),
                       .selected = priority == selected});
  }
  return choices;
}

TimeView full_time(const web::Context& ctx, base::Instant at) {
  return {.iso = base::iso_time(at), .text = base::date_time(ctx.locale, at, ctx.time_zone())};
}

TimeView short_time(const web::Context& ctx, base::Instant at) {
  return {.iso = base::iso_time(at), .text = base::short_date_time(ctx.locale, at, ctx.time_zone())};
}

TimeView relative_time(const web::Context& ctx, base::Instant at) {
  return {.iso = base::iso_time(at), .text = base::ago(ctx.locale, at, base::now(), ctx.time_zone())};
}

std::string case_address(std::int64_t number) {
  return "/cases/" + format_number(number);
}

LineView line_view(const web::Context& ctx, const Line& line) {
  return {.number = format_number(line.number),
          .address = case_address(line.number),
          .account = line.account,
          .contact = line.contact,
          .subject = line.subject,
          .product = {},
          .status = status_view(ctx, line.status),
          .opened = full_time(ctx, line.opened_at),
          .updated = {}};
}

LineView detailed_line_view(const web::Context& ctx, const Line& line) {
  LineView view = line_view(ctx, line);
  view.product = products::name_of(*products::catalogue(ctx.environment.database), line.product_id);
  view.updated = relative_time(ctx, line.updated_at);
  return view;
}

FileLook file_look(std::string_view type) {
  if (type.starts_with("image/")) return {.color = "image", .icon = "image"};
  if (type == "application/pdf") return {.color = "pdf", .icon = "file-text"};
  const bool sheet = type.find("spreadsheet") != std::string_view::npos ||
                     type.find("excel") != std::string_view::npos || type == "text/csv";
  if (sheet) return {.color = "sheet", .icon = "file-spreadsheet"};
  return {.color = "", .icon = "file"};
}

FileView file_view(const web::Context& ctx, const attachments::Attachment& file, std::string author) {
  const FileLook look = file_look(file.media_type);
  const std::string address = "/files/" + std::to_string(file.id.value);
  return {.address = address,
          .thumbnail = file.thumbnail ? address + "/thumbnail" : std::string{},
          .name = file.name,
          .size = base::file_size(ctx.locale, file.size),
          .added = base::date(ctx.locale, file.created_at, ctx.time_zone()),
          .author = std::move(author),
          .color = look.color,
          .icon = look.icon};
}

UploadView upload_view(const web::Context& ctx, const attachments::Upload& upload) {
  const FileLook look = file_look(upload.media_type);
  return {.id = upload.id,
          .name = upload.name,
          .size_text = base::file_size(ctx.locale, upload.size),
          .size = upload.size,
          .received = upload.received,
          .percent = upload.size > 0 ? upload.received * 100 / upload.size : 100,
          .whole = upload.whole(),
          .color = look.color,
          .icon = look.icon};
}

}  // namespace cases::views
