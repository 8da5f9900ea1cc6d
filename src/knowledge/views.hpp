// What the pages of help show.
#pragma once

namespace knowledge {

struct EmptyView {};

struct AccessibilityView {};

}  // namespace knowledge
