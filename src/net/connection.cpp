#include "net/connection.hpp"

#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <expected>
#include <utility>
#include <variant>
#include <vector>

#include "net/reception.hpp"
#include "web/events.hpp"

namespace net {
namespace {

constexpr std::size_t piece_size = 64 * 1024;  // of a streamed body, and of a file sent by TLS
constexpr std::size_t file_burst =
    1024 * 1024;  // sent by one step of a worker, which then is free for others
constexpr std::size_t tls_record = 16 * 1024;
constexpr std::size_t linger_bytes = 4 * 1024 * 1024;
constexpr std::chrono::minutes events_time{5};   // of a connection that listens
constexpr std::chrono::seconds events_beat{20};  // so that no proxy takes it for dead
constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

using base::Blocking;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool has_header(const web::Response& response, std::string_view name) {
  return std::ranges::any_of(response.headers,
                             [&](const auto& header) { return same_word(header.first, name); });
}

web::Response bare(int status) {
  web::Response response;
  response.status = status;
  response.with("Content-Type", "text/plain; charset=utf-8");
  response.body = std::to_string(status) + "\n";
  return response;
}

web::Response problem(web::Application& application, const web::Request& request, int status) {
  try {
    return application.problem(request, status);
  } catch (...) {
    return bare(status);
  }
}

web::Response handle(web::Application& application, web::Request& request) {
  try {
    return application.handle(request);
  } catch (...) {
    return problem(application, request, 500);
  }
}

// False when the body is not wanted; then `response` says why.
bool open_sink(web::Application& application, web::Request& request, std::unique_ptr<web::BodySink>& sink,
               web::Response& response) {
  try {
    auto opened = application.open_body(request);
    if (opened) {
      sink = std::move(*opened);
      return true;
    }
    response = std::move(opened.error());
  } catch (...) {
    response = problem(application, request, 500);
  }
  return false;
}

// False when no more is to come; then `response` is the answer and the sink is gone.
bool feed_sink(web::Application& application, const web::Request& request,
               std::unique_ptr<web::BodySink>& sink, std::string_view bytes, bool last,
               web::Response& response) {
  try {
    bool wants_more = true;
    while (wants_more && !bytes.empty()) {
      const auto piece = bytes.substr(0, piece_size);
      bytes.remove_prefix(piece.size());
      wants_more = sink->write(piece);
    }
    if (wants_more && !last) return true;
    response = sink->finish();
  } catch (...) {
    response = problem(application, request, 500);
  }
  sink.reset();
  return false;
}

}  // namespace

// Awaits the socket, at most until a deadline.
struct Connection::Readiness {
  Connection& self;
  Direction direction;

  [[nodiscard]] bool await_ready() const noexcept { return self.cut_; }
  void await_suspend(std::coroutine_handle<> waiting) {
    self.waiting_ = true;
    self.stream_.descriptor().when_ready(direction, waiting);
  }
  [[nodiscard]] Wake await_resume() const noexcept {
    self.waiting_ = false;
    self.deadline_ = Clock::time_point::max();
    if (self.cut_) return Wake::cut;
    return std::exchange(self.late_, false) ? Wake::late : Wake::ready;
  }
};

// The time a peer has for the next byte: a pause at most, and on average no slower than the least rate.
class Connection::Pace {
 public:
  Pace(std::chrono::milliseconds pause, std::uint64_t minimum_rate) : pause_(pause), rate_(minimum_rate) {}

  void moved(std::uint64_t bytes) { bytes_ += bytes; }
  // The peer is not to blame for the time that we take.
  void excuse(Clock::duration time) { start_ += time; }
  [[nodiscard]] Clock::time_point deadline() const {
    const auto by_pause = Clock::now() + pause_;
    if (rate_ == 0) return by_pause;
    return std::min<Clock::time_point>(by_pause,
                                       start_ + pause_ + std::chrono::milliseconds(bytes_ * 1000 / rate_));
  }

 private:
  std::chrono::milliseconds pause_;
  std::uint64_t rate_;
  std::uint64_t bytes_ = 0;
  Clock::time_point start_ = Clock::now();
};

// A request and its answer.
struct Connection::Exchange {
  explicit Exchange(Service& service)
      : reader(read_message(request, service.options.limits.message)),
        place(service.in_flight),
        buffered(service.buffered_body_bytes) {}

  web::Request request;
  std::unique_ptr<MessageReader> reader;
  web::Response response;
  std::unique_ptr<web::BodySink> sink;
  Share place;
  Share buffered;
  Clock::time_point started = Clock::now();
  bool answered = false;    // `response` is what to send
  bool whole = false;       // the request was read to its end, so another may follow
  bool broken_off = false;  // the peer is gone; nobody would read an answer
  bool wants_go_on = false;
};

Connection::Connection(Reception& reception, int socket, SSL_CTX* tls, std::optional<Address> peer)
    : reception_(reception), stream_(reception.loop, socket, tls), peer_(peer) {
  reception_.all.push_back(*this);
  ++reception_.count;
  reception_.service.open_connections.fetch_add(1, std::memory_order_relaxed);
}

Connection::~Connection() {
  ListHook<InAll>::unlink();
  reception_.ended();
}

Detached Connection::run(std::unique_ptr<Connection> self) {
  try {
    co_await self->converse();
    // TLS has an end of its own, without which a peer could not tell it from an attack (RFC 8446, 6.1).
    if (self->stream_.secure()) self->stream_.end_writing();
  } catch (...) {
    // Out of memory, or a descriptor that the kernel no longer knows: this connection ends, the others go on.
  }
}

void Connection::wake_if_late(Clock::time_point now) {
  if (!waiting_ || late_ || deadline_ > now) return;
  late_ = true;
  stream_.descriptor().cancel();
}

void Connection::wake_idle() {
  if (waiting_) stream_.descriptor().cancel();
}

void Connection::cut() {
  if (std::exchange(cut_, true)) return;
  stream_.cut();
  if (waiting_) stream_.descriptor().cancel();
}

Connection::Readiness Connection::ready(Direction direction, Clock::time_point deadline) {
  deadline_ = deadline;
  return {*this, direction};
}

// Keeps what of `input`, either `pending_` itself or the loop's buffer, was not used.
void Connection::keep_rest(std::string_view input, std::size_t used) {
  if (input.data() == pending_.data()) {
    pending_.erase(0, used);
  } else {
    pending_.assign(input.substr(used));
  }
}

Task<> Connection::converse() {
  if (stream_.secure() && !co_await shake_hands()) co_return;
  bool idle = true;
  for (;;) {
    if (idle && !reception_.stopping) {
      if (pending_.empty()) pending_ = std::string();
      reception_.idle.push_back(*this);
      const auto wake =
          co_await ready(Direction::read, Clock::now() + reception_.service.options.limits.idle_time);
      if (ListHook<InIdle>::is_linked()) ListHook<InIdle>::unlink();
      if (wake != Wake::ready) co_return;
    }
    switch (co_await serve()) {
      case Served::another_may_follow:
        idle = pending_.empty() && !stream_.has_buffered();
        break;
      case Served::nothing_came:
        if (reception_.stopping) co_return;
        idle = true;
        break;
      case Served::over:
        co_return;
    }
  }
}

Task<bool> Connection::shake_hands() {
  const auto deadline = Clock::now() + reception_.service.options.limits.handshake_time;
  for (;;) {
    const auto moved = stream_.handshake();
    if (moved.result == Stream::Result::some) co_return true;
    if (moved.result != Stream::Result::wait) co_return false;
    if (co_await ready(moved.wait_for, deadline) != Wake::ready) co_return false;
  }
}

// One request and its answer.
Task<Connection::Served> Connection::serve() {
  Service& service = reception_.service;
  Exchange exchange(service);
  web::Request& request = exchange.request;
  if (const auto came = co_await read_head(exchange); came != Served::another_may_follow) co_return came;
  service.requests.fetch_add(1, std::memory_order_relaxed);

  if (!exchange.answered) {
    attribute(exchange);
    const auto rule = service.application.body_rule(request);
    const auto length = exchange.reader->content_length();
    const auto expect = request.header("Expect");
    exchange.whole = !exchange.reader->body_expected();
    exchange.wants_go_on =
        same_word(expect, "100-continue") && exchange.reader->http_1_1() && !exchange.whole;
    if (!expect.empty() && !same_word(expect, "100-continue")) {
      refuse(exchange, 417);
    } else if (length && *length > rule.limit) {
      refuse(exchange, 413);
    } else if (rule.streamed) {
      if (exchange.place.take(1, service.options.limits.in_flight)) {
        co_await stream_body(exchange, rule.limit);
      } else {
        refuse(exchange, 503);
      }
    } else if (exchange.whole || co_await read_body(exchange, rule.limit)) {
      if (!exchange.place.take(1, service.options.limits.in_flight)) {
        refuse(exchange, 503);
      } else {
        const bool ran = co_await reception_.loop.on_worker(
            Hop::Admission::first, [&] { exchange.response = handle(service.application, request); });
        if (!ran) refuse(exchange, 503);
      }
    }
  }
  co_return co_await answer(exchange) ? Served::another_may_follow : Served::over;
}

// `another_may_follow` when there is a head, or an answer to what should have been one.
Task<Connection::Served> Connection::read_head(Exchange& exchange) {
  const auto deadline = exchange.started + reception_.service.options.limits.head_time;
  bool read = pending_.empty();
  for (;;) {
    std::string_view input = pending_;
    if (read) {
      const auto moved = stream_.read(reception_.loop.scratch());
      if (moved.result == Stream::Result::wait) {
        if (!exchange.reader->begun()) co_return Served::nothing_came;
        const auto wake = co_await ready(moved.wait_for, deadline);
        if (wake == Wake::ready) continue;
        if (wake == Wake::cut) co_return Served::over;
        attribute(exchange);
        refuse(exchange, 408);
        co_return Served::another_may_follow;
      }
      if (moved.result != Stream::Result::some) co_return Served::over;
      input = {reception_.loop.scratch().data(), moved.bytes};
      if (!pending_.empty()) {
        pending_ += input;
        input = pending_;
      }
    }
    const auto step = exchange.reader->read_head(input);
    keep_rest(input, step.used);
    if (step.state == MessageReader::State::head) co_return Served::another_may_follow;
    if (step.state == MessageReader::State::failed) {
      attribute(exchange);
      refuse(exchange, exchange.reader->status());
      co_return Served::another_may_follow;
    }
    read = true;
  }
}

// Whose request it is. Behind a trusted proxy that is for the proxy to say.
void Connection::attribute(Exchange& exchange) {
  web::Request& request = exchange.request;
  request.id = reception_.next_request_id();
  request.secure = stream_.secure();
  if (request.path.empty()) request.path = "/";
  if (!peer_) {
    request.local = true;
    request.client = "local";
    return;
  }
  const auto& trusted = reception_.service.trusted_proxies;
  const bool from_proxy =
      std::ranges::any_of(trusted, [&](const Network& network) { return network.contains(*peer_); });
  if (!from_proxy) {
    request.client = peer_->text();
    return;
  }
  std::vector<std::string_view> forwarded_for;
  std::string_view forwarded_proto;
  for (const auto& [name, value] : request.headers) {
    if (same_word(name, "x-forwarded-for")) forwarded_for.emplace_back(value);
    if (same_word(name, "x-forwarded-proto")) forwarded_proto = value;
  }
  request.client = forwarded_client(*peer_, forwarded_for, trusted).text();
  // The last word is that of the nearest proxy.
  forwarded_proto.remove_prefix(forwarded_proto.rfind(',') + 1);
  const auto word = forwarded_proto.find_first_not_of(' ');
  if (word != std::string_view::npos) request.secure = same_word(forwarded_proto.substr(word), "https");
}

// Prepares an answer that does not come from a handler.
void Connection::refuse(Exchange& exchange, int status) {
  exchange.response = problem(reception_.service.application, exchange.request, status);
  if (status == 503) {
    reception_.service.refused.fetch_add(1, std::memory_order_relaxed);
    if (!has_header(exchange.response, "Retry-After")) exchange.response.with("Retry-After", "1");
  }
  exchange.answered = true;
}

// Reads the whole body into the request. False when there is an answer already, or nobody to answer.
Task<bool> Connection::read_body(Exchange& exchange, std::uint64_t limit) {
  const Limits& limits = reception_.service.options.limits;
  std::string& body = exchange.request.body;
  std::uint64_t unused = 0;
  if (exchange.wants_go_on && pending_.empty() && !co_await write_all(go_on, {}, false, unused)) {
    exchange.broken_off = true;
    co_return false;
  }
  if (const auto length = exchange.reader->content_length()) {
    body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, piece_size)));
  }
  Pace pace(limits.body_pause, limits.minimum_rate);
  bool read = pending_.empty();
  for (;;) {
    std::string_view input = pending_;
    if (read) {
      const auto moved = stream_.read(reception_.loop.scratch());
      if (moved.result == Stream::Result::wait) {
        const auto wake = co_await ready(moved.wait_for, pace.deadline());
        if (wake == Wake::ready) continue;
        exchange.broken_off = wake == Wake::cut;
        if (wake == Wake::late) refuse(exchange, 408);
        co_return false;
      }
      if (moved.result != Stream::Result::some) {
        exchange.broken_off = true;
        co_return false;
      }
      pace.moved(moved.bytes);
      input = {reception_.loop.scratch().data(), moved.bytes};
      if (!pending_.empty()) {
        pending_ += input;
        input = pending_;
      }
    }
    const auto before = body.size();
    const auto step = exchange.reader->read_body(input, body, limit);
    keep_rest(input, step.used);
    if (!exchange.buffered.take(body.size() - before, limits.buffered_body_bytes)) {
      refuse(exchange, 503);
      co_return false;
    }
    if (step.state == MessageReader::State::done) {
      exchange.whole = true;
      co_return true;
    }
    if (step.state == MessageReader::State::failed) {
      refuse(exchange, exchange.reader->status());
      co_return false;
    }
    read = true;
  }
}

// Hands the body to the application piece by piece; the next is read only when the last was taken.
Task<> Connection::stream_body(Exchange& exchange, std::uint64_t limit) {
  const Limits& limits = reception_.service.options.limits;
  web::Application& application = reception_.service.application;
  Loop& loop = reception_.loop;

  bool answered = false;
  const bool opened = co_await loop.on_worker(Hop::Admission::first, [&] {
    answered = !open_sink(application, exchange.request, exchange.sink, exchange.response);
  });
  if (!opened) refuse(exchange, 503);
  if (!opened || answered) co_return;

  std::uint64_t unused = 0;
  if (exchange.wants_go_on && pending_.empty() && !co_await write_all(go_on, {}, false, unused)) {
    exchange.broken_off = true;
    co_await abandon_sink(exchange, {});
    co_return;
  }

  Pace pace(limits.body_pause, limits.minimum_rate);
  std::string piece;
  bool read = pending_.empty() && !exchange.whole;
  for (;;) {
    std::string_view input = pending_;
    if (read) {
      const auto moved = stream_.read(loop.scratch());
      if (moved.result == Stream::Result::wait) {
        const auto wake = co_await ready(moved.wait_for, pace.deadline());
        if (wake == Wake::ready) continue;
        exchange.broken_off = wake == Wake::cut;
        if (wake == Wake::late) refuse(exchange, 408);
        break;
      }
      if (moved.result != Stream::Result::some) {
        exchange.broken_off = true;
        break;
      }
      pace.moved(moved.bytes);
      input = {loop.scratch().data(), moved.bytes};
      if (!pending_.empty()) {
        pending_ += input;
        input = pending_;
      }
    }
    const auto step = exchange.reader->read_body(input, piece, limit);
    keep_rest(input, step.used);
    if (step.state == MessageReader::State::failed) {
      refuse(exchange, exchange.reader->status());
      break;
    }
    exchange.whole = step.state == MessageReader::State::done;
    if (exchange.whole || piece.size() >= piece_size) {
      const auto before = Clock::now();
      const bool ran = co_await loop.on_worker(Hop::Admission::later, [&] {
        answered = !feed_sink(application, exchange.request, exchange.sink, piece, exchange.whole,
                              exchange.response);
      });
      if (!ran) refuse(exchange, 503);
      if (!ran || answered) break;
      piece.clear();
      pace.excuse(Clock::now() - before);
    }
    read = true;
  }
  if (exchange.sink) co_await abandon_sink(exchange, std::move(piece));
}

// The upload breaks off: what came is kept as far as the sink keeps it.
Task<> Connection::abandon_sink(Exchange& exchange, std::string piece) {
  const bool ran = co_await reception_.loop.on_worker(Hop::Admission::later, [&] {
    try {
      bool wants_more = true;
      for (std::string_view rest = piece; wants_more && !rest.empty();) {
        wants_more = exchange.sink->write(rest.substr(0, piece_size));
        rest.remove_prefix(std::min(rest.size(), piece_size));
      }
    } catch (...) {
      // The sink is given up in any case.
    }
    exchange.sink.reset();
  });
  if (!ran) exchange.sink.reset();
}

// Sends the answer. True when another request may follow.
Task<bool> Connection::answer(Exchange& exchange) {
  Service& service = reception_.service;
  // A slow reader holds up neither the others' requests nor the memory of their bodies.
  exchange.place.release();
  exchange.request.body = std::string();
  exchange.buffered.release();
  const web::Request& request = exchange.request;
  const web::Response& response = exchange.response;
  const auto finished = [&](int status, std::uint64_t bytes) {
    if (!service.options.on_finished) return;
    service.options.on_finished(request, status, bytes, Clock::now() - exchange.started);
  };
  if (exchange.broken_off || cut_) {
    finished(0, 0);
    co_return false;
  }

  const auto* file = std::get_if<web::FileBody>(&response.body);
  std::string_view body;
  if (const auto* text = std::get_if<std::string>(&response.body)) body = *text;
  if (const auto* bytes = std::get_if<web::StaticBody>(&response.body)) body = bytes->bytes;

  const auto* events = std::get_if<web::EventsBody>(&response.body);
  const bool keep = events == nullptr && exchange.whole && exchange.reader->keep_alive() && !response.close &&
                    !reception_.stopping;
  AnswerHead head;
  head.length = file != nullptr ? file->length : body.size();
  head.until_close = events != nullptr;
  head.request_id = request.id;
  head.after = !keep                         ? AfterAnswer::close
               : exchange.reader->http_1_1() ? AfterAnswer::keep
                                             : AfterAnswer::keep_said;
  std::string text = format_head(response, head);
  if (request.method == web::Method::head || !has_body(response.status)) {
    body = {};
    file = nullptr;
    events = nullptr;
  }
  // A small answer is one TLS record rather than two.
  if (stream_.secure() && file == nullptr && text.size() < tls_record) {
    const auto joined = body.substr(0, tls_record - text.size());
    text += joined;
    body.remove_prefix(joined.size());
  }

  std::uint64_t sent = 0;
  const bool has_file = file != nullptr && file->length > 0;
  bool complete = co_await write_all(text, body, has_file, sent);
  if (complete && has_file) complete = co_await send_file(*file, sent);
  if (complete && events != nullptr) co_await send_events(*events->listener, sent);
  finished(response.status, sent);
  if (!complete) co_return false;
  // Who listens has sent nothing that would be left unread.
  if (!keep && events == nullptr) co_await linger();
  co_return keep;
}

Task<bool> Connection::write_all(std::string_view first, std::string_view second, bool more,
                                 std::uint64_t& sent) {
  const Limits& limits = reception_.service.options.limits;
  std::optional<Pace> pace;
  while (!first.empty() || !second.empty()) {
    const auto moved = stream_.write(first, second, more);
    if (moved.result == Stream::Result::some) {
      sent += moved.bytes;
      if (pace) pace->moved(moved.bytes);
      const auto of_first = std::min(moved.bytes, first.size());
      first.remove_prefix(of_first);
      second.remove_prefix(moved.bytes - of_first);
      continue;
    }
    if (moved.result != Stream::Result::wait) co_return false;
    if (!pace) pace.emplace(limits.write_pause, limits.minimum_rate);
    if (co_await ready(moved.wait_for, pace->deadline()) != Wake::ready) co_return false;
  }
  co_return true;
}

Task<bool> Connection::send_file(const web::FileBody& file, std::uint64_t& sent) {
  return stream_.secure() ? send_file_tls(file, sent) : send_file_plain(file, sent);
}

// The kernel copies from file to socket. A worker asks it to, since the disk may have to be waited for; the
// wait for the peer is the loop's.
Task<bool> Connection::send_file_plain(const web::FileBody& file, std::uint64_t& sent) {
  const Limits& limits = reception_.service.options.limits;
  const int socket = stream_.socket();
  auto offset = static_cast<off_t>(file.offset);
  std::uint64_t left = file.length;
  Pace pace(limits.write_pause, limits.minimum_rate);
  while (left > 0) {
    if (cut_) co_return false;
    bool blocked = false;
    bool failed = false;
    std::uint64_t moved = 0;
    const auto before = Clock::now();
    const bool ran = co_await reception_.loop.on_worker(Hop::Admission::later, [&] {
      const Blocking guard;
      const auto burst = std::min<std::uint64_t>(left, file_burst);
      while (moved < burst && !blocked && !failed) {
        const ssize_t result =
            ::sendfile(socket, *file.descriptor, &offset, static_cast<std::size_t>(burst - moved));
        if (result > 0) {
          moved += static_cast<std::uint64_t>(result);
        } else if (result < 0 && errno == EAGAIN) {
          blocked = true;
        } else if (result == 0 || errno != EINTR) {
          failed = true;  // also when the file is shorter than was promised
        }
      }
    });
    sent += moved;
    left -= moved;
    pace.moved(moved);
    pace.excuse(Clock::now() - before);
    if (!ran || failed) co_return false;
    if (blocked && co_await ready(Direction::write, pace.deadline()) != Wake::ready) co_return false;
  }
  co_return true;
}

Task<bool> Connection::send_file_tls(const web::FileBody& file, std::uint64_t& sent) {
  std::string piece;
  std::uint64_t offset = file.offset;
  std::uint64_t left = file.length;
  while (left > 0) {
    if (cut_) co_return false;
    ssize_t got = 0;
    piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, piece_size)));
    const bool ran = co_await reception_.loop.on_worker(Hop::Admission::later, [&] {
      const Blocking guard;
      do {
        got = ::pread(*file.descriptor, piece.data(), piece.size(), static_cast<off_t>(offset));
      } while (got < 0 && errno == EINTR);
    });
    if (!ran || got <= 0) co_return false;
    const auto read = static_cast<std::size_t>(got);
    if (!co_await write_all(std::string_view(piece).substr(0, read), {}, false, sent)) co_return false;
    offset += read;
    left -= read;
  }
  co_return true;
}

// The page that listens closes the connection, or the time is up and it comes again: so it is checked anew
// who listens.
Task<> Connection::send_events(web::Listener& listener, std::uint64_t& sent) {
  const auto end = Clock::now() + events_time;
  const auto alive = std::make_shared<bool>(true);
  listener.on_news([this, alive] {
    reception_.loop.post([this, alive] {
      if (*alive && waiting_) stream_.descriptor().cancel();
    });
  });
  while (!cut_ && !reception_.stopping && Clock::now() < end) {
    std::string_view words;
    if (listener.take()) {
      words = "data: news\n\n";
    } else {
      reception_.idle.push_back(*this);
      const auto wake = co_await ready(Direction::read, Clock::now() + events_beat);
      if (ListHook<InIdle>::is_linked()) ListHook<InIdle>::unlink();
      if (wake == Wake::cut) break;
      if (wake == Wake::late) {
        words = ": still here\n\n";
      } else if (stream_.read(reception_.loop.scratch()).result != Stream::Result::wait) {
        break;  // it left, or says something, which nobody does here
      }
    }
    if (!words.empty() && !co_await write_all(words, {}, false, sent)) break;
  }
  listener.on_news({});
  *alive = false;
}

// Closing a socket that holds unread bytes resets the connection, and the peer may lose the answer (RFC
// 9112, 9.6). So what still comes is read and thrown away for a while.
Task<> Connection::linger() {
  stream_.end_writing();
  const auto deadline = Clock::now() + reception_.service.options.limits.linger_time;
  std::size_t discarded = 0;
  while (discarded < linger_bytes) {
    const auto moved = stream_.discard(reception_.loop.scratch());
    if (moved.result == Stream::Result::some) {
      discarded += moved.bytes;
    } else if (moved.result != Stream::Result::wait ||
               co_await ready(Direction::read, deadline) != Wake::ready) {
      co_return;
    }
  }
}

}  // namespace net
