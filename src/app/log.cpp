#include "app/log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <memory>

namespace app {
namespace {

constexpr std::string_view request_logger = "request";

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
}

// Writes each event as one JSON object. Events of the request logger are members already.
class JsonFormatter final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    const auto since_epoch = message.time.time_since_epoch();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count() % 1000;
    std::string line = fmt::format(R"({{"time":"{:%Y-%m-%dT%H:%M:%S}.{:03}Z","level":"{}",)",
                                   fmt::gmtime(std::chrono::system_clock::to_time_t(message.time)), ms,
                                   spdlog::level::to_string_view(message.level));
    const std::string_view payload(message.payload.data(), message.payload.size());
    if (std::string_view(message.logger_name.data(), message.logger_name.size()) == request_logger) {
      line += payload;
    } else {
      line += R"("event":"log","message":")";
      append_escaped(line, payload);
      line += '"';
    }
    line += "}\n";
    out.append(line.data(), line.data() + line.size());
  }

  std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<JsonFormatter>(); }
};

// The addresses in mails end in what lets their reader in; the log keeps the part before it.
std::string_view without_secret(std::string_view path) {
  for (const std::string_view part : {"/password/set/", "/survey/", "/solution/"}) {
    if (path.starts_with(part)) return path.substr(0, part.size());
  }
  return path;
}

std::shared_ptr<spdlog::logger>& requests() {
  static std::shared_ptr<spdlog::logger> logger;
  return logger;
}

}  // namespace

void start_log(const std::string& level) {
  spdlog::init_thread_pool(8192, 1);
  auto sink = std::make_shared<spdlog::sinks::stdout_sink_mt>();
  sink->set_formatter(std::make_unique<JsonFormatter>());
  const auto make = [&](std::string name) {
    auto logger = std::make_shared<spdlog::async_logger>(std::move(name), sink, spdlog::thread_pool(),
                                                         spdlog::async_overflow_policy::overrun_oldest);
    logger->set_level(spdlog::level::from_str(level));
    return logger;
  };
  spdlog::set_default_logger(make("otklik"));
  requests() = make(std::string(request_logger));
  spdlog::flush_every(std::chrono::seconds(1));
  spdlog::flush_on(spdlog::level::warn);
}

void stop_log() {
  requests().reset();
  spdlog::shutdown();
}

void log_request(const web::Request& request, int status, std::uint64_t bytes,
                 std::chrono::nanoseconds duration) {
  static constexpr std::array<std::string_view, 8> names{"GET",   "HEAD",   "POST",    "PUT",
                                                         "PATCH", "DELETE", "OPTIONS", "OTHER"};
  const auto logger = requests();
  if (!logger || !logger->should_log(spdlog::level::info)) return;
  std::string line;
  line.reserve(256);
  fmt::format_to(std::back_inserter(line), R"("event":"request","id":"{}","method":"{}","path":")",
                 request.id, names[static_cast<std::size_t>(request.method)]);
  append_escaped(line, without_secret(request.path));
  fmt::format_to(std::back_inserter(line), R"(","status":{},"bytes":{},"ms":{:.3f},"client":"{}")", status,
                 bytes, static_cast<double>(duration.count()) / 1e6, request.client);
  logger->info("{}", line);
}

}  // namespace app
