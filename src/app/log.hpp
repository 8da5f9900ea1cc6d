// The log: JSON lines on standard output, one event each.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "web/request.hpp"

namespace app {

// `level` is debug, info, warning or error. Lines are written by a thread of their own; a flood drops the
// oldest.
void start_log(const std::string& level);
void stop_log();

// {"time":…,"level":"info","event":"request","id":…,"method":…,"path":…,"status":…,"bytes":…,"ms":…,"client":…}
// The query is left out: it may hold what people search for.
void log_request(const web::Request& request, int status, std::uint64_t bytes,
                 std::chrono::nanoseconds duration);

}  // namespace app
