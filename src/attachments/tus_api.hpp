// Resumable uploads by tus 1.0 (https://tus.io/protocols/resumable-upload), with the extensions creation,
// creation-with-upload, termination, checksum and expiration.
//
// The two that take bytes are openers of streamed bodies: the bytes go to the disk as they come, 64 KiB of
// memory each.
#pragma once

#include <expected>
#include <memory>

#include "web/application.hpp"
#include "web/context.hpp"
#include "web/response.hpp"
#include "web/route.hpp"

namespace attachments {

using OpenedBody = std::expected<std::unique_ptr<web::BodySink>, web::Response>;

// OPTIONS /uploads and /uploads/{id}: what this server can do.
[[nodiscard]] web::Response upload_options(web::Context& ctx);

// POST /uploads: 201 with the Location of the new upload. Metadata: `filename`, and `draft`, the form's
// draft.
[[nodiscard]] OpenedBody open_new_upload(std::shared_ptr<web::Context> ctx, web::Handler);

// HEAD /uploads/{id}: how much has come.
[[nodiscard]] web::Response show_upload(web::Context& ctx);

// PATCH /uploads/{id}: the next piece.
[[nodiscard]] OpenedBody open_upload_piece(std::shared_ptr<web::Context> ctx, web::Handler);

// DELETE /uploads/{id}: forgets it.
[[nodiscard]] web::Response terminate_upload(web::Context& ctx);

}  // namespace attachments
