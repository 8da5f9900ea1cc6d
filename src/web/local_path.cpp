#include "web/local_path.hpp"

#include "web/html.hpp"
#include "web/url.hpp"

namespace web {
namespace {

constexpr std::size_t longest = 2000;  // bytes

bool is_page_of(std::string_view path, std::string_view page) {
  return path.starts_with(page) &&
         (path.size() == page.size() || path.substr(page.size()).find_first_of("/?#") == 0);
}

}  // namespace

std::string local_path(std::string_view wanted, std::string_view otherwise) {
  const bool is_local = wanted.starts_with('/') && wanted.size() <= longest && is_safe_url(wanted);
  if (!is_local) return std::string(otherwise);
  for (const std::string_view page : {"/sign-in", "/sign-out", "/password", "/theme", "/language"}) {
    if (is_page_of(wanted, page)) return std::string(otherwise);
  }
  return std::string(wanted);
}

std::string with_next(std::string_view path, std::string_view next) {
  std::string result(path);
  if (next.empty() || next == "/") return result;
  return result + "?next=" + encode_component(next);
}

}  // namespace web
