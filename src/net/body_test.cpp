// Bodies that are handed over piece by piece, "100 Continue", and clients that break off.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <semaphore>
#include <thread>

#include "net/server.hpp"
#include "net/testing.hpp"

namespace net {
namespace {

using namespace testing;

// What the sinks of a test have seen.
struct Uploads {
  std::mutex mutex;
  std::string bytes;
  std::size_t largest_piece = 0;
  std::atomic<int> opened = 0;
  std::atomic<int> finished = 0;
  std::atomic<int> destroyed = 0;
  std::size_t refuse_after = SIZE_MAX;
  std::counting_semaphore<>* gate = nullptr;  // waited for before each piece is taken

  [[nodiscard]] std::size_t size() {
    const std::lock_guard lock(mutex);
    return bytes.size();
  }
};

class Sink final : public web::BodySink {
 public:
  explicit Sink(Uploads& uploads) : uploads_(uploads) { ++uploads_.opened; }
  ~Sink() override { ++uploads_.destroyed; }

  [[nodiscard]] bool write(std::string_view piece) override {
    if (uploads_.gate != nullptr) uploads_.gate->acquire();
    const std::lock_guard lock(uploads_.mutex);
    uploads_.bytes += piece;
    uploads_.largest_piece = std::max(uploads_.largest_piece, piece.size());
    return uploads_.bytes.size() <= uploads_.refuse_after;
  }
  [[nodiscard]] web::Response finish() override {
    ++uploads_.finished;
    return page("got " + std::to_string(uploads_.size()));
  }

 private:
  Uploads& uploads_;
};

struct UploadServer {
  explicit UploadServer(ServerOptions options = loopback())
      : running((prepare(), application), std::move(options)) {}

  void prepare() {
    application.rule = [](const web::Request& head) {
      return web::BodyRule{.streamed = head.path == "/upload",
                           .limit = head.path == "/upload" ? 10'000'000u : 1000u};
    };
    application.opener =
        [this](web::Request& head) -> std::expected<std::unique_ptr<web::BodySink>, web::Response> {
      if (head.header("Authorization").empty()) return std::unexpected(page("who are you", 401));
      return std::make_unique<Sink>(uploads);
    };
  }

  Uploads uploads;
  TestApplication application;
  Running running;
};

std::string upload_head(std::string_view more) {
  return "PATCH /upload HTTP/1.1\r\nHost: a\r\nAuthorization: yes\r\n" + std::string(more) + "\r\n";
}

TEST(Body, IsStreamedInPieces) {
  UploadServer it;
  Client client(it.running.port);
  std::string content(3'000'000, '\0');
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>(i * 7 / 3);
  const auto answer = client.ask(upload_head("Content-Length: 3000000\r\n") + content);
  EXPECT_EQ(answer.body, "got 3000000");
  EXPECT_TRUE(it.uploads.bytes == content);
  EXPECT_LE(it.uploads.largest_piece, 65536u);
  EXPECT_EQ(it.uploads.destroyed, 1);
  EXPECT_EQ(client.ask("GET /next HTTP/1.1\r\nHost: a\r\n\r\n").body, "/next");
}

TEST(Body, IsStreamedFromChunksOfAnySize) {
  UploadServer it;
  Client client(it.running.port);
  std::string content;
  std::string chunked;
  for (std::size_t size : {1u, 2u, 65535u, 65536u, 65537u, 200'000u, 3u, 16u, 40'000u, 25'534u, 7u}) {
    const std::string chunk(size, static_cast<char>('a' + size % 26));
    char header[32];
    std::snprintf(header, sizeof header, "%zx\r\n", size);
    chunked += header + chunk + "\r\n";
    content += chunk;
  }
  chunked += "0\r\n\r\n";
  client.send(upload_head("Transfer-Encoding: chunked\r\n"));
  for (std::size_t at = 0; at < chunked.size(); at += 9973)
    client.send(std::string_view(chunked).substr(at, 9973));
  EXPECT_EQ(client.receive().body, "got " + std::to_string(content.size()));
  EXPECT_TRUE(it.uploads.bytes == content);
  EXPECT_LE(it.uploads.largest_piece, 65536u);
  EXPECT_EQ(client.ask("GET /next HTTP/1.1\r\nHost: a\r\n\r\n").body, "/next");
}

TEST(Body, MayBeEmpty) {
  UploadServer it;
  Client client(it.running.port);
  EXPECT_EQ(client.ask(upload_head("Content-Length: 0\r\n")).body, "got 0");
  EXPECT_EQ(client.ask(upload_head("")).body, "got 0");
  EXPECT_EQ(client.ask(upload_head("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n").body, "got 0");
  EXPECT_EQ(it.uploads.destroyed, 3);
}

// The client fills what the sockets hold and then must wait until the sink takes more.
TEST(Body, WaitsForTheSink) {
  UploadServer it;
  std::counting_semaphore<> gate(0);
  it.uploads.gate = &gate;
  Client client(it.running.port);
  client.send(upload_head("Content-Length: 10000000\r\n"));
  std::atomic<std::size_t> sent = 0;
  std::thread sender([&] {
    const std::string piece(50'000, 'x');
    for (int i = 0; i < 200; ++i) {
      client.send(piece);
      sent += piece.size();
    }
  });
  std::this_thread::sleep_for(200ms);
  EXPECT_LT(sent, 9'000'000u);
  EXPECT_EQ(it.uploads.size(), 0u);
  gate.release(1000);
  sender.join();
  EXPECT_EQ(client.receive().body, "got 10000000");
}

TEST(Body, ARefusalComesBeforeTheBody) {
  UploadServer it;
  Client client(it.running.port);
  const auto answer = client.ask(
      "PATCH /upload HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n\r\n");
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(client.closed_by_server());
  EXPECT_EQ(it.uploads.opened, 0);
}

// The refusal must survive the bytes that the client sends all the same.
TEST(Body, ARefusalReachesAClientThatSendsOn) {
  UploadServer it;
  Client client(it.running.port);
  client.send("PATCH /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n");
  const std::string piece(100'000, 'x');
  for (int i = 0; i < 30; ++i) client.send(piece);
  EXPECT_EQ(client.receive().status, 401);
}

TEST(Body, ContinueIsSaidWhenWanted) {
  UploadServer it;
  Client client(it.running.port);
  client.send(upload_head("Expect: 100-Continue\r\nContent-Length: 3\r\n"));
  EXPECT_EQ(client.receive_head(), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(client.ask("abc").body, "got 3");

  client.send("POST /form HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.receive_head(), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(client.ask("abc").body, "/form|abc");

  client.send("POST /form HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2000\r\n\r\n");
  EXPECT_EQ(client.receive().status, 413);
}

TEST(Body, ContinueIsNotSaidToTheHasty) {
  UploadServer it;
  Client client(it.running.port);
  const auto answer =
      client.ask("POST /form HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_EQ(answer.body, "/form|abc");
}

TEST(Body, TheSinkMayEndTheUpload) {
  UploadServer it;
  it.uploads.refuse_after = 100'000;
  Client client(it.running.port);
  client.send(upload_head("Content-Length: 5000000\r\n") + std::string(1'000'000, 'x'));
  const auto answer = client.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_EQ(it.uploads.finished, 1);
  EXPECT_EQ(it.uploads.destroyed, 1);
}

TEST(Body, WhatCameBeforeABreakIsKept) {
  UploadServer it;
  {
    Client client(it.running.port);
    client.send(upload_head("Content-Length: 5000000\r\n") + std::string(100'000, 'x'));
    ASSERT_TRUE(eventually([&] { return it.uploads.size() >= 65'536; }));
  }
  ASSERT_TRUE(eventually([&] { return it.uploads.destroyed == 1; }));
  EXPECT_EQ(it.uploads.size(), 100'000u);
  EXPECT_EQ(it.uploads.finished, 0);
  EXPECT_TRUE(eventually([&] { return it.running.server.counters().open_connections == 0; }));
  EXPECT_EQ(it.running.server.counters().in_flight, 0u);
}

TEST(Body, AStalledUploadIsGivenUp) {
  auto options = loopback();
  options.limits.body_pause = 80ms;
  UploadServer it(options);
  Client client(it.running.port);
  const auto answer = client.ask(upload_head("Content-Length: 5000000\r\n") + std::string(10, 'x'));
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(it.uploads.size(), 10u);
  EXPECT_EQ(it.uploads.finished, 0);
  EXPECT_EQ(it.uploads.destroyed, 1);
}

TEST(Body, TooMuchInChunksIsA413) {
  UploadServer it;
  Client client(it.running.port);
  client.send(upload_head("Transfer-Encoding: chunked\r\n"));
  const std::string chunk = "F4240\r\n" + std::string(1'000'000, 'x') + "\r\n";
  for (int i = 0; i < 11; ++i) client.send(chunk);
  EXPECT_EQ(client.receive().status, 413);
  EXPECT_EQ(it.uploads.finished, 0);
  EXPECT_EQ(it.uploads.destroyed, 1);
}

TEST(Body, ABreakInABufferedBodyIsNoRequest) {
  UploadServer it;
  std::atomic<int> handled = 0;
  it.application.handler = [&](web::Request&) {
    ++handled;
    return page("");
  };
  {
    Client client(it.running.port);
    client.send("POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    client.end_sending();
    EXPECT_TRUE(client.closed_by_server());
  }
  EXPECT_EQ(handled, 0);
}

TEST(Body, AClientThatLeavesDuringTheHandlerHarmsNothing) {
  UploadServer it;
  std::counting_semaphore<> go(0);
  it.application.handler = [&](web::Request&) {
    go.acquire();
    return page(std::string(1'000'000, 'x'));
  };
  for (int i = 0; i < 4; ++i) {
    Client client(it.running.port);
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return it.running.server.counters().in_flight == 1; }));
    client.close();
    go.release();
    ASSERT_TRUE(eventually([&] { return it.running.server.counters().open_connections == 0; }));
  }
}

}  // namespace
}  // namespace net
