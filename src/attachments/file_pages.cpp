#include "attachments/file_pages.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "attachments/attachments.hpp"
#include "attachments/byte_range.hpp"
#include "attachments/content_disposition.hpp"
#include "attachments/media_type.hpp"
#include "blobs/store.hpp"

namespace attachments {
namespace {

// A file as it is to be served.
struct Served {
  blobs::Opened bytes;
  std::string etag;
  std::string media_type;
  std::string disposition;
};

// Types that a browser would run or follow links of come as bytes of no kind, whatever else is said about
// them.
std::string_view harmless(std::string_view media_type) {
  static constexpr std::array active{"text/html",     "application/xhtml+xml", "image/svg+xml",
                                     "text/xml",      "application/xml",       "text/javascript",
                                     "text/x-mathml", "application/javascript"};
  for (const std::string_view type : active) {
    if (type == media_type) return "application/octet-stream";
  }
  return media_type;
}

web::Response serve(const web::Request& request, Served file) {
  web::Response response;
  response.with("ETag", file.etag)
      .with("Cache-Control", "private, max-age=0, must-revalidate")
      .with("Accept-Ranges", "bytes")
      .with("X-Content-Type-Options", "nosniff")
      .with("Content-Security-Policy", "sandbox; default-src 'none'")
      .with("Cross-Origin-Resource-Policy", "same-origin");
  if (names_etag(request.header("If-None-Match"), file.etag)) {
    response.status = 304;
    return response;
  }
  response.with("Content-Type", std::string(harmless(file.media_type)))
      .with("Content-Disposition", std::move(file.disposition));

  const auto condition = request.header("If-Range");
  const bool part_wanted =
      request.method == web::Method::get && (condition.empty() || condition == file.etag);
  const auto range =
      choose_range(part_wanted ? request.header("Range") : std::string_view(), file.bytes.size);
  if (range.kind == ByteRange::Kind::unsatisfiable) {
    response.status = 416;
    return std::move(response.with("Content-Range", fmt::format("bytes */{}", file.bytes.size)));
  }
  if (range.kind == ByteRange::Kind::part) {
    response.status = 206;
    response.with("Content-Range", fmt::format("bytes {}-{}/{}", range.offset,
                                               range.offset + range.length - 1, file.bytes.size));
  }
  response.body = web::FileBody{
      .descriptor = std::move(file.bytes.descriptor), .offset = range.offset, .length = range.length};
  return response;
}

base::Result<Attachment> find_in_path(web::Context& ctx) {
  const base::AttachmentId id{ctx.path_number("id")};
  return ctx.read([&](storage::Transaction& tx) { return find(tx, ctx.viewer(), id); });
}

}  // namespace

web::Response download(web::Context& ctx) {
  const auto file = find_in_path(ctx);
  if (!file) return web::problem(ctx, file.error());
  auto bytes = ctx.environment.blobs.open(file->digest);
  if (!bytes) {
    spdlog::error("the bytes of attachment {} are missing: {}", file->id.value, file->digest);
    return web::problem(ctx, 500);
  }
  const bool shown = ctx.query.get("inline") == "1" && is_picture(file->media_type);
  return serve(ctx.request, {.bytes = *std::move(bytes),
                             .etag = '"' + file->digest + '"',
                             .media_type = file->media_type,
                             .disposition = content_disposition(
                                 shown ? Disposition::shown : Disposition::attachment, file->name)});
}

web::Response thumbnail(web::Context& ctx) {
  const auto file = find_in_path(ctx);
  if (!file) return web::problem(ctx, file.error());
  auto bytes = file->thumbnail ? ctx.environment.blobs.open_thumbnail(file->digest) : std::nullopt;
  if (!bytes) return web::problem(ctx, 404);
  return serve(ctx.request, {.bytes = *std::move(bytes),
                             .etag = '"' + file->digest + "-thumbnail\"",
                             .media_type = "image/webp",
                             .disposition = "inline"});
}

}  // namespace attachments
