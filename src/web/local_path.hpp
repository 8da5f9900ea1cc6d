// Where to go on after a form, as an address or a hidden field says it.
#pragma once

#include <string>
#include <string_view>

namespace web {

// `wanted` if it is a page of this portal, `otherwise` if it leads to another site, is too long for an
// address, or is one of the pages of signing in and out, which would lead in a circle.
[[nodiscard]] std::string local_path(std::string_view wanted, std::string_view otherwise = "/");

// The same path with a parameter that holds it: "/sign-in?next=%2Fcases".
[[nodiscard]] std::string with_next(std::string_view path, std::string_view next);

}  // namespace web
