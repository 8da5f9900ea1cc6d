#include "sessions/browser.hpp"

#include <array>

namespace sessions {
namespace {

struct Sign {
  std::string_view part;
  std::string_view name;
};

// Browsers name those they descend from, so the first sign that fits is the one to take.
constexpr std::array browsers{Sign{"YaBrowser/", "Яндекс Браузер"},
                              Sign{"Edg", "Edge"},
                              Sign{"OPR/", "Opera"},
                              Sign{"Vivaldi/", "Vivaldi"},
                              Sign{"SamsungBrowser/", "Samsung Internet"},
                              Sign{"Firefox/", "Firefox"},
                              Sign{"FxiOS/", "Firefox"},
                              Sign{"Chromium/", "Chromium"},
                              Sign{"CriOS/", "Chrome"},
                              Sign{"HeadlessChrome/", "Chromium"},
                              Sign{"Chrome/", "Chrome"},
                              Sign{"Safari/", "Safari"},
                              Sign{"curl/", "curl"}};

constexpr std::array systems{Sign{"Android", "Android"}, Sign{"iPhone", "iPhone"}, Sign{"iPad", "iPad"},
                             Sign{"Windows", "Windows"}, Sign{"CrOS", "ChromeOS"}, Sign{"Mac OS X", "macOS"},
                             Sign{"Linux", "Linux"}};

template <std::size_t count>
std::string_view recognise(const std::array<Sign, count>& signs, std::string_view user_agent) {
  for (const Sign& sign : signs) {
    if (user_agent.find(sign.part) != std::string_view::npos) return sign.name;
  }
  return {};
}

}  // namespace

std::string describe_browser(std::string_view user_agent) {
  std::string text(recognise(browsers, user_agent));
  const std::string_view system = recognise(systems, user_agent);
  if (!text.empty() && !system.empty()) text += ", ";
  return text.append(system);
}

}  // namespace sessions
