// Figures for monitoring, in the text format of Prometheus.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace app {

// Safe to call from any thread.
void count_request(int status, std::chrono::nanoseconds duration);

// What is asked for at the time of reading, such as open connections. Register before serving.
void add_gauge(std::string name, std::string help, std::function<double()> read);
void clear_gauges();

[[nodiscard]] std::string metrics_text();

}  // namespace app
