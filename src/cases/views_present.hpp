// Cases in the reader's words: what several pages show alike.
#pragma once

#include <string>
#include <string_view>

#include "attachments/attachments.hpp"
#include "cases/list.hpp"
#include "cases/views.hpp"
#include "web/context.hpp"

namespace cases::views {

[[nodiscard]] StatusView status_view(const web::Context& ctx, Status status);
[[nodiscard]] PriorityView priority_view(const web::Context& ctx, Priority priority);
// Every priority to choose from.
[[nodiscard]] std::vector<ChoiceView> priority_choices(const web::Context& ctx, Priority selected);
[[nodiscard]] TimeView full_time(const web::Context& ctx, base::Instant at);   // «20 нояб. 2026, 14:04»
[[nodiscard]] TimeView short_time(const web::Context& ctx, base::Instant at);  // «20 нояб., 14:04»
[[nodiscard]] TimeView relative_time(const web::Context& ctx, base::Instant at);
[[nodiscard]] std::string case_address(std::int64_t number);
[[nodiscard]] LineView line_view(const web::Context& ctx, const Line& line);
// Also the product and when it was last changed.
[[nodiscard]] LineView detailed_line_view(const web::Context& ctx, const Line& line);

struct FileLook {
  std::string_view color;
  std::string_view icon;
};
[[nodiscard]] FileLook file_look(std::string_view media_type);
[[nodiscard]] FileView file_view(const web::Context& ctx, const attachments::Attachment& file,
                                 std::string author);
[[nodiscard]] UploadView upload_view(const web::Context& ctx, const attachments::Upload& upload);

}  // namespace cases::views
