// Stands between the program and its server, and cuts the line at a COMMIT when it is told to.
#pragma once

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace storage::postgres::testing {

class Proxy {
 public:
  enum class Cut : std::uint8_t { never, before_the_server_hears, before_the_program_hears };

  // Takes connections as a server with port 5433 in the folder would, for that with port 5432.
  explicit Proxy(const std::string& directory)
      : server_(directory + "/.s.PGSQL.5432"),
        own_(directory + "/.s.PGSQL.5433"),
        listening_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    ::unlink(own_.c_str());
    const sockaddr_un address = name(own_);
    if (::bind(listening_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listening_, 64) != 0)
      throw std::runtime_error("no socket at " + own_);
    acceptor_ = std::jthread([this](const std::stop_token& stop) { accept(stop); });
  }
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;
  ~Proxy() {
    acceptor_.request_stop();
    acceptor_.join();
    ::close(listening_);
    ::unlink(own_.c_str());
  }

  // The next COMMIT that a session sends for the first time.
  void cut(Cut how) { cut_ = how; }
  [[nodiscard]] int cuts() const { return cuts_; }

 private:
  static sockaddr_un name(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    return address;
  }

  static bool readable(int descriptor) {
    pollfd waiting{.fd = descriptor, .events = POLLIN, .revents = 0};
    return ::poll(&waiting, 1, 20) > 0;
  }

  void accept(const std::stop_token& stop) {
    std::vector<std::jthread> lines;
    while (!stop.stop_requested()) {
      if (!readable(listening_)) continue;
      const int program = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
      const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
      const sockaddr_un address = name(server_);
      if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        lines.emplace_back(
            [this, program, server](const std::stop_token& end) { carry(program, server, end); });
      } else {
        ::close(program);
        ::close(server);
      }
    }
  }

  void carry(int program, int server, const std::stop_token& stop) {
    std::array<char, 65536> buffer;
    bool cut_at_answer = false;
    while (!stop.stop_requested()) {
      std::array<pollfd, 2> waiting{pollfd{.fd = program, .events = POLLIN, .revents = 0},
                                    pollfd{.fd = server, .events = POLLIN, .revents = 0}};
      if (::poll(waiting.data(), waiting.size(), 20) <= 0) continue;
      if (waiting[0].revents != 0) {
        const ssize_t size = ::read(program, buffer.data(), buffer.size());
        if (size <= 0) break;
        const std::string_view sent(buffer.data(), static_cast<std::size_t>(size));
        if (sent.find(std::string_view("\0COMMIT\0", 8)) != std::string_view::npos) {
          const Cut how = cut_.exchange(Cut::never);
          cuts_ += how == Cut::never ? 0 : 1;
          if (how == Cut::before_the_server_hears) break;
          cut_at_answer = how == Cut::before_the_program_hears;
        }
        if (::write(server, sent.data(), sent.size()) != size) break;
      }
      if (waiting[1].revents != 0) {
        const ssize_t size = ::read(server, buffer.data(), buffer.size());
        if (size <= 0 || cut_at_answer) break;
        if (::write(program, buffer.data(), static_cast<std::size_t>(size)) != size) break;
      }
    }
    ::close(program);
    ::close(server);
  }

  std::string server_;
  std::string own_;
  int listening_;
  std::atomic<Cut> cut_{Cut::never};
  std::atomic<int> cuts_{0};
  std::jthread acceptor_;
};

}  // namespace storage::postgres::testing
