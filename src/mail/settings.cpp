#include "mail/settings.hpp"

#include <utility>

namespace mail {
namespace {

Settings& current() {
  static Settings settings;
  return settings;
}

}  // namespace

void configure(Settings settings) {
  current() = std::move(settings);
}

const Settings& settings() {
  return current();
}

}  // namespace mail
