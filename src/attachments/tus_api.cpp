#include "attachments/tus_api.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <array>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "attachments/checksum.hpp"
#include "attachments/tus_headers.hpp"
#include "attachments/upload_settings_pages.hpp"
#include "attachments/uploads.hpp"
#include "base/message_keys.hpp"

namespace attachments {
namespace {

constexpr std::string_view version = "1.0.0";
constexpr std::string_view body_type = "application/offset+octet-stream";
constexpr std::int64_t mebibyte = 1024 * 1024;
constexpr int checksum_mismatch = 460;

// IMF-fixdate (RFC 9110, 5.6.7).
std::string http_date(base::Instant at) {
  const std::time_t seconds = at.microseconds / 1'000'000;
  std::tm utc{};
  ::gmtime_r(&seconds, &utc);
  static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days.at(static_cast<std::size_t>(utc.tm_wday)),
                     utc.tm_mday, months.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900,
                     utc.tm_hour, utc.tm_min, utc.tm_sec);
}

web::Response tus(int status) {
  web::Response response{.status = status, .headers = {}, .body = std::string(), .close = false};
  response.with("Tus-Resumable", std::string(version)).with("Cache-Control", "no-store");
  return response;
}

web::Response say(int status, std::string_view text) {
  web::Response response = tus(status);
  response.with("Content-Type", "text/plain; charset=utf-8").body = std::string(text);
  return response;
}

web::Response refuse(UploadProblem problem, base::Locale locale, const UploadOptions& options) {
  switch (problem) {
    case UploadProblem::not_found:
      return say(404, base::text(locale, msg::files_gone));
    case UploadProblem::expired:
      return say(410, base::text(locale, msg::files_expired));
    case UploadProblem::wrong_offset:
      return say(409, base::text(locale, msg::files_wrong_offset));
    case UploadProblem::busy:
      return std::move(say(423, base::text(locale, msg::files_busy)).with("Retry-After", "1"));
    case UploadProblem::too_large:
      return say(413, base::format(locale, msg::files_too_large_upload, options.largest / mebibyte));
    case UploadProblem::too_many:
      return say(429, base::text(locale, msg::files_too_many_waiting));
    case UploadProblem::no_space:
      return std::move(say(507, base::text(locale, msg::files_no_space)).with("Retry-After", "60"));
  }
  std::unreachable();
}

// Runs `work`; a disk or a database that cannot go on becomes an answer that says to try again.
template <class Work>
auto available(base::Locale locale, Work work) -> decltype(work()) {
  const auto unavailable = [&](int status, const std::exception& error) -> decltype(work()) {
    spdlog::error("upload: {}", error.what());
    web::Response response = say(status, base::text(locale, msg::files_no_space));
    response.with("Retry-After", "60");
    if constexpr (std::is_same_v<decltype(work()), web::Response>) {
      return response;
    } else {
      return std::unexpected(std::move(response));
    }
  };
  try {
    return work();
  } catch (const blobs::Full& error) {
    return unavailable(507, error);
  } catch (const blobs::Unavailable& error) {
    return unavailable(503, error);
  } catch (const storage::Unavailable& error) {
    return unavailable(503, error);
  }
}

// Every request but OPTIONS names the version it speaks.
std::optional<web::Response> check_version(const web::Request& request) {
  if (request.header("Tus-Resumable") == version) return std::nullopt;
  return std::move(tus(412).with("Tus-Version", std::string(version)));
}

bool has_body(const web::Request& request) {
  const auto length = request.header("Content-Length");
  return !request.header("Transfer-Encoding").empty() || (!length.empty() && length != "0");
}

std::string path_of(const Upload& upload) {
  return "/uploads/" + upload.id;
}

// The bytes of one request on their way to the disk.
class PieceSink final : public web::BodySink {
 public:
  // `success` is the answer to a piece that arrived well; `piece` is empty where no bytes are expected.
  PieceSink(web::Response success, std::unique_ptr<Piece> piece, std::optional<ChecksumCheck> checksum,
            base::Locale locale, UploadOptions options)
      : success_(std::move(success)),
        piece_(std::move(piece)),
        checksum_(std::move(checksum)),
        locale_(locale),
        options_(std::move(options)) {}

  bool write(std::string_view bytes) override {
    if (!piece_) return false;
    if (checksum_) checksum_->update(bytes);
    const auto written = piece_->write(bytes);
    if (!written) problem_ = written.error();
    return written.has_value();
  }

  web::Response finish() override {
    return available(locale_, [&]() -> web::Response {
      if (!piece_) return std::move(success_);
      if (problem_) {
        piece_.reset();  // keeps what came
        return refuse(*problem_, locale_, options_);
      }
      if (checksum_ && !checksum_->holds()) {
        piece_->discard();
        return say(checksum_mismatch, base::text(locale_, msg::files_checksum));
      }
      const auto upload = piece_->finish();
      if (!upload) return refuse(upload.error(), locale_, options_);
      success_.with("Upload-Offset", std::to_string(upload->received));
      success_.with("Upload-Expires", http_date(upload->expires_at));
      return std::move(success_);
    });
  }

 private:
  web::Response success_;
  std::unique_ptr<Piece> piece_;
  std::optional<ChecksumCheck> checksum_;
  base::Locale locale_;
  UploadOptions options_;
  std::optional<UploadProblem> problem_;
};

// `check` is empty where no checksum came with the piece.
struct WantedChecksum {
  std::optional<ChecksumCheck> check;
  bool valid = true;
};

WantedChecksum read_checksum(const web::Request& request) {
  WantedChecksum wanted;
  const auto header = request.header("Upload-Checksum");
  if (header.empty()) return wanted;
  auto checksum = parse_upload_checksum(header);
  wanted.valid = checksum.has_value();
  if (checksum) wanted.check.emplace(*std::move(checksum));
  return wanted;
}

}  // namespace

web::Response upload_options(web::Context& ctx) {
  return std::move(tus(204)
                       .with("Tus-Version", std::string(version))
                       .with("Tus-Extension", "creation,creation-with-upload,termination,checksum,expiration")
                       .with("Tus-Max-Size", std::to_string(ctx.environment.settings.largest_file))
                       .with("Tus-Checksum-Algorithm", std::string(checksum_algorithms)));
}

OpenedBody open_new_upload(std::shared_ptr<web::Context> ctx, web::Handler) {
  const web::Request& request = ctx->request;
  if (auto wrong = check_version(request)) return std::unexpected(*std::move(wrong));
  const auto size = parse_upload_number(request.header("Upload-Length"));
  if (!size) return std::unexpected(say(400, "Upload-Length"));
  auto metadata = parse_upload_metadata(request.header("Upload-Metadata"));
  if (!metadata) return std::unexpected(say(400, "Upload-Metadata"));
  auto checksum = read_checksum(request);
  if (!checksum.valid) return std::unexpected(say(400, "Upload-Checksum"));
  if (has_body(request) && request.header("Content-Type") != body_type)
    return std::unexpected(say(415, body_type));

  return available(ctx->locale, [&]() -> OpenedBody {
    const Uploads uploads = uploads_of(ctx->environment);
    const auto refused = [&](UploadProblem problem) {
      return std::unexpected(refuse(problem, ctx->locale, uploads.options()));
    };
    const auto upload = uploads.create(
        ctx->viewer(), {.name = std::move(metadata->file_name), .size = *size, .draft = metadata->draft});
    if (!upload) return refused(upload.error());
    web::Response created = tus(201);
    created.with("Location", path_of(*upload)).with("Upload-Expires", http_date(upload->expires_at));
    std::unique_ptr<Piece> piece;
    if (has_body(request) && !upload->whole()) {
      const auto kind = checksum.check ? PieceKind::proved : PieceKind::plain;
      auto opened = uploads.append(ctx->viewer(), upload->id, 0, kind);
      if (!opened) return refused(opened.error());
      piece = *std::move(opened);
    } else {
      created.with("Upload-Offset", "0");
    }
    return std::make_unique<PieceSink>(std::move(created), std::move(piece), std::move(checksum.check),
                                       ctx->locale, uploads.options());
  });
}

web::Response show_upload(web::Context& ctx) {
  if (auto wrong = check_version(ctx.request)) return *std::move(wrong);
  return available(ctx.locale, [&]() -> web::Response {
    const Uploads uploads = uploads_of(ctx.environment);
    const auto upload = uploads.find(ctx.viewer(), ctx.path("id"));
    if (!upload) return refuse(upload.error(), ctx.locale, uploads.options());
    return std::move(tus(200)
                         .with("Upload-Offset", std::to_string(upload->received))
                         .with("Upload-Length", std::to_string(upload->size))
                         .with("Upload-Metadata",
                               format_upload_metadata({.file_name = upload->name, .draft = upload->draft_id}))
                         .with("Upload-Expires", http_date(upload->expires_at)));
  });
}

OpenedBody open_upload_piece(std::shared_ptr<web::Context> ctx, web::Handler) {
  const web::Request& request = ctx->request;
  if (auto wrong = check_version(request)) return std::unexpected(*std::move(wrong));
  if (request.header("Content-Type") != body_type) return std::unexpected(say(415, body_type));
  const auto offset = parse_upload_number(request.header("Upload-Offset"));
  if (!offset) return std::unexpected(say(400, "Upload-Offset"));
  auto checksum = read_checksum(request);
  if (!checksum.valid) return std::unexpected(say(400, "Upload-Checksum"));

  return available(ctx->locale, [&]() -> OpenedBody {
    const Uploads uploads = uploads_of(ctx->environment);
    const auto kind = checksum.check ? PieceKind::proved : PieceKind::plain;
    auto piece = uploads.append(ctx->viewer(), ctx->path("id"), *offset, kind);
    if (!piece) return std::unexpected(refuse(piece.error(), ctx->locale, uploads.options()));
    return std::make_unique<PieceSink>(tus(204), *std::move(piece), std::move(checksum.check), ctx->locale,
                                       uploads.options());
  });
}

web::Response terminate_upload(web::Context& ctx) {
  if (auto wrong = check_version(ctx.request)) return *std::move(wrong);
  return available(ctx.locale, [&]() -> web::Response {
    const Uploads uploads = uploads_of(ctx.environment);
    const auto gone = uploads.terminate(ctx.viewer(), ctx.path("id"));
    if (!gone) return refuse(gone.error(), ctx.locale, uploads.options());
    return tus(204);
  });
}

}  // namespace attachments
