// What browsers meet: tus, downloads and forms with files, from the head of a request to the answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attachments/file_pages.hpp"
#include "attachments/form_pages.hpp"
#include "attachments/portal_for_tests.hpp"
#include "attachments/tus_api.hpp"
#include "base/message_keys.hpp"
#include "web/context.hpp"
#include "web/route.hpp"

namespace attachments {
namespace {

using namespace for_tests;
using namespace std::string_literals;
using Headers = std::vector<std::pair<std::string, std::string>>;

std::string header(const web::Response& response, std::string_view name) {
  const auto found = std::ranges::find(response.headers, name, &std::pair<std::string, std::string>::first);
  return found == response.headers.end() ? "" : found->second;
}

std::string body(const web::Response& response) {
  if (const auto* text = std::get_if<std::string>(&response.body)) return *text;
  if (const auto* bytes = std::get_if<web::StaticBody>(&response.body)) return std::string(bytes->bytes);
  const auto& file = std::get<web::FileBody>(response.body);
  std::string bytes(file.length, '\0');
  EXPECT_EQ(::pread(*file.descriptor, bytes.data(), bytes.size(), static_cast<off_t>(file.offset)),
            static_cast<ssize_t>(bytes.size()));
  return bytes;
}

sessions::SignedIn signed_in_as(const people::Viewer& viewer) {
  sessions::SignedIn signed_in;
  signed_in.session.csrf = "proof";
  signed_in.person.id = viewer.id;
  signed_in.person.account_id = viewer.account_id;
  signed_in.person.role = viewer.role;
  return signed_in;
}

// What the handler behind a form was given.
struct Given {
  web::Form form;
  std::vector<std::string> uploads;
  std::vector<base::FieldError> errors;
};
std::optional<Given> given;

web::Response remember(web::Context& ctx) {
  given = Given{.form = ctx.form, .uploads = ctx.uploads, .errors = ctx.upload_errors};
  return web::redirect("/");
}

class PagesTest : public testing::Test {
 protected:
  PagesTest() { given.reset(); }

  std::shared_ptr<web::Context> context(web::Method method, Headers headers, const std::string& id = {}) {
    auto& request = *requests_.emplace_back(std::make_unique<web::Request>());
    request.method = method;
    request.path = "/";
    request.headers = std::move(headers);
    auto ctx = std::make_shared<web::Context>(environment, request);
    ctx->signed_in = signed_in_as(viewer);
    ctx->locale = base::Locale::en;
    if (!id.empty()) ctx->path_parameters = {{"id", id}};
    return ctx;
  }

  // Streams the body in pieces as the network does.
  static web::Response send(std::expected<std::unique_ptr<web::BodySink>, web::Response> opened,
                            std::string_view bytes, std::size_t piece = 64 * 1024) {
    if (!opened) return std::move(opened.error());
    while (!bytes.empty() && (*opened)->write(bytes.substr(0, piece))) {
      bytes.remove_prefix(std::min(piece, bytes.size()));
    }
    return (*opened)->finish();
  }

  web::Response post(Headers headers, std::string_view bytes = {}) {
    headers.emplace_back("Tus-Resumable", "1.0.0");
    headers.emplace_back("Content-Length", std::to_string(bytes.size()));
    return send(open_new_upload(context(web::Method::post, std::move(headers)), nullptr), bytes);
  }

  std::string created(std::int64_t size, const std::string& metadata = "filename YS50eHQ=") {
    const auto response = post({{"Upload-Length", std::to_string(size)}, {"Upload-Metadata", metadata}});
    EXPECT_EQ(response.status, 201);
    const std::string location = header(response, "Location");
    EXPECT_TRUE(location.starts_with("/uploads/"));
    return location.substr(location.rfind('/') + 1);
  }

  web::Response patch(const std::string& id, const std::string& offset, std::string_view bytes,
                      Headers more = {}) {
    Headers headers{{"Tus-Resumable", "1.0.0"},
                    {"Content-Type", "application/offset+octet-stream"},
                    {"Upload-Offset", offset}};
    headers.insert(headers.end(), more.begin(), more.end());
    return send(open_upload_piece(context(web::Method::patch, std::move(headers), id), nullptr), bytes);
  }

  web::Response head(const std::string& id) {
    return show_upload(*context(web::Method::head, {{"Tus-Resumable", "1.0.0"}}, id));
  }

  Attachment attached(std::string_view bytes,
                      const Place& place = {
                          .account_id = {10}, .case_id = {7}, .comment_id = {}, .everyone = true}) {
    return portal.attach_to(place, {portal.bring(bytes).id}).value().front();
  }

  web::Response get(base::AttachmentId id, Headers headers = {}, const std::string& query = {}) {
    const auto ctx = context(web::Method::get, std::move(headers), base::to_string(id));
    ctx->query = web::parse_parameters(query).value();
    return download(*ctx);
  }

  web::Response submit(std::string_view bytes, std::size_t piece = 64 * 1024) {
    return send(open_form(context(web::Method::post, {{"Content-Type", "multipart/form-data; boundary=xyz"}}),
                          remember),
                bytes, piece);
  }

  Directory directory;
  Portal portal{directory.path()};
  web::Environment environment{
      .database = portal.database, .blobs = portal.store, .settings = {}, .data_directory = directory.path()};
  people::Viewer viewer = anna;

 private:
  std::vector<std::unique_ptr<web::Request>> requests_;
};

using TusTest = PagesTest;

TEST_F(TusTest, SaysWhatItCan) {
  const auto response = upload_options(*context(web::Method::options, {}));
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(header(response, "Tus-Version"), "1.0.0");
  EXPECT_EQ(header(response, "Tus-Max-Size"), "104857600");
  EXPECT_EQ(header(response, "Tus-Checksum-Algorithm"), "sha1,sha256");
  EXPECT_EQ(header(response, "Tus-Extension"),
            "creation,creation-with-upload,termination,checksum,expiration");
}

TEST_F(TusTest, TakesAFileInPieces) {
  const std::string id = created(11, "filename 0L7RgtGH0ZHRgi5wZGY=,draft MTI=");
  auto response = patch(id, "0", "hello ");
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(header(response, "Upload-Offset"), "6");
  EXPECT_EQ(header(response, "Tus-Resumable"), "1.0.0");
  EXPECT_THAT(header(response, "Upload-Expires"), testing::EndsWith(" GMT"));
  response = head(id);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "Upload-Offset"), "6");
  EXPECT_EQ(header(response, "Upload-Length"), "11");
  EXPECT_EQ(header(response, "Upload-Metadata"), "filename 0L7RgtGH0ZHRgi5wZGY=,draft MTI=");
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
  EXPECT_EQ(header(patch(id, "6", "world"), "Upload-Offset"), "11");
  const Upload upload = portal.uploads.find(anna, id).value();
  EXPECT_EQ(upload.name, "отчёт.pdf");
  EXPECT_EQ(upload.draft_id.value, 12);
  EXPECT_EQ(portal.content(upload.digest), "hello world");
}

TEST_F(TusTest, TakesBytesWithTheCreation) {
  const auto response =
      post({{"Upload-Length", "5"}, {"Content-Type", "application/offset+octet-stream"}}, "hel");
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(header(response, "Upload-Offset"), "3");
  EXPECT_EQ(post({{"Upload-Length", "5"}, {"Content-Type", "text/plain"}}, "hel").status, 415);
}

TEST_F(TusTest, AnswersEachMistakeWithItsStatus) {
  const std::string id = created(5);
  EXPECT_EQ(patch(id, "1", "x").status, 409);
  EXPECT_EQ(patch(id, "-1", "x").status, 400);
  EXPECT_EQ(patch(id, "0", "123456").status, 413);
  EXPECT_EQ(patch("unknown", "0", "x").status, 404);
  EXPECT_EQ(head("unknown").status, 404);
  EXPECT_EQ(post({{"Upload-Length", "-5"}}).status, 400);
  EXPECT_EQ(post({{"Upload-Length", "5"}, {"Upload-Metadata", "filename !"}}).status, 400);
  EXPECT_EQ(post({}).status, 400);
  EXPECT_EQ(post({{"Upload-Length", std::to_string(101 * 1024 * 1024)}}).status, 413);

  auto response = show_upload(*context(web::Method::head, {{"Tus-Resumable", "0.2.2"}}, id));
  EXPECT_EQ(response.status, 412);
  EXPECT_EQ(header(response, "Tus-Version"), "1.0.0");
  EXPECT_EQ(
      send(open_upload_piece(
               context(web::Method::patch,
                       {{"Tus-Resumable", "1.0.0"}, {"Upload-Offset", "0"}, {"Content-Type", "text/plain"}},
                       id),
               nullptr),
           "x")
          .status,
      415);

  viewer = boris;
  EXPECT_EQ(head(id).status, 404);
  EXPECT_EQ(patch(id, "0", "x").status, 404);
  EXPECT_EQ(terminate_upload(*context(web::Method::del, {{"Tus-Resumable", "1.0.0"}}, id)).status, 404);
  viewer = anna;
  base::set_clock_offset(base::hours(25));
  EXPECT_EQ(head(id).status, 410);
  EXPECT_EQ(patch(id, "0", "x").status, 410);
  base::set_clock_offset({});
  EXPECT_EQ(terminate_upload(*context(web::Method::del, {{"Tus-Resumable", "1.0.0"}}, id)).status, 204);
  EXPECT_EQ(head(id).status, 404);
}

TEST_F(TusTest, TwoPiecesAtOnce) {
  const std::string id = created(5);
  auto first = open_upload_piece(context(web::Method::patch,
                                         {{"Tus-Resumable", "1.0.0"},
                                          {"Upload-Offset", "0"},
                                          {"Content-Type", "application/offset+octet-stream"}},
                                         id),
                                 nullptr);
  ASSERT_TRUE(first);
  EXPECT_TRUE((*first)->write("he"));
  const auto second = patch(id, "0", "x");
  EXPECT_EQ(second.status, 423);
  EXPECT_EQ(body(second), "This file is being uploaded in another window");
  EXPECT_EQ(header(head(id), "Upload-Offset"), "2");
  EXPECT_TRUE((*first)->write("llo"));
  EXPECT_EQ((*first)->finish().status, 204);
}

TEST_F(TusTest, ChecksPieces) {
  const std::string id = created(11);
  const Headers good{{"Upload-Checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="}};  // of "hello world"
  EXPECT_EQ(patch(id, "0", "hello w", good).status, 460);
  EXPECT_EQ(header(head(id), "Upload-Offset"), "0");
  EXPECT_EQ(patch(id, "0", "hello world", {{"Upload-Checksum", "crc32 AAAA"}}).status, 400);
  EXPECT_EQ(patch(id, "0", "hello world", good).status, 204);
  EXPECT_TRUE(portal.uploads.find(anna, id)->whole());
}

using DownloadTest = PagesTest;

TEST_F(DownloadTest, IsSavedAndNeverRun) {
  const auto file = attached("<!DOCTYPE html><script>alert(1)</script>");
  const auto response = get(file.id, {}, "inline=1");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "Content-Type"), "application/octet-stream");
  EXPECT_THAT(header(response, "Content-Disposition"),
              testing::StartsWith("attachment; filename=\"______.png\"; filename*=UTF-8''"));
  EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(header(response, "Content-Security-Policy"), "sandbox; default-src 'none'");
  EXPECT_THAT(header(response, "Cache-Control"), testing::StartsWith("private"));
  EXPECT_EQ(body(response), "<!DOCTYPE html><script>alert(1)</script>");
}

TEST_F(DownloadTest, GivesParts) {
  const auto file = attached("0123456789");
  const auto etag = '"' + file.digest + '"';
  auto response = get(file.id, {{"Range", "bytes=2-4"}});
  EXPECT_EQ(response.status, 206);
  EXPECT_EQ(header(response, "Content-Range"), "bytes 2-4/10");
  EXPECT_EQ(body(response), "234");
  EXPECT_EQ(body(get(file.id, {{"Range", "bytes=-3"}, {"If-Range", etag}})), "789");
  EXPECT_EQ(get(file.id, {{"Range", "bytes=2-4"}, {"If-Range", "\"other\""}}).status, 200);
  response = get(file.id, {{"Range", "bytes=10-"}});
  EXPECT_EQ(response.status, 416);
  EXPECT_EQ(header(response, "Content-Range"), "bytes */10");
  EXPECT_EQ(get(file.id, {{"If-None-Match", etag}}).status, 304);
  EXPECT_EQ(get(file.id, {{"If-None-Match", "\"other\""}}).status, 200);
}

TEST_F(DownloadTest, OtherCompaniesFilesDoNotExist) {
  const auto file = attached("secret");
  const auto internal =
      attached("internal", {.account_id = {10}, .case_id = {7}, .comment_id = {}, .everyone = false});
  EXPECT_EQ(get(internal.id).status, 404);
  viewer = boris;
  const auto others = get(file.id);
  const auto unknown = get({123456});
  EXPECT_EQ(others.status, 404);
  EXPECT_EQ(body(others), body(unknown));
  EXPECT_EQ(others.headers, unknown.headers);
  viewer = maria;
  EXPECT_EQ(get(internal.id).status, 200);
}

TEST_F(DownloadTest, FilesWithoutAThumbnailHaveNone) {
  const auto ctx = context(web::Method::get, {}, base::to_string(attached("text").id));
  EXPECT_EQ(thumbnail(*ctx).status, 404);
}

std::string field(std::string_view name, std::string_view value) {
  return "--xyz\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n" +
         std::string(value) + "\r\n";
}

std::string file(std::string_view name, std::string_view bytes) {
  return "--xyz\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + std::string(name) +
         "\"\r\nContent-Type: image/png\r\n\r\n" + std::string(bytes) + "\r\n";
}

const std::string end = "--xyz--\r\n";

using FormTest = PagesTest;

TEST_F(FormTest, GivesFieldsAndFiles) {
  const auto form = field("csrf", "proof") + field("draft", "12") + file("../a.txt", "hello") +
                    field("subject", "Тема") + file("", "") + file("b.txt", "world") + end;
  for (const std::size_t piece : {1U, 7U, 65536U}) {
    given.reset();
    EXPECT_EQ(submit(form, piece).status, 303);
    ASSERT_TRUE(given);
    EXPECT_EQ(given->form.get("subject"), "Тема");
    EXPECT_EQ(given->form.get("draft"), "12");
    EXPECT_TRUE(given->errors.empty());
    ASSERT_EQ(given->uploads.size(), 2U);
    const Upload first = portal.uploads.find(anna, given->uploads[0]).value();
    EXPECT_EQ(first.name, "a.txt");
    EXPECT_EQ(first.draft_id.value, 12);
    EXPECT_EQ(first.media_type, "text/plain");
    EXPECT_EQ(portal.content(first.digest), "hello");
  }
}

TEST_F(FormTest, TakesNothingWithoutProof) {
  EXPECT_EQ(submit(file("a.txt", "hello") + field("csrf", "proof") + end).status, 303);
  EXPECT_TRUE(given->uploads.empty());
  given.reset();
  EXPECT_EQ(submit(field("csrf", "guess") + file("a.txt", "hello") + end).status, 403);
  EXPECT_EQ(submit(file("a.txt", "hello") + end).status, 403);
  EXPECT_FALSE(given);
  EXPECT_TRUE(std::filesystem::is_empty(directory.path() + "/blobs"));
}

TEST_F(FormTest, DoesNothingWithHalfAForm) {
  EXPECT_EQ(submit(field("csrf", "proof") + field("subject", "Тема") + file("a.txt", "hello")).status, 400);
  EXPECT_EQ(submit("nothing of the kind").status, 400);
  EXPECT_EQ(submit("").status, 400);
  EXPECT_FALSE(given);
}

TEST_F(FormTest, AFileOverTheLimitLeavesTheOthers) {
  environment.settings.largest_file = 1024 * 1024;
  EXPECT_EQ(submit(field("csrf", "proof") + file("big.bin", std::string(1024 * 1024 + 1, 'b')) +
                   file("a.txt", "hello") + field("subject", "Тема") + end)
                .status,
            303);
  EXPECT_EQ(given->uploads.size(), 1U);
  EXPECT_EQ(given->form.get("subject"), "Тема");
  ASSERT_EQ(given->errors.size(), 1U);
  EXPECT_EQ(given->errors[0].field, "upload");
  EXPECT_EQ(given->errors[0].message, msg::files_too_large);
  EXPECT_THAT(given->errors[0].arguments, testing::ElementsAre("big.bin", "1"));
  EXPECT_TRUE(std::filesystem::is_empty(directory.path() + "/uploads"));
}

TEST_F(FormTest, TwoHundredFiles) {
  std::string form = field("csrf", "proof");
  for (int i = 0; i < 200; ++i) form += file(std::to_string(i) + ".txt", "x");
  EXPECT_EQ(submit(form + field("subject", "Тема") + end).status, 303);
  EXPECT_EQ(given->uploads.size(), most_files_of_a_form);
  EXPECT_EQ(given->form.get("subject"), "Тема");
  ASSERT_EQ(given->errors.size(), 1U);
  EXPECT_EQ(given->errors[0].message, msg::files_too_many);
}

TEST_F(FormTest, CutsWhatNoFormAllows) {
  EXPECT_EQ(submit(field("csrf", "proof") + field("description", std::string(10'000'000, 'd')) +
                   field("subject", "Тема") + field("bad", "a\xff\0b"s) + end)
                .status,
            303);
  EXPECT_EQ(given->form.get("description").size(), 1024U * 1024U);
  EXPECT_EQ(given->form.get("subject"), "Тема");
  EXPECT_EQ(given->form.get("bad"), "a\ufffd\ufffdb");
}

TEST_F(FormTest, AnExpiredSessionKeepsTheWordsAlone) {
  const auto ctx = context(web::Method::post, {{"Content-Type", "multipart/form-data; boundary=xyz"}});
  ctx->signed_in->expired = true;
  EXPECT_EQ(send(open_form(ctx, remember),
                 field("csrf", "proof") + file("a.txt", "hello") + field("subject", "Тема") + end)
                .status,
            303);
  EXPECT_EQ(given->form.get("subject"), "Тема");
  EXPECT_TRUE(given->uploads.empty());
}

}  // namespace
}  // namespace attachments
