// The fields of a form, or of an address. Names may repeat, order is kept, text is valid UTF-8.
#pragma once

#include "web/url.hpp"

namespace web {

using Form = Parameters;

}  // namespace web
