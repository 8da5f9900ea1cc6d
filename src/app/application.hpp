// The edge: finds the route, the session and the permission, calls the handler, and turns what goes wrong
// into a page. Deny by default; one catch for everything unexpected.
#pragma once

#include <memory>

#include "app/session_cache.hpp"
#include "base/function_ref.hpp"
#include "web/application.hpp"
#include "web/route.hpp"

namespace app {

class Application final : public web::Application {
 public:
  explicit Application(web::Environment& environment)
      : environment_(environment), sessions_(environment.database) {}

  web::BodyRule body_rule(const web::Request& head) const override;
  std::expected<std::unique_ptr<web::BodySink>, web::Response> open_body(web::Request& head) override;
  web::Response handle(web::Request& request) override;
  web::Response problem(const web::Request& head, int status) override;

 private:
  // What the handler may do; empty, with the answer, when it may not be called.
  struct Admission {
    std::shared_ptr<web::Context> context;
    const web::Route* route = nullptr;
    web::Handler handler = nullptr;  // the route's, or what keeps the words of an expired session
    std::optional<web::Response> refusal;
  };
  Admission admit(std::shared_ptr<web::Context> context);
  web::Response guarded(web::Context& ctx, base::FunctionRef<web::Response()> work);

  web::Environment& environment_;
  SessionCache sessions_;
};

}  // namespace app
