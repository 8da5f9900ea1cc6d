#include "attachments/form_pages.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attachments/upload_settings_pages.hpp"
#include "attachments/uploads.hpp"
#include "base/message_keys.hpp"
#include "web/context.hpp"
#include "web/multipart.hpp"
#include "web/utf8.hpp"

namespace attachments {
namespace {

constexpr std::size_t longest_field = 1024 * 1024;         // bytes; beyond what any form allows
constexpr std::size_t longest_fields = 4 * longest_field;  // of all together
constexpr std::int64_t mebibyte = 1024 * 1024;

constexpr web::MultipartLimits limits{.parts = 1000,
                                      .head_bytes = 8 * 1024,
                                      .name_bytes = 256,
                                      .field_bytes = UINT64_MAX,  // cut here instead
                                      .file_bytes = UINT64_MAX};

class FormReader final : public web::BodySink, private web::MultipartHandler {
 public:
  FormReader(std::shared_ptr<web::Context> ctx, web::Handler after, std::string_view boundary)
      : ctx_(std::move(ctx)),
        after_(after),
        uploads_(uploads_of(ctx_->environment)),
        parser_(boundary, *this, limits) {}

  bool write(std::string_view bytes) override {
    const auto status = parser_.feed(bytes);
    return status == web::MultipartStatus::going || status == web::MultipartStatus::complete;
  }

  web::Response finish() override {
    file_.reset();
    const auto status = parser_.finish();
    if (status == web::MultipartStatus::too_many_parts || status == web::MultipartStatus::head_too_long) {
      return web::problem(*ctx_, 413);
    }
    if (status != web::MultipartStatus::complete) return web::problem(*ctx_, 400);
    ctx_->form = web::Form(std::move(fields_));
    if (!ctx_->proof_given()) return web::problem(*ctx_, 403);
    return after_(*ctx_);
  }

 private:
  bool begin_part(const web::PartHead& head) override {
    in_field_ = false;
    if (head.is_file) {
      if (!head.nothing_chosen) begin_file(head.file_name);
    } else {
      in_field_ = true;
      fields_.emplace_back(head.name, std::string());
    }
    return true;
  }

  bool part_data(std::string_view bytes) override {
    if (in_field_) {
      std::string& value = fields_.back().second;
      const auto room = std::min(longest_field - value.size(), longest_fields - field_bytes_);
      value += bytes.substr(0, room);
      field_bytes_ += std::min(room, bytes.size());
    } else if (file_) {
      attempt([&] { return file_->write(bytes); });
    }
    return true;
  }

  bool end_part() override {
    if (in_field_) {
      fields_.back().second = web::valid_text(std::move(fields_.back().second));
    } else if (file_) {
      attempt([&] {
        auto upload = file_->finish();
        if (upload) ctx_->uploads.push_back(upload->id);
        return upload;
      });
      file_.reset();
    }
    in_field_ = false;
    return true;
  }

  void begin_file(const std::string& name) {
    if (!may_bring_files()) return;
    if (++files_ > most_files_of_a_form) {
      if (files_ == most_files_of_a_form + 1)
        report(msg::files_too_many, {std::to_string(most_files_of_a_form)});
      return;
    }
    name_ = name;
    attempt([&]() -> std::expected<void, UploadProblem> {
      auto file = uploads_.receive(ctx_->viewer(), name, draft());
      if (!file) return std::unexpected(file.error());
      file_ = *std::move(file);
      return {};
    });
  }

  // Runs a step of the file that is arriving; one that fails ends the file and is told about.
  template <class Step>
  void attempt(Step step) {
    std::optional<UploadProblem> problem;
    try {
      const auto result = step();
      if (!result) problem = result.error();
    } catch (const blobs::Unavailable& error) {
      spdlog::error("a file of a form: {}", error.what());
      problem = UploadProblem::no_space;
    } catch (const storage::Unavailable& error) {
      spdlog::error("a file of a form: {}", error.what());
      problem = UploadProblem::no_space;
    }
    if (!problem) return;
    file_.reset();
    if (*problem == UploadProblem::too_large) {
      report(msg::files_too_large, {name_, std::to_string(uploads_.options().largest / mebibyte)});
    } else if (*problem == UploadProblem::too_many) {
      report(msg::files_too_many_waiting, {});
    } else {
      report(msg::files_not_saved, {name_});
    }
  }

  // One message of a kind is enough, save for those that name the file.
  void report(base::Message message, std::vector<std::string> arguments) {
    auto& errors = ctx_->upload_errors;
    const bool said = std::ranges::any_of(errors, [&](const base::FieldError& error) {
      return error.message == message && error.arguments == arguments;
    });
    if (!said) errors.push_back({.field = "upload", .message = message, .arguments = std::move(arguments)});
  }

  // Asked once, at the first file, with the fields that came before it.
  bool may_bring_files() {
    if (!may_bring_files_) {
      ctx_->form = web::Form(fields_);
      may_bring_files_ = ctx_->signed_in && !ctx_->signed_in->expired && ctx_->proof_given();
    }
    return *may_bring_files_;
  }

  base::DraftId draft() const {
    const auto field = std::ranges::find(fields_, "draft", &std::pair<std::string, std::string>::first);
    return {field == fields_.end() ? 0 : base::parse_id(field->second).value_or(0)};
  }

  std::shared_ptr<web::Context> ctx_;
  web::Handler after_;
  Uploads uploads_;
  web::MultipartParser parser_;
  std::vector<std::pair<std::string, std::string>> fields_;
  std::size_t field_bytes_ = 0;
  bool in_field_ = false;
  std::unique_ptr<WholeFile> file_;  // that is arriving
  std::string name_;                 // of it
  std::size_t files_ = 0;
  std::optional<bool> may_bring_files_;
};

}  // namespace

std::expected<std::unique_ptr<web::BodySink>, web::Response> open_form(std::shared_ptr<web::Context> ctx,
                                                                       web::Handler after) {
  const auto boundary = web::multipart_boundary(ctx->request.header("Content-Type"));
  if (!boundary) return std::unexpected(web::problem(*ctx, 400));
  return std::make_unique<FormReader>(std::move(ctx), after, *boundary);
}

}  // namespace attachments
