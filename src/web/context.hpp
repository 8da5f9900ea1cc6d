// What a page handler is given: the request, who asks, and the means to answer.
//
//   web::Response show(web::Context& ctx) {
//     auto report = ctx.read([&](auto& tx) { return cases::find(tx, ctx.viewer(), ctx.path_number("number"));
//     }); if (!report) return web::problem(ctx, report.error()); return ctx.render(views::case_page,
//     ctx.page(report->subject, web::Section::cases), CaseView{…});
//   }
//
// Lives for one request, on one worker.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/messages.hpp"
#include "base/result.hpp"
#include "people/viewer.hpp"
#include "sessions/sessions.hpp"
#include "settings/portal.hpp"
#include "storage/database.hpp"
#include "web/events.hpp"
#include "web/form.hpp"
#include "web/html.hpp"
#include "web/page.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

namespace blobs {
class Store;
}

namespace web {

// What the installation is called and how it is reached; set at start.
struct Settings {
  std::string public_url =
      "http://127.0.0.1:8080";  // without a slash at the end; links in mails begin with it
  std::string brand_ru = "Портал поддержки";
  std::string brand_en = "Support portal";
  std::string support_phone = "+7 495 000-00-00";
  std::string support_email = "support@example.ru";
  std::string support_hours_ru = "Пн–пт, 9:00–19:00 МСК";
  std::string support_hours_en = "Mon–Fri, 9:00–19:00 Moscow time";
  std::uint64_t largest_file = 100ULL * 1024 * 1024;  // bytes
  bool demo = false;
  std::vector<std::pair<std::string, std::string>>
      demo_people;  // address and role, offered at the demo's sign-in
  std::string demo_password;
  std::string secret;  // key of proofs; never shown
};

// Everything a handler may use that outlives the request. Safe to use from any worker.
struct Environment {
  storage::Database& database;
  blobs::Store& blobs;
  Settings settings;
  std::string data_directory;
  std::shared_ptr<Hub> hub = std::make_shared<Hub>();
  // What administrators have set since; without it everything is as configured.
  std::function<std::shared_ptr<const settings::Portal>()> portal = {};
};

class Context {
 public:
  Context(Environment& environment, Request& request);

  Environment& environment;
  Request& request;
  Form form;   // of the body, or of the multipart reader
  Form query;  // of the address
  std::optional<sessions::SignedIn> signed_in;
  base::Locale locale = base::Locale::ru;
  std::vector<std::pair<std::string, std::string>> path_parameters;
  std::vector<std::string> uploads;             // finished uploads that came in the form itself
  std::vector<base::FieldError> upload_errors;  // why others did not; their field is `upload`

  // Whether the request proves that it comes from a page of this session: the header or, for forms, the
  // field.
  [[nodiscard]] bool proof_given() const;

  [[nodiscard]] people::Viewer viewer() const { return people::as_viewer(signed_in->person); }
  [[nodiscard]] const people::Person& person() const { return signed_in->person; }
  [[nodiscard]] const std::string& time_zone() const;

  [[nodiscard]] std::string_view path(std::string_view name) const;
  // The number or id in the path; 0 for anything else, which nobody has.
  [[nodiscard]] std::int64_t path_number(std::string_view name) const;

  template <class Work>
  auto read(Work&& work) {
    return environment.database.read(std::forward<Work>(work));
  }
  template <class Work>
  auto write(Work&& work) {
    return environment.database.write(std::forward<Work>(work));
  }

  [[nodiscard]] std::string_view t(base::Message message) const { return base::text(locale, message); }
  template <class... Arguments>
  [[nodiscard]] std::string t(base::Message message, const Arguments&... arguments) const
    requires(sizeof...(Arguments) > 0)
  {
    return base::format(locale, message, arguments...);
  }

  // The frame of a page, filled from the person, the cookies and the settings.
  [[nodiscard]] Page page(std::string_view title, Section section = Section::none) const;

  template <class View>
  [[nodiscard]] Response render(void (*write)(Html&, const Page&, const View&), const Page& page,
                                const View& view, int status = 200) const {
    Html html;
    write(html, page, view);
    return finish(html, status);
  }

  // Only a script that asks for a fragment gets one; everybody else gets the whole page.
  [[nodiscard]] bool wants_fragment() const;

  // Said once on the next page this browser shows.
  void flash(Response& response, base::Message message, FlashKind kind = FlashKind::success) const;

 private:
  [[nodiscard]] static Response finish(Html& html, int status);
};

// 303; `location` must be a path of this portal.
[[nodiscard]] Response redirect(std::string location);
[[nodiscard]] Response json(std::string body, int status = 200);
[[nodiscard]] Response plain_text(std::string body, int status = 200);

// Page that says what went wrong and what to do. One table maps kinds of errors to statuses.
[[nodiscard]] int status_of(base::ErrorKind kind);
[[nodiscard]] Response problem(Context& ctx, const base::Error& error);
[[nodiscard]] Response problem(Context& ctx, int status);

[[nodiscard]] std::string cookie(std::string_view name, std::string_view value, bool secure,
                                 std::int64_t max_age_seconds);

// A message under a control, ready for a view.
[[nodiscard]] std::string error_of(const Context& ctx, const base::Error& error, std::string_view field);

}  // namespace web
