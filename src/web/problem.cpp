#include "web/problem.hpp"

#include <algorithm>

#include "base/message_keys.hpp"
#include "web/context.hpp"
#include "web/views.gen.hpp"

namespace web {
namespace {

struct Kind {
  int status;
  std::string_view icon;
  base::Message title;
  base::Message text;
};

// A status that is not here is told as the 400 or the 500 that it is a case of.
const std::array kinds{
    Kind{400, "circle-alert", msg::problem_400_title, msg::problem_400_text},
    Kind{401, "lock", msg::problem_401_title, msg::problem_401_text},
    Kind{403, "lock", msg::problem_403_title, msg::problem_403_text},
    Kind{404, "search-x", msg::problem_404_title, msg::problem_404_text},
    Kind{405, "circle-alert", msg::problem_405_title, msg::problem_405_text},
    Kind{408, "timer", msg::problem_408_title, msg::problem_408_text},
    Kind{409, "refresh-cw", msg::problem_409_title, msg::problem_409_text},
    Kind{410, "hourglass", msg::problem_410_title, msg::problem_410_text},
    Kind{413, "file-text", msg::problem_413_title, msg::problem_413_text},
    Kind{414, "link", msg::problem_414_title, msg::problem_414_text},
    Kind{415, "file-text", msg::problem_415_title, msg::problem_415_text},
    Kind{422, "file-text", msg::problem_422_title, msg::problem_422_text},
    Kind{429, "hourglass", msg::problem_429_title, msg::problem_429_text},
    Kind{431, "circle-alert", msg::problem_431_title, msg::problem_431_text},
    Kind{500, "server-crash", msg::problem_500_title, msg::problem_500_text},
    Kind{503, "server-crash", msg::problem_503_title, msg::problem_503_text},
    Kind{507, "server-crash", msg::problem_507_title, msg::problem_507_text},
};

const Kind& kind_of(int status) {
  const auto found = std::ranges::find(kinds, status, &Kind::status);
  if (found != kinds.end()) return *found;
  return *std::ranges::find(kinds, status < 500 ? 400 : 500, &Kind::status);
}

// How long to wait before trying again, in seconds; 0 where waiting does not help (RFC 9110, section 10.2.3).
int retry_after(int status) {
  if (status == 429) return 60;
  if (status == 503) return 10;
  return 0;
}

}  // namespace

Response problem(Context& ctx, int status) {
  const Kind& kind = kind_of(status);
  const ProblemView view{.icon = kind.icon,
                         .title = ctx.t(kind.title),
                         .text = ctx.t(kind.text),
                         .names_request = status >= 500};
  Response response = ctx.render(views::problem, ctx.page(view.title), view, status);
  if (const int seconds = retry_after(status); seconds > 0)
    response.with("Retry-After", std::to_string(seconds));
  response.with("Cache-Control", "no-store");
  return response;
}

Response problem(Context& ctx, const base::Error& error) {
  return problem(ctx, status_of(error.kind));
}

}  // namespace web
