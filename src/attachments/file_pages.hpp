// Downloads of attached files.
#pragma once

#include "web/context.hpp"
#include "web/response.hpp"

namespace attachments {

// GET and HEAD /files/{id}. Saved by the browser, never shown as a page of ours; pictures are shown with
// ?inline=1. Parts can be asked for (Range), unchanged files are not sent again (ETag).
[[nodiscard]] web::Response download(web::Context& ctx);

// GET and HEAD /files/{id}/thumbnail
[[nodiscard]] web::Response thumbnail(web::Context& ctx);

}  // namespace attachments
