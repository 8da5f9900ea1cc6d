#include "app/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <mutex>
#include <vector>

namespace app {
namespace {

struct Watched {
  prometheus::Gauge* gauge;
  std::function<double()> read;
};

struct Metrics {
  prometheus::Registry registry;
  std::array<prometheus::Counter*, 6> requests{};
  prometheus::Histogram* duration = nullptr;
  std::mutex mutex;
  std::vector<Watched> watched;

  Metrics() {
    auto& family = prometheus::BuildCounter()
                       .Name("otklik_requests_total")
                       .Help("Requests answered, by class of status; 0 is for peers that broke off")
                       .Register(registry);
    for (std::size_t i = 0; i < requests.size(); ++i) {
      requests[i] = &family.Add({{"status", i == 0 ? "0" : std::to_string(i) + "xx"}});
    }
    duration =
        &prometheus::BuildHistogram()
             .Name("otklik_request_seconds")
             .Help("Time from the end of the head to the last byte of the answer")
             .Register(registry)
             .Add({}, prometheus::Histogram::BucketBoundaries{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                              0.1, 0.25, 0.5, 1, 2.5, 5, 10});
  }
};

Metrics& metrics() {
  static Metrics all;
  return all;
}

}  // namespace

void count_request(int status, std::chrono::nanoseconds duration) {
  const auto place = static_cast<std::size_t>(status / 100);
  metrics().requests[place < metrics().requests.size() ? place : 0]->Increment();
  metrics().duration->Observe(static_cast<double>(duration.count()) / 1e9);
}

void add_gauge(std::string name, std::string help, std::function<double()> read) {
  auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(metrics().registry);
  const std::lock_guard lock(metrics().mutex);
  metrics().watched.push_back({&family.Add({}), std::move(read)});
}

void clear_gauges() {
  const std::lock_guard lock(metrics().mutex);
  metrics().watched.clear();
}

std::string metrics_text() {
  {
    const std::lock_guard lock(metrics().mutex);
    for (const Watched& watched : metrics().watched) watched.gauge->Set(watched.read());
  }
  return prometheus::TextSerializer().Serialize(metrics().registry.Collect());
}

}  // namespace app
