// What the connections of all network threads share.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "net/address.hpp"
#include "net/server.hpp"
#include "web/application.hpp"

namespace net {

struct Service {
  ServerOptions options;
  std::vector<Network> trusted_proxies;
  web::Application& application;
  std::atomic<std::size_t> open_connections = 0;
  std::atomic<std::size_t> in_flight = 0;
  std::atomic<std::size_t> buffered_body_bytes = 0;
  std::atomic<std::uint64_t> accepted = 0;
  std::atomic<std::uint64_t> requests = 0;
  std::atomic<std::uint64_t> refused = 0;
};

// A part of a bounded amount, given back at the end of its life.
class Share {
 public:
  explicit Share(std::atomic<std::size_t>& total) : total_(total) {}
  ~Share() { release(); }
  Share(const Share&) = delete;
  Share& operator=(const Share&) = delete;

  // Takes `amount` more; false and nothing taken when the total would go above `bound`.
  [[nodiscard]] bool take(std::size_t amount, std::size_t bound) {
    const auto before = total_.fetch_add(amount, std::memory_order_relaxed);
    if (before + amount > bound) {
      total_.fetch_sub(amount, std::memory_order_relaxed);
      return false;
    }
    held_ += amount;
    return true;
  }

  void release() {
    if (held_ > 0) total_.fetch_sub(held_, std::memory_order_relaxed);
    held_ = 0;
  }

 private:
  std::atomic<std::size_t>& total_;
  std::size_t held_ = 0;
};

}  // namespace net
