// Live updates: pages that stay open are told that there is something new, never what. Each then asks for
// what it may see, so nothing can leak this way.
//
// Safe to call from any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace web {

// What one listening connection waits on.
class Listener {
 public:
  // `wake` is called on the publishing thread when there is news after none, and must return at once. An
  // empty one ends that: it is not called any more once this has returned.
  void on_news(std::function<void()> wake);
  // Whether there was news since the last call.
  [[nodiscard]] bool take();

 private:
  friend class Hub;
  void tell();

  std::mutex mutex_;
  std::function<void()> wake_;
  bool news_ = false;
};

class Hub {
 public:
  [[nodiscard]] std::shared_ptr<Listener> listen();
  void publish();
  [[nodiscard]] std::size_t listeners() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::weak_ptr<Listener>> listeners_;
};

}  // namespace web
