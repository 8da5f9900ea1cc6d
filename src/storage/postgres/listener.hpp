// Hears what other nodes have committed, and watches whether there are any.
//
// A thread with a connection of its own: it listens (LISTEN otklik) and looks for other nodes several times a
// second. When the connection breaks it makes another one and wakes everybody, since notifications have been
// missed meanwhile.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "storage/postgres/presence.hpp"
#include "storage/transaction.hpp"

namespace storage::postgres {

class Listener {
 public:
  // Connects; throws Lost when that fails. Both must outlive it.
  Listener(const Options& options, Presence& presence);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  void listen(Signal signal, std::function<void()> wake);
  void wake(const std::array<bool, 8>& signals);

  // What a notification of these signals says.
  [[nodiscard]] std::string payload(const std::array<bool, 8>& signals) const;

  // Not zero while no other node can have committed since the last call that gave the same number.
  [[nodiscard]] std::uint64_t solitude() const;

 private:
  using Clock = std::chrono::steady_clock;

  void work();
  void hear(Connection& connection);
  void take(std::string_view payload);
  void look(Connection& connection);
  [[nodiscard]] bool rest(int descriptor, std::chrono::milliseconds longest) const;

  const Options& options_;
  Presence& presence_;
  std::unique_ptr<Connection> connection_;
  std::mutex mutex_;
  std::array<std::vector<std::function<void()>>, 8> listeners_;
  std::atomic<std::int64_t> alone_until_{0};  // of the steady clock, nanoseconds
  std::atomic<std::uint64_t> solitude_{0};    // grows whenever it begins anew
  int stop_descriptor_;
  std::thread thread_;
};

}  // namespace storage::postgres
