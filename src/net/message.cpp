#include "net/message.hpp"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <utility>

#include "web/url.hpp"

namespace net {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using ErrorCode = beast::error_code;

constexpr std::size_t framing_limit = 16 * 1024;  // a chunk's header or trailer that does not end

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

web::Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return web::Method::get;
    case http::verb::head:
      return web::Method::head;
    case http::verb::post:
      return web::Method::post;
    case http::verb::put:
      return web::Method::put;
    case http::verb::patch:
      return web::Method::patch;
    case http::verb::delete_:
      return web::Method::del;
    case http::verb::options:
      return web::Method::options;
    default:
      return web::Method::other;
  }
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// RFC 3986, 3.2.2 and 3.2.3, by their characters alone. An empty host is allowed by RFC 9110, 7.2.
bool plausible_host(std::string_view host) {
  constexpr std::string_view others = "-._~!$&'()*+,;=%:[]";
  return host.size() <= 255 && std::ranges::all_of(host, [&](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  others.find(c) != std::string_view::npos;
         });
}

class BeastReader final : public MessageReader, private http::basic_parser<true> {
 public:
  BeastReader(web::Request& request, MessageLimits limits) : request_(request), limits_(limits) {
    header_limit(static_cast<std::uint32_t>(limits.head_bytes));
    body_limit(boost::none);  // the caller's limit is known only when the head is
  }

  Step read_head(std::string_view input) override {
    std::size_t used = 0;
    // RFC 9112, 2.2: an empty line before a request is ignored.
    if (!begun_) {
      while (input.substr(used).starts_with("\r\n")) used += 2;
      if (input.substr(used) == "\r") return {State::more, used};
    }
    if (used == input.size()) return {State::more, used};
    begun_ = true;
    ErrorCode error;
    const std::size_t taken = put({input.data() + used, input.size() - used}, error);
    used += taken;
    head_used_ += taken;
    if (error && error != http::error::need_more) return fail(error, used);
    if (is_header_done() ? head_used_ > limits_.head_bytes
                         : head_used_ + (input.size() - used) >= limits_.head_bytes) {
      return fail(target_seen_ ? 431 : 414, used);
    }
    if (!is_header_done()) return {State::more, used};
    if (const int status = judge_head()) return fail(status, used);
    eager(true);
    return {State::head, used};
  }

  Step read_body(std::string_view input, std::string& body, std::uint64_t limit) override {
    if (is_done()) return {State::done, 0};
    if (input.empty()) return {State::body, 0};
    body_ = &body;
    body_limit_ = limit;
    ErrorCode error;
    const std::size_t used = put({input.data(), input.size()}, error);
    if (error && error != http::error::need_more) return fail(error, used);
    if (is_done()) return {State::done, used};
    if (input.size() - used >= framing_limit) return fail(400, used);
    return {State::body, used};
  }

  [[nodiscard]] bool begun() const override { return begun_; }
  [[nodiscard]] int status() const override { return status_; }
  [[nodiscard]] bool keep_alive() const override {
    return status_ == 0 && is_header_done() && basic_parser::keep_alive();
  }
  [[nodiscard]] bool http_1_1() const override { return version_ >= 11; }
  [[nodiscard]] bool body_expected() const override { return !is_done(); }
  [[nodiscard]] std::optional<std::uint64_t> content_length() const override {
    const auto length = basic_parser::content_length();
    if (!length) return std::nullopt;
    return *length;
  }

 private:
  Step fail(ErrorCode error, std::size_t used) {
    if (status_ != 0) return {State::failed, used};
    if (error == http::error::header_limit) return fail(target_seen_ ? 431 : 414, used);
    if (error == http::error::body_limit) return fail(413, used);
    return fail(400, used);
  }

  Step fail(int status, std::size_t used) {
    if (status_ == 0) status_ = status;
    return {State::failed, used};
  }

  // Stops the parser. Which status it means is kept here, as Beast's errors have no place for it.
  void refuse(int status, ErrorCode& error) {
    if (status_ == 0) status_ = status;
    error = http::error::bad_value;
  }

  // What can be judged only when the whole head is there. 0 when it is well.
  int judge_head() {
    if (!http_1_1() && has_transfer_encoding_) return 400;          // RFC 9112, 6.1
    if (has_transfer_encoding_ && has_content_length_) return 400;  // RFC 9112, 6.3: an attempt to smuggle
    if (http_1_1() && !has_host_) return 400;                       // RFC 9112, 3.2
    return take_target();
  }

  int take_target() {
    std::string_view target = request_.target;
    if (!target.starts_with('/')) {
      // RFC 9112, 3.2.2: the absolute form overrules Host. The other forms have no use here.
      constexpr std::string_view schemes[] = {"http://", "https://"};
      const auto* scheme = std::ranges::find_if(schemes, [&](std::string_view prefix) {
        return beast::iequals({target.data(), std::min(target.size(), prefix.size())},
                              {prefix.data(), prefix.size()});
      });
      if (scheme == std::end(schemes)) return 400;
      target.remove_prefix(scheme->size());
      const auto authority = target.substr(0, target.find_first_of("/?"));
      if (authority.empty() || !plausible_host(authority)) return 400;
      target.remove_prefix(authority.size());
      set_host(authority);
      std::string origin(target.starts_with('/') ? "" : "/");
      origin += target;
      request_.target = std::move(origin);
      target = request_.target;
    }
    if (target.find('#') != std::string_view::npos) return 400;
    const auto question = target.find('?');
    auto path = web::decode_path(target.substr(0, question));
    if (!path) return 400;
    request_.path = std::move(*path);
    if (question != std::string_view::npos) request_.query = target.substr(question + 1);
    return 0;
  }

  void set_host(std::string_view host) {
    for (auto& [name, value] : request_.headers) {
      if (beast::iequals(name, "host")) {
        value = host;
        return;
      }
    }
    request_.headers.emplace_back("Host", host);
  }

  void on_request_impl(http::verb verb, beast::string_view, beast::string_view target, int version,
                       ErrorCode&) override {
    request_.method = method_of(verb);
    request_.target = view(target);
    version_ = version;
    target_seen_ = true;
  }

  void on_response_impl(int, beast::string_view, int, ErrorCode&) override {}  // a request has no status line

  void on_field_impl(http::field field, beast::string_view name, beast::string_view value,
                     ErrorCode& error) override {
    if (header_complete_)
      return;  // a trailer: nothing here has a use for it, and it must not pass for a header
    if (request_.headers.size() >= limits_.headers) return refuse(431, error);
    switch (field) {
      case http::field::content_length:
        if (std::exchange(has_content_length_, true) || !all_digits(view(value))) return refuse(400, error);
        break;
      case http::field::transfer_encoding:
        if (std::exchange(has_transfer_encoding_, true) || !beast::iequals(value, "chunked")) {
          return refuse(400, error);
        }
        break;
      case http::field::host:
        if (std::exchange(has_host_, true) || !plausible_host(view(value))) return refuse(400, error);
        break;
      default:
        break;
    }
    request_.headers.emplace_back(view(name), view(value));
  }

  void on_header_impl(ErrorCode&) override { header_complete_ = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}

  std::size_t on_body_impl(beast::string_view piece, ErrorCode& error) override { return take(piece, error); }

  void on_chunk_header_impl(std::uint64_t size, beast::string_view, ErrorCode& error) override {
    if (size > body_limit_ || body_taken_ > body_limit_ - size) refuse(413, error);
  }

  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view piece, ErrorCode& error) override {
    return take(piece, error);
  }

  std::size_t take(beast::string_view piece, ErrorCode& error) {
    if (body_taken_ + piece.size() > body_limit_) {
      refuse(413, error);
      return 0;
    }
    body_taken_ += piece.size();
    body_->append(piece.data(), piece.size());
    return piece.size();
  }

  void on_finish_impl(ErrorCode&) override {}

  web::Request& request_;
  MessageLimits limits_;
  std::string* body_ = nullptr;
  std::uint64_t body_limit_ = 0;
  std::uint64_t body_taken_ = 0;
  std::size_t head_used_ = 0;
  int status_ = 0;
  int version_ = 11;
  bool begun_ = false;
  bool target_seen_ = false;
  bool header_complete_ = false;
  bool has_host_ = false;
  bool has_content_length_ = false;
  bool has_transfer_encoding_ = false;
};

}  // namespace

std::unique_ptr<MessageReader> read_message(web::Request& request, MessageLimits limits) {
  return std::make_unique<BeastReader>(request, limits);
}

}  // namespace net
