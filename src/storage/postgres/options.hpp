// How the program reaches its PostgreSQL server.
#pragma once

#include <chrono>
#include <string>

namespace storage::postgres {

struct Options {
  std::string url;         // a postgres:// URL or key=value pairs, as libpq takes them; never logged
  int connections = 8;     // that read at the same time, at most
  int writers = 4;         // connections that commit at the same time, at most
  std::size_t batch = 32;  // units in one transaction at most; more than 64 slow every snapshot down
  std::chrono::seconds connect_timeout{5};
  std::chrono::milliseconds statement_timeout{30'000};
  std::chrono::milliseconds lock_timeout{5'000};
  std::chrono::seconds keepalive{15};  // of silence, until the network is asked whether the server is there
  // How long to ask for the outcome of a commit whose answer was lost.
  std::chrono::milliseconds outcome_patience{15'000};
};

}  // namespace storage::postgres
