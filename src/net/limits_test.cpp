// What the server refuses: malformed and smuggled requests, and too much or too slow of anything.
#include <gtest/gtest.h>

#include <atomic>
#include <semaphore>
#include <thread>
#include <vector>

#include "net/server.hpp"
#include "net/testing.hpp"

namespace net {
namespace {

using namespace testing;
using namespace std::string_literals;

struct Refusal {
  const char* name;
  std::string request;
  int status;
};

class Refused : public ::testing::TestWithParam<Refusal> {};

// The refusal is the only answer: what follows it on the connection is not taken for a request.
TEST_P(Refused, WithOneAnswerAndAClose) {
  TestApplication application;
  std::atomic<int> handled = 0;
  application.handler = [&](web::Request&) {
    ++handled;
    return page("handled");
  };
  Running running(application);
  Client client(running.port);
  client.send(GetParam().request);
  client.send("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto answer = client.receive();
  EXPECT_EQ(answer.status, GetParam().status);
  EXPECT_EQ(answer.body, "problem " + std::to_string(GetParam().status));
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(client.closed_by_server());
  EXPECT_EQ(handled, 0);
}

std::string many_headers(int count) {
  std::string request = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (int i = 0; i < count; ++i) request += "X-" + std::to_string(i) + ": y\r\n";
  return request + "\r\n";
}

const Refusal refusals[] = {
    {"LengthAndEncoding",
     "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    {"EncodingAndLength",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400},
    {"TwoLengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", 400},
    {"TwoEqualLengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400},
    {"ListOfLengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\nx", 400},
    {"SignedLength", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\nx", 400},
    {"NegativeLength", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\nx", 400},
    {"HexLength", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\nx", 400},
    {"EmptyLength", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\nx", 400},
    {"HugeLength", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nx", 400},
    {"UnknownEncoding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 400},
    {"StackedEncoding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
     400},
    {"TwoEncodings",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
     "identity\r\n\r\n0\r\n\r\n",
     400},
    {"DisguisedEncoding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400},
    {"TabbedEncoding",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \x0b"
     "chunked\r\n\r\n0\r\n\r\n",
     400},
    {"EncodingInHttp10", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    {"SpaceBeforeColon", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 1\r\n\r\nx", 400},
    {"BareLineFeed", "GET / HTTP/1.1\nHost: a\n\n\r\n\r\n", 400},
    {"BareCarriageReturn", "GET / HTTP/1.1\r\nHost: a\r\nX: y\rz\r\n\r\n", 400},
    {"NulInHeader", "GET / HTTP/1.1\r\nHost: a\r\nX: a"s + '\0' + "b\r\n\r\n", 400},
    {"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},
    {"TwoHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
    {"WrongHost", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
    {"HostWithUser", "GET / HTTP/1.1\r\nHost: x@a\r\n\r\n", 400},
    {"BrokenEscape", "GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 400},
    {"HalfAnEscape", "GET /a%4 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"NulInPath", "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"InvalidUtf8InPath", "GET /%FF%FE HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"OverlongUtf8InPath", "GET /%C0%AF HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"Fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"NoSlash", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"Asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"Connect", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 400},
    {"Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
    {"Http09", "GET /\r\n\r\n", 400},
    {"NotHttp", "\x16\x03\x01\x02\x01\x01\x01\xfc\x03\x03 hello\r\n\r\n", 400},
    {"BadChunkSize", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
    {"SignedChunkSize", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", 400},
    {"ChunkWithoutEnd", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxyz\r\n\r\n",
     400},
    {"BareFeedInChunk", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\nx\r\n0\r\n\r\n",
     400},
    {"EndlessChunkExtension",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(40'000, 'x'), 400},
    {"LongTarget", "GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
    {"LongHeader", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n", 431},
    {"LongHeaderWithoutEnd", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'a'), 431},
    {"LongHeadOfShortHeaders",
     "GET / HTTP/1.1\r\nHost: a\r\n" + std::string("X: ") + std::string(6'000, 'a') +
         "\r\nY: " + std::string(6'000, 'a') + "\r\nZ: " + std::string(6'000, 'a') + "\r\n\r\n",
     431},
    {"ManyHeaders", many_headers(100), 431},
    {"OtherExpectation", "POST / HTTP/1.1\r\nHost: a\r\nExpect: money\r\nContent-Length: 1\r\n\r\nx", 417},
    {"BodyTooLong", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n", 413},
    {"ChunkTooLong", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n", 413},
};

INSTANTIATE_TEST_SUITE_P(Server, Refused, ::testing::ValuesIn(refusals),
                         [](const auto& param_info) { return std::string(param_info.param.name); });

TEST(Limits, TakesAsMuchAsIsAllowed) {
  TestApplication application;
  Running running(application);
  Client client(running.port);
  EXPECT_EQ(client.ask(many_headers(99)).status, 200);
  const std::string body(1024 * 1024, 'b');
  EXPECT_EQ(client.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048576\r\n\r\n" + body).body.size(),
            body.size() + 2);
}

TEST(Limits, AnAbsoluteTargetOverrulesHost) {
  TestApplication application;
  application.handler = [](web::Request& request) {
    return page(std::string(request.header("Host")) + " " + request.path + " " + request.query);
  };
  Running running(application);
  Client client(running.port);
  EXPECT_EQ(client.ask("GET HTTP://example.com:80/a?b HTTP/1.1\r\nHost: other\r\n\r\n").body,
            "example.com:80 /a b");
  EXPECT_EQ(client.ask("GET http://example.com?b HTTP/1.1\r\nHost: other\r\n\r\n").body, "example.com / b");
}

TEST(Limits, ATrailerIsNoHeader) {
  TestApplication application;
  application.handler = [](web::Request& request) {
    return page(std::string(request.header("X-Role")) + ".");
  };
  Running running(application);
  Client client(running.port);
  EXPECT_EQ(client
                .ask("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-Role: "
                     "admin\r\n\r\n")
                .body,
            ".");
}

TEST(Limits, ASlowHeadIsA408) {
  TestApplication application;
  auto options = loopback();
  options.limits.head_time = 100ms;
  Running running(application, options);
  Client client(running.port);
  client.send("GET / HTTP/1.1\r\nHo");
  std::this_thread::sleep_for(60ms);
  client.send("st: ");  // more bytes do not buy more time
  const auto answer = client.receive();
  EXPECT_EQ(answer.status, 408);
  EXPECT_TRUE(client.closed_by_server());
}

TEST(Limits, AnIdleConnectionIsClosedWithoutAWord) {
  TestApplication application;
  auto options = loopback();
  options.limits.idle_time = 60ms;
  Running running(application, options);
  Client fresh(running.port);
  EXPECT_TRUE(fresh.closed_by_server());
  Client used(running.port);
  EXPECT_EQ(used.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
  EXPECT_TRUE(used.closed_by_server());
  EXPECT_TRUE(eventually([&] { return running.server.counters().open_connections == 0; }));
}

TEST(Limits, AStalledBodyIsA408) {
  TestApplication application;
  auto options = loopback();
  options.limits.body_pause = 80ms;
  Running running(application, options);
  Client client(running.port);
  const auto answer = client.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
  EXPECT_EQ(answer.status, 408);
  EXPECT_TRUE(client.closed_by_server());
}

TEST(Limits, ADrippingBodyIsA408) {
  TestApplication application;
  auto options = loopback();
  options.limits.body_pause = 100ms;
  options.limits.minimum_rate = 1000;
  Running running(application, options);
  Client client(running.port);
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
  const auto begun = std::chrono::steady_clock::now();
  while (client.send("x") && std::chrono::steady_clock::now() - begun < 2s) {
    if (!client.receive_some(10ms).empty()) break;
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 1s);
}

TEST(Limits, AReaderThatStopsIsCut) {
  TestApplication application;
  application.handler = [](web::Request&) { return page(std::string(30'000'000, 'x')); };
  auto options = loopback();
  options.limits.write_pause = 100ms;
  std::atomic<int> finished = 0;
  options.on_finished = [&](const web::Request&, int, std::uint64_t, std::chrono::nanoseconds) {
    ++finished;
  };
  Running running(application, options);
  Client client(running.port);
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(eventually([&] { return finished == 1 && running.server.counters().open_connections == 0; }));
}

TEST(Limits, AboveTheInFlightLimitIsA503) {
  TestApplication application;
  std::counting_semaphore<> go(0);
  application.handler = [&](web::Request&) {
    const base::Blocking guard;
    go.acquire();
    return page("late");
  };
  auto options = loopback();
  options.limits.in_flight = 2;
  Running running(application, options);
  Client first(running.port);
  Client second(running.port);
  Client third(running.port);
  first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  second.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return running.server.counters().in_flight == 2; }));
  const auto answer = third.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("Retry-After"), "1");
  EXPECT_EQ(answer.header("Connection"), std::nullopt);
  go.release(3);
  EXPECT_EQ(first.receive().status, 200);
  EXPECT_EQ(second.receive().status, 200);
  EXPECT_EQ(third.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
  EXPECT_EQ(running.server.counters().refused, 1u);
}

TEST(Limits, AFullQueueOfTheWorkersIsA503) {
  TestApplication application;
  std::counting_semaphore<> go(0);
  std::atomic<int> entered = 0;
  application.handler = [&](web::Request&) {
    ++entered;
    go.acquire();
    return page("late");
  };
  base::WorkerPool pool(1, 1, 1);
  Server server(loopback(), application, pool);
  server.start();
  const auto port = server.addresses().front().port;
  Client runs(port);
  Client waits(port);
  Client refused(port);
  runs.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return entered == 1; }));
  waits.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return pool.counters().queued == 1; }));
  EXPECT_EQ(refused.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 503);
  go.release(2);
  EXPECT_EQ(runs.receive().status, 200);
  EXPECT_EQ(waits.receive().status, 200);
}

TEST(Limits, BodiesTogetherAreBounded) {
  TestApplication application;
  auto options = loopback();
  options.limits.buffered_body_bytes = 100'000;
  Running running(application, options);
  Client client(running.port);
  const auto answer =
      client.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n" + std::string(200'000, 'x'));
  EXPECT_EQ(answer.status, 503);
  EXPECT_TRUE(eventually([&] { return running.server.counters().buffered_body_bytes == 0; }));
}

TEST(Limits, AFullServerClosesTheLongestIdle) {
  TestApplication application;
  auto options = loopback();
  options.limits.connections = 3;
  Running running(application, options);
  Client oldest(running.port);
  EXPECT_EQ(oldest.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
  Client second(running.port);
  EXPECT_EQ(second.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
  Client third(running.port);
  EXPECT_EQ(third.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
  Client newest(running.port);
  EXPECT_EQ(newest.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
  EXPECT_TRUE(oldest.closed_by_server());
  EXPECT_EQ(second.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
}

TEST(Limits, AFullServerOfBusyConnectionsRefuses) {
  TestApplication application;
  std::binary_semaphore go(0);
  application.handler = [&](web::Request&) {
    go.acquire();
    return page("late");
  };
  auto options = loopback();
  options.limits.connections = 1;
  Running running(application, options);
  Client busy(running.port);
  busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return running.server.counters().in_flight == 1; }));
  Client refused(running.port);
  EXPECT_EQ(refused.receive().status, 503);
  go.release();
  EXPECT_EQ(busy.receive().status, 200);
}

}  // namespace
}  // namespace net
