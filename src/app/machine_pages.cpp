#include "app/machine_pages.hpp"

#include <boost/algorithm/string.hpp>
#include <sstream>

#include "app/commands.hpp"
#include "app/metrics.hpp"
#include "cases/list.hpp"

namespace app::pages {

web::Response health(web::Context& ctx) {
  // Reading one row proves that the database answers; Unavailable becomes a 503 at the edge.
  ctx.read([](storage::Transaction& tx) { return cases::counts(tx, {}, cases::View::company); });
  return web::json(R"({"status":"ok"})");
}

web::Response metrics(web::Context&) {
  auto response = web::plain_text(metrics_text());
  response.headers.front().second = "text/plain; version=0.0.4; charset=utf-8";
  return response;
}

web::Response command(web::Context& ctx) {
  std::vector<std::string> words;
  boost::split(words, ctx.request.body, boost::is_any_of("\n"));
  std::ostringstream out;
  const int code = run_command(words, ctx.environment.database, out);
  return web::plain_text(out.str()).with("X-Exit-Code", std::to_string(code));
}

}  // namespace app::pages
