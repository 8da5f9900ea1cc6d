// An answer: status, headers and one of four kinds of body.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace web {

class Listener;

// Bytes that live as long as the program (embedded assets).
struct StaticBody {
  std::string_view bytes;
};

// A part of an open file, sent with constant memory. The descriptor is closed with the last copy.
struct FileBody {
  std::shared_ptr<const int> descriptor;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// Stays open and says each time there is news ("text/event-stream"), until the peer leaves or the time is up.
struct EventsBody {
  std::shared_ptr<Listener> listener;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::variant<std::string, StaticBody, FileBody, EventsBody> body;
  bool close = false;  // end the connection after this answer

  Response& with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

}  // namespace web
