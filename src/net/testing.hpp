// For the tests of the server: an application made of functions, a running server, and a client that sends
// any bytes.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "net/server.hpp"

namespace net::testing {

using namespace std::chrono_literals;

inline web::Response page(std::string text, int status = 200) {
  web::Response response;
  response.status = status;
  response.body = std::move(text);
  return response;
}

class TestApplication final : public web::Application {
 public:
  std::function<web::BodyRule(const web::Request&)> rule = [](const web::Request&) {
    return web::BodyRule{.streamed = false, .limit = 1024 * 1024};
  };
  std::function<web::Response(web::Request&)> handler = [](web::Request& request) {
    return page(request.path + (request.body.empty() ? "" : "|" + request.body));
  };
  std::function<std::expected<std::unique_ptr<web::BodySink>, web::Response>(web::Request&)> opener =
      [](web::Request&) { return std::unexpected(page("no uploads here", 404)); };

  [[nodiscard]] web::BodyRule body_rule(const web::Request& head) const override { return rule(head); }
  [[nodiscard]] std::expected<std::unique_ptr<web::BodySink>, web::Response> open_body(
      web::Request& head) override {
    return opener(head);
  }
  [[nodiscard]] web::Response handle(web::Request& request) override { return handler(request); }
  [[nodiscard]] web::Response problem(const web::Request&, int status) override {
    return page("problem " + std::to_string(status), status);
  }
};

inline ServerOptions loopback() {
  ServerOptions options;
  options.listen = {{.address = "127.0.0.1", .port = 0}};
  return options;
}

// A server on a free port of the loopback.
struct Running {
  explicit Running(TestApplication& application, ServerOptions options = loopback(), std::size_t workers = 4)
      : pool(workers + 2, workers), server(std::move(options), application, pool) {
    server.start();
    if (!server.addresses().empty()) port = server.addresses().front().port;
  }

  base::WorkerPool pool;
  Server server;
  std::uint16_t port = 0;
};

struct Answer {
  int status = 0;
  std::string head;
  std::string body;

  // The first header of that name, written as in the answer.
  [[nodiscard]] std::optional<std::string> header(std::string_view name) const {
    const std::string key = "\r\n" + std::string(name) + ": ";
    const auto at = head.find(key);
    if (at == std::string::npos) return std::nullopt;
    const auto from = at + key.size();
    return head.substr(from, head.find("\r\n", from) - from);
  }
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("cannot connect");
    }
  }
  explicit Client(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size());
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("cannot connect");
    }
  }
  ~Client() {
    if (socket_ >= 0) ::close(socket_);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  [[nodiscard]] int socket() const { return socket_; }

  // False when the server has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void end_sending() { ::shutdown(socket_, SHUT_WR); }
  void close() { ::close(std::exchange(socket_, -1)); }

  // Empty when nothing came in time or the server has closed.
  [[nodiscard]] std::string receive_some(std::chrono::milliseconds patience = 5s) {
    pollfd ready{.fd = socket_, .events = POLLIN, .revents = 0};
    if (::poll(&ready, 1, static_cast<int>(patience.count())) != 1) return {};
    std::string bytes(65536, '\0');
    const auto got = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (got <= 0) closed_ = true;
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
  }

  // Up to the empty line after the head; the rest stays for the next call.
  [[nodiscard]] std::string receive_head(std::chrono::milliseconds patience = 5s) {
    while (buffer_.find("\r\n\r\n") == std::string::npos) {
      const auto more = receive_some(patience);
      if (more.empty()) return {};
      buffer_ += more;
    }
    const auto end = buffer_.find("\r\n\r\n") + 4;
    std::string head = buffer_.substr(0, end);
    buffer_.erase(0, end);
    return head;
  }

  enum class Body : bool { read, none };

  // Status 0 when there is no answer in time.
  [[nodiscard]] Answer receive(Body body = Body::read, std::chrono::milliseconds patience = 5s) {
    Answer answer;
    answer.head = receive_head(patience);
    if (answer.head.size() < 12) return answer;
    std::from_chars(answer.head.data() + 9, answer.head.data() + 12, answer.status);
    std::size_t length = 0;
    if (const auto text = answer.header("Content-Length")) {
      std::from_chars(text->data(), text->data() + text->size(), length);
    }
    if (body == Body::none) length = 0;
    while (buffer_.size() < length) {
      const auto more = receive_some(patience);
      if (more.empty()) break;
      buffer_ += more;
    }
    answer.body = buffer_.substr(0, length);
    buffer_.erase(0, answer.body.size());
    return answer;
  }

  [[nodiscard]] Answer ask(std::string_view request, Body body = Body::read) {
    send(request);
    return receive(body);
  }

  // Whether the server closes within the time, with nothing more to read.
  [[nodiscard]] bool closed_by_server(std::chrono::milliseconds patience = 5s) {
    if (!buffer_.empty()) return false;
    return receive_some(patience).empty() && closed_;
  }

 private:
  int socket_;
  bool closed_ = false;
  std::string buffer_;
};

// Waits until something holds. False when it does not in five seconds.
template <class Condition>
[[nodiscard]] bool eventually(Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + 5s;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    ::usleep(1000);
  }
  return true;
}

}  // namespace net::testing
