#include "mail/smtp.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <mutex>
#include <stdexcept>

#include "base/text.hpp"

namespace mail {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds time_to_finish{5};

struct EasyCleanup {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

void start_curl() {
  static std::once_flag started;
  std::call_once(started, [] {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl cannot start");
  });
}

// What was said last in a dialogue: our command's verb, and the server's reply to it.
class Dialogue {
 public:
  void begin() { *this = {}; }

  void we_said(std::string_view command) {
    const std::string_view verb = command.substr(0, command.find_first_of(" \r\n"));
    if (verb == "QUIT") {
      over_ = true;
    } else if (!over_) {
      // Continuations of AUTH are no verbs.
      if (verb == "EHLO" || verb == "HELO" || verb == "STARTTLS" || verb == "AUTH" || verb == "MAIL" ||
          verb == "RCPT" || verb == "DATA")
        verb_ = verb;
    }
  }

  void server_said(std::string_view line) {
    if (over_) return;
    if (complete_) reply_.clear();
    if (!reply_.empty()) reply_ += ' ';
    reply_ += base::single_line(line);
    complete_ = line.size() < 4 || line[3] != '-';
  }

  [[nodiscard]] std::string_view verb() const { return verb_; }
  [[nodiscard]] const std::string& reply() const { return reply_; }
  [[nodiscard]] int code() const {
    if (reply_.size() < 3 ||
        !std::all_of(reply_.begin(), reply_.begin() + 3, [](char c) { return c >= '0' && c <= '9'; }))
      return 0;
    return (reply_[0] - '0') * 100 + (reply_[1] - '0') * 10 + (reply_[2] - '0');
  }
  // Whether the talk is about a mail already, and no more about who we are.
  [[nodiscard]] bool about_a_mail() const { return verb_ == "MAIL" || verb_ == "RCPT" || verb_ == "DATA"; }

 private:
  std::string verb_;
  std::string reply_;
  bool complete_ = false;
  bool over_ = false;
};

class SmtpTransport final : public Transport {
 public:
  SmtpTransport(Smtp smtp, std::string from_address, std::string domain)
      : smtp_(std::move(smtp)), from_address_(std::move(from_address)), domain_(std::move(domain)) {
    start_curl();
  }

  Delivery deliver(const Mail& mail, std::string_view message) override {
    if (!handle_) connect();
    CURL* const handle = handle_.get();
    const std::unique_ptr<curl_slist, ListFree> recipients(
        curl_slist_append(nullptr, ("<" + mail.to_address + ">").c_str()));
    Upload upload{.rest = message};
    dialogue_.begin();
    error_[0] = '\0';
    curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(handle, CURLOPT_READDATA, &upload);
    curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(message.size()));
    const CURLcode result = curl_easy_perform(handle);
    if (result == CURLE_OK) return {.outcome = Outcome::sent, .answer = dialogue_.reply()};
    Delivery delivery = failure(result);
    handle_.reset();  // nobody knows what state the connection is in
    return delivery;
  }

  void rest() override { handle_.reset(); }

  void hurry() override { deadline_ = (Clock::now() + time_to_finish).time_since_epoch().count(); }

 private:
  struct Upload {
    std::string_view rest;
  };

  void connect() {
    handle_.reset(curl_easy_init());
    CURL* const handle = handle_.get();
    if (handle == nullptr) throw std::bad_alloc();
    const bool implicit = smtp_.security == Security::tls;
    const std::string& hello = smtp_.hello.empty() ? domain_ : smtp_.hello;
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(
        handle, CURLOPT_URL,
        fmt::format("{}://{}:{}/{}", implicit ? "smtps" : "smtp", smtp_.host, smtp_.port, hello).c_str());
    curl_easy_setopt(handle, CURLOPT_PROXY, "");  // the environment's web proxy is none for mail
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_USE_SSL, encryption());
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!smtp_.authority_file.empty()) {
      curl_easy_setopt(handle, CURLOPT_CAINFO, smtp_.authority_file.c_str());
      curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
    }
    if (!smtp_.user.empty()) {
      curl_easy_setopt(handle, CURLOPT_USERNAME, smtp_.user.c_str());
      curl_easy_setopt(handle, CURLOPT_PASSWORD, smtp_.password.c_str());
    }
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(smtp_.connect_timeout));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, milliseconds(smtp_.timeout));
    curl_easy_setopt(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, milliseconds(smtp_.timeout) / 1000);
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, ("<" + from_address_ + ">").c_str());
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, &SmtpTransport::read);
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, error_);
    curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, &SmtpTransport::listen);
    curl_easy_setopt(handle, CURLOPT_DEBUGDATA, &dialogue_);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &SmtpTransport::progress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, this);
  }

  // With a password to lose, "if offered" would let anybody in between switch TLS off.
  [[nodiscard]] long encryption() const {
    if (smtp_.security == Security::plain) return CURLUSESSL_NONE;
    if (smtp_.security == Security::starttls_if_offered && smtp_.user.empty()) return CURLUSESSL_TRY;
    return CURLUSESSL_ALL;
  }

  [[nodiscard]] Delivery failure(CURLcode result) const {
    const int code = dialogue_.code();
    if (dialogue_.about_a_mail() && code >= 400 && code != 421) {
      // A sender that is not welcome is our own fault, not the mail's.
      if (dialogue_.verb() == "MAIL" && code >= 500)
        return {.outcome = Outcome::unavailable, .answer = dialogue_.reply()};
      return {.outcome = code >= 500 ? Outcome::refused : Outcome::deferred, .answer = dialogue_.reply()};
    }
    std::string answer = error_[0] != '\0' ? error_ : curl_easy_strerror(result);
    if (code >= 400) answer = dialogue_.reply() + " (" + answer + ")";
    // Broken off within a mail: perhaps because of it, so the others are tried all the same.
    return {.outcome = dialogue_.about_a_mail() ? Outcome::deferred : Outcome::unavailable,
            .answer = base::single_line(answer)};
  }

  static long milliseconds(base::Duration duration) {
    return static_cast<long>(duration.microseconds / 1000);
  }

  static std::size_t read(char* buffer, std::size_t size, std::size_t count, void* upload_pointer) {
    auto& rest = static_cast<Upload*>(upload_pointer)->rest;
    const std::size_t taken = std::min(rest.size(), size * count);
    std::memcpy(buffer, rest.data(), taken);
    rest.remove_prefix(taken);
    return taken;
  }

  static int listen(CURL* /*handle*/, curl_infotype type, char* data, std::size_t size,
                    void* dialogue_pointer) {
    auto& dialogue = *static_cast<Dialogue*>(dialogue_pointer);
    if (type == CURLINFO_HEADER_IN) dialogue.server_said({data, size});
    if (type == CURLINFO_HEADER_OUT) dialogue.we_said({data, size});
    return 0;
  }

  static int progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto deadline = static_cast<SmtpTransport*>(self)->deadline_.load();
    return deadline != 0 && Clock::now().time_since_epoch().count() > deadline ? 1 : 0;
  }

  Smtp smtp_;
  std::string from_address_;
  std::string domain_;
  Dialogue dialogue_;
  char error_[CURL_ERROR_SIZE] = {};
  std::atomic<Clock::rep> deadline_{0};
  std::unique_ptr<CURL, EasyCleanup> handle_;  // last, since it refers to the others
};

}  // namespace

std::unique_ptr<Transport> make_smtp(Smtp smtp, std::string from_address, std::string domain) {
  return std::make_unique<SmtpTransport>(std::move(smtp), std::move(from_address), std::move(domain));
}

}  // namespace mail
