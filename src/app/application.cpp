#include "app/application.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "app/routes.hpp"
#include "storage/database.hpp"
#include "web/assets.hpp"
#include "web/url.hpp"

namespace app {
namespace {

constexpr std::uint64_t largest_form = 2ULL * 1024 * 1024;               // bytes of a form without files
constexpr std::uint64_t largest_multipart = 12ULL * 1024 * 1024 * 1024;  // files have their own limit

constexpr std::string_view page_policy =
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

bool is_safe(web::Method method) {
  return method == web::Method::get || method == web::Method::head || method == web::Method::options;
}

bool is_multipart(const web::Request& request) {
  return request.header("Content-Type").starts_with("multipart/form-data");
}

bool has_header(const web::Response& response, std::string_view name) {
  return std::ranges::any_of(response.headers, [&](const auto& header) { return header.first == name; });
}

// Every answer but assets and files is for one person at one moment.
void protect(const web::Request& request, web::Response& response) {
  if (!has_header(response, "X-Content-Type-Options")) response.with("X-Content-Type-Options", "nosniff");
  response.with("Referrer-Policy", "same-origin");
  if (!has_header(response, "Content-Security-Policy")) {
    response.with("Content-Security-Policy", std::string(page_policy));
  }
  if (!has_header(response, "Cache-Control")) response.with("Cache-Control", "no-store");
  if (request.secure) response.with("Strict-Transport-Security", "max-age=31536000");
  if (!request.header("HX-Request").empty()) response.with("Vary", "HX-Request");
  // A message for the next page has been shown by this one.
  const bool shown = response.status == 200 && request.method == web::Method::get &&
                     request.cookie("flash") && request.header("HX-Request").empty() &&
                     !has_header(response, "Set-Cookie");
  if (shown) response.with("Set-Cookie", web::cookie("flash", "", request.secure, 0));
}

web::Response asset(const web::Request& request) {
  const web::Asset* found = web::find_asset(request.path);
  web::Response response;
  if (found == nullptr) {
    response.status = 404;
    return response;
  }
  const bool compressed =
      !found->gzip.empty() && request.header("Accept-Encoding").find("gzip") != std::string_view::npos;
  response.with("Content-Type", std::string(found->content_type))
      .with("Cache-Control", "public, max-age=31536000, immutable")
      .with("X-Content-Type-Options", "nosniff");
  if (!found->gzip.empty()) response.with("Vary", "Accept-Encoding");
  if (compressed) response.with("Content-Encoding", "gzip");
  response.body = web::StaticBody{compressed ? found->gzip : found->bytes};
  return response;
}

bool is_this_machine(const web::Request& request) {
  return request.local || request.client == "127.0.0.1" || request.client == "::1";
}

// A script asks by fetch and cannot follow a redirect to a form; it is told in plain terms.
bool asks_by_script(const web::Context& ctx) {
  return ctx.wants_fragment() || !ctx.request.header("X-CSRF-Token").empty() ||
         ctx.request.header("Sec-Fetch-Mode") == "cors";
}

web::Response ask_to_sign_in(web::Context& ctx, bool expired) {
  if (asks_by_script(ctx)) return web::json(R"({"error":"session"})", 401);
  const std::string next = ctx.request.method == web::Method::get ? ctx.request.target : "/";
  if (next == "/" && !expired) return web::redirect("/sign-in");
  return web::redirect(
      fmt::format("/sign-in?next={}{}", web::encode_component(next), expired ? "&expired=1" : ""));
}

// Without a session there is no token to prove where a form came from; browsers say it themselves.
bool comes_from_here(const web::Context& ctx) {
  const std::string_view site = ctx.request.header("Sec-Fetch-Site");
  if (!site.empty()) return site == "same-origin" || site == "none";
  const std::string_view origin = ctx.request.header("Origin");
  if (origin.empty()) return true;  // no browser that sends neither attaches anything of value to the request
  const auto host = origin.find("://");
  return origin == ctx.environment.settings.public_url ||
         (host != std::string_view::npos && origin.substr(host + 3) == ctx.request.header("Host"));
}

bool may_see(const web::Context& ctx, web::Access access) {
  switch (access) {
    case web::Access::everyone:
      return true;
    case web::Access::signed_in:
      return ctx.signed_in.has_value();
    case web::Access::approver:
      return ctx.signed_in && (ctx.viewer().staff() || ctx.viewer().role == people::Role::manager);
    case web::Access::staff:
      return ctx.signed_in && ctx.viewer().staff();
    case web::Access::administrator:
      return ctx.signed_in && ctx.person().role == people::Role::administrator;
    case web::Access::demo:
      return ctx.environment.settings.demo;
    case web::Access::machine:
      return is_this_machine(ctx.request);
    case web::Access::owner:
      return ctx.request.local;
  }
  return false;
}

void load_session(web::Context& ctx, SessionCache& sessions) {
  const auto token = ctx.request.cookie("otklik_session");
  if (!token || token->empty() || token->size() > 100) return;
  ctx.signed_in = sessions.find(*token);
  if (!ctx.signed_in) return;
  if (!ctx.request.cookie("language")) ctx.locale = ctx.signed_in->person.locale;
  if (!ctx.signed_in->expired && sessions::needs_touch(ctx.signed_in->session)) {
    try {
      ctx.write([&](storage::Transaction& tx) { sessions::touch(tx, ctx.signed_in->session); });
    } catch (const storage::Unavailable&) {
      // A full disk keeps nobody from reading.
    }
  }
}

web::Response method_not_allowed(web::Context& ctx, const std::vector<web::Method>& allowed) {
  std::string list;
  for (const web::Method method : allowed) {
    if (!list.empty()) list += ", ";
    list += name_of(method);
    if (method == web::Method::get) list += ", HEAD";
  }
  return web::problem(ctx, 405).with("Allow", list);
}

}  // namespace

web::BodyRule Application::body_rule(const web::Request& head) const {
  const Found found = find_route(head.method, head.path);
  if (found.route == nullptr) return {.streamed = false, .limit = 64 * 1024};
  const bool streams =
      found.route->opener != nullptr && (found.route->handler == nullptr || is_multipart(head));
  return {.streamed = streams, .limit = streams ? largest_multipart : largest_form};
}

Application::Admission Application::admit(std::shared_ptr<web::Context> context) {
  Admission admission;
  admission.context = std::move(context);
  web::Context& ctx = *admission.context;
  web::Request& request = ctx.request;
  Found found = find_route(request.method, request.path);
  load_session(ctx, sessions_);
  const bool expired = ctx.signed_in && ctx.signed_in->expired;

  if (found.route == nullptr) {
    if (expired) ctx.signed_in.reset();
    admission.refusal = found.others.empty() ? web::problem(ctx, 404) : method_not_allowed(ctx, found.others);
    return admission;
  }
  admission.route = found.route;
  admission.handler = found.route->handler;
  ctx.path_parameters = std::move(found.parameters);
  const web::Access access = found.route->access;

  // Somebody was writing when the session ended: their words are kept for them, and nothing else is done.
  if (expired && found.route->keep != nullptr && !is_safe(request.method)) {
    admission.handler = found.route->keep;
    return admission;
  }
  if (expired) ctx.signed_in.reset();

  const bool needs_session = access == web::Access::signed_in || access == web::Access::approver ||
                             access == web::Access::staff || access == web::Access::administrator;
  if (needs_session && !ctx.signed_in) {
    admission.refusal = ask_to_sign_in(ctx, expired);
  } else if (!may_see(ctx, access)) {
    admission.refusal = web::problem(ctx, 404);
  } else if (needs_session && ctx.person().must_change_password && request.path != "/password/change" &&
             request.path != "/sign-out") {
    admission.refusal = web::redirect("/password/change");
  }
  return admission;
}

web::Response Application::guarded(web::Context& ctx, base::FunctionRef<web::Response()> work) {
  web::Response response;
  try {
    response = work();
  } catch (const storage::Unavailable& error) {
    spdlog::error("storage: {} (request {})", error.what(), ctx.request.id);
    response = web::problem(ctx, 503);
    if (!has_header(response, "Retry-After")) response.with("Retry-After", "5");
  } catch (const std::exception& error) {
    spdlog::error("failed: {} (request {} {})", error.what(), ctx.request.id, ctx.request.path);
    response = web::problem(ctx, 500);
  }
  protect(ctx.request, response);
  return response;
}

namespace {

// The answer to a streamed body leaves by the same edge as every other.
class GuardedSink final : public web::BodySink {
 public:
  using Guard = std::function<web::Response(const std::function<web::Response()>&)>;

  GuardedSink(std::unique_ptr<web::BodySink> sink, Guard guard)
      : sink_(std::move(sink)), guard_(std::move(guard)) {}

  bool write(std::string_view piece) override { return sink_->write(piece); }
  web::Response finish() override {
    return guard_([this] { return sink_->finish(); });
  }

 private:
  std::unique_ptr<web::BodySink> sink_;
  Guard guard_;
};

}  // namespace

std::expected<std::unique_ptr<web::BodySink>, web::Response> Application::open_body(web::Request& head) {
  std::unique_ptr<web::BodySink> sink;
  auto context = std::make_shared<web::Context>(environment_, head);
  web::Response refusal = guarded(*context, [&]() -> web::Response {
    Admission admission = admit(context);
    if (admission.refusal) return *std::move(admission.refusal);
    // Scripts prove themselves by the header; the form's own field is checked when it has been read.
    if (admission.route->handler == nullptr && !is_safe(head.method) && !admission.context->proof_given()) {
      return web::problem(*admission.context, 403);
    }
    auto opened = admission.route->opener(admission.context, admission.handler);
    if (!opened) return std::move(opened.error());
    sink = std::make_unique<GuardedSink>(
        *std::move(opened), [this, ctx = admission.context](base::FunctionRef<web::Response()> work) {
          return guarded(*ctx, work);
        });
    return {};
  });
  if (sink) return sink;
  return std::unexpected(std::move(refusal));
}

web::Response Application::handle(web::Request& request) {
  if (request.path.starts_with("/assets/")) return asset(request);

  auto context = std::make_shared<web::Context>(environment_, request);
  return guarded(*context, [&]() -> web::Response {
    Admission admission = admit(context);
    if (admission.refusal) return *std::move(admission.refusal);
    web::Context& ctx = *admission.context;
    if (!is_safe(request.method) && !request.local) {
      if (!request.body.empty()) {
        if (!request.header("Content-Type").starts_with("application/x-www-form-urlencoded")) {
          return web::problem(ctx, 415);
        }
        auto form = web::parse_parameters(request.body);
        if (!form) return web::problem(ctx, 413);
        ctx.form = *std::move(form);
      }
      const bool open_to_all = admission.route->access == web::Access::everyone;
      const bool proved =
          (ctx.signed_in && ctx.proof_given()) || ((open_to_all || !ctx.signed_in) && comes_from_here(ctx));
      if (!proved) return web::problem(ctx, 403);
    }
    if (admission.handler == nullptr) return web::problem(ctx, 415);
    return admission.handler(ctx);
  });
}

web::Response Application::problem(const web::Request& head, int status) {
  web::Request copy = head;
  // What administrators have set may have to be read, and a network thread does not wait.
  web::Environment configured = environment_;
  configured.portal = {};
  web::Context ctx(configured, copy);
  web::Response response;
  try {
    response = web::problem(ctx, status);
  } catch (const std::exception& error) {
    spdlog::error("failed: {}", error.what());
    response.status = status;
  }
  protect(copy, response);
  return response;
}

}  // namespace app
