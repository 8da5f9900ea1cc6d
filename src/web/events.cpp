#include "web/events.hpp"

#include <utility>

namespace web {

void Listener::on_news(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
  if (news_ && wake_) wake_();
}

bool Listener::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(news_, false);
}

void Listener::tell() {
  const std::lock_guard lock(mutex_);
  if (std::exchange(news_, true)) return;
  if (wake_) wake_();
}

std::shared_ptr<Listener> Hub::listen() {
  auto listener = std::make_shared<Listener>();
  const std::lock_guard lock(mutex_);
  listeners_.push_back(listener);
  return listener;
}

void Hub::publish() {
  const std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [](const std::weak_ptr<Listener>& known) {
    const auto listener = known.lock();
    if (listener) listener->tell();
    return !listener;
  });
}

std::size_t Hub::listeners() const {
  const std::lock_guard lock(mutex_);
  return listeners_.size();
}

}  // namespace web
