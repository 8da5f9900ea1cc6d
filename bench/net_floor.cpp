// What the network layer costs by itself: serves a fixed page from memory, to be compared with a file by
// nginx.
//
//   bench_net_floor [port] [network threads] [workers] [body bytes] [certificate key]
//
// Runs until it gets SIGINT or SIGTERM, then prints its counters.
#include <fmt/core.h>

#include <csignal>
#include <cstdlib>
#include <string>
#include <thread>

#include "base/worker_pool.hpp"
#include "net/server.hpp"
#include "web/application.hpp"

namespace {

class Page final : public web::Application {
 public:
  explicit Page(std::size_t bytes) : body_(bytes, 'x') {}

  [[nodiscard]] web::BodyRule body_rule(const web::Request&) const override {
    return {.streamed = false, .limit = 1u << 20u};
  }

  [[nodiscard]] std::expected<std::unique_ptr<web::BodySink>, web::Response> open_body(
      web::Request&) override {
    return std::unexpected(web::Response{});
  }

  [[nodiscard]] web::Response handle(web::Request&) override {
    web::Response response;
    response.with("Content-Type", "text/html; charset=utf-8");
    response.body = body_;  // copied, as a rendered page would have its own memory
    return response;
  }

  [[nodiscard]] web::Response problem(const web::Request&, int status) override {
    web::Response response;
    response.status = status;
    return response;
  }

 private:
  std::string body_;
};

std::size_t argument(int count, char** values, int index, std::size_t otherwise) {
  return index < count ? std::strtoul(values[index], nullptr, 10) : otherwise;
}

}  // namespace

int main(int count, char** values) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  Page page(argument(count, values, 4, 8192));
  const auto workers = argument(count, values, 3, 1);
  base::WorkerPool pool(workers + 2, workers);
  net::ServerOptions options;
  options.listen = {
      {.address = "127.0.0.1", .port = static_cast<std::uint16_t>(argument(count, values, 1, 8080))}};
  options.threads = argument(count, values, 2, 1);
  options.limits.connections = 20'000;
  if (count > 6) {
    options.listen.front().tls = true;
    options.certificate_file = values[5];
    options.key_file = values[6];
  }
  net::Server server(options, page, pool);
  server.start();
  fmt::print("listening on 127.0.0.1:{}\n", server.addresses().front().port);
  std::fflush(stdout);

  int signal = 0;
  sigwait(&signals, &signal);
  const auto counters = server.counters();
  fmt::print("{} connections, {} requests, {} refused\n", counters.accepted, counters.requests,
             counters.refused);
  server.stop(std::chrono::seconds(5));
}
