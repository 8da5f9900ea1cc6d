// Any bytes as requests, one after the other: the same requests however the bytes are divided. A difference
// would be a way to smuggle. The first byte says how they are cut.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "net/message.hpp"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

constexpr net::MessageLimits limits{.head_bytes = 512, .headers = 10};
constexpr std::uint64_t body_limit = 300;

struct Message {
  web::Request request;
  std::string body;
  int status = 0;
  bool operator==(const Message& other) const {
    return status == other.status &&
           (status != 0 || (request.path == other.request.path && request.headers == other.request.headers &&
                            request.query == other.request.query && body == other.body));
  }
};

// Reads as a connection does: keeps what was not used and gives it again with more behind it.
class Conversation {
 public:
  void feed(std::string_view bytes) {
    pending_ += bytes;
    while (!over_) {
      if (!reader_) {
        current_ = std::make_unique<Message>();
        reader_ = net::read_message(current_->request, limits);
        in_body_ = false;
      }
      const auto step =
          in_body_ ? reader_->read_body(pending_, current_->body, body_limit) : reader_->read_head(pending_);
      require(step.used <= pending_.size());
      pending_.erase(0, step.used);
      using State = net::MessageReader::State;
      if (step.state == State::more || step.state == State::body) break;
      if (step.state == State::head) {
        const auto& request = current_->request;
        require(request.path.starts_with('/') && base::valid_utf8(request.path));
        require(request.headers.size() <= limits.headers + 1);
        in_body_ = true;
        if (reader_->body_expected()) continue;
      }
      if (step.state == State::failed) {
        current_->status = reader_->status();
        require(current_->status >= 400);
        over_ = true;
      }
      require(current_->body.size() <= body_limit);
      if (current_->status == 0 && !reader_->keep_alive()) over_ = true;
      messages.push_back(std::move(*current_));
      reader_.reset();
    }
  }

  std::vector<Message> messages;

 private:
  std::string pending_;
  std::unique_ptr<Message> current_;
  std::unique_ptr<net::MessageReader> reader_;
  bool in_body_ = false;
  bool over_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  Conversation whole;
  whole.feed(input);
  Conversation pieces;
  std::uint32_t state = bytes[0] + 1u;
  for (std::string_view rest = input; !rest.empty();) {
    state = state * 1664525u + 1013904223u;
    const auto piece = rest.substr(0, 1 + (state >> 24u) % 48);
    rest.remove_prefix(piece.size());
    pieces.feed(piece);
  }
  // Where one fails and why may differ by a limit that was reached while more was to come; what was served
  // may not.
  const auto served = [](const Conversation& it) {
    std::vector<const Message*> list;
    for (const auto& message : it.messages) {
      if (message.status == 0) list.push_back(&message);
    }
    return list;
  };
  const auto a = served(whole);
  const auto b = served(pieces);
  require(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) require(*a[i] == *b[i]);
  return 0;
}
