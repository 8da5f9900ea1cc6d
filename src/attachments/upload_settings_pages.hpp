// The uploads of this installation, with its limits.
#pragma once

#include "attachments/uploads.hpp"
#include "web/context.hpp"

namespace attachments {

[[nodiscard]] inline Uploads uploads_of(const web::Environment& environment) {
  UploadOptions options;
  options.largest = static_cast<std::int64_t>(environment.settings.largest_file);
  return {environment.database, environment.blobs, std::move(options)};
}

}  // namespace attachments
