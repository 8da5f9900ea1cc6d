// The end of a server: what is under way is finished, the rest is closed.
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
using SteadyClock = std::chrono::steady_clock;

TEST(Stop, WithoutConnectionsIsImmediate) {
  TestApplication application;
  auto options = loopback();
  options.threads = 2;
  Running running(application, options);
  const auto begun = SteadyClock::now();
  running.server.stop(10s);
  EXPECT_LT(SteadyClock::now() - begun, 2s);
  EXPECT_THROW(Client(running.port), std::runtime_error);
}

TEST(Stop, BeforeTheStart) {
  TestApplication application;
  base::WorkerPool pool(1, 1);
  Server server(loopback(), application, pool);
  server.stop(1s);
}

TEST(Stop, ClosesIdleConnections) {
  TestApplication application;
  Running running(application);
  Client fresh(running.port);
  Client used(running.port);
  EXPECT_EQ(used.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
  ASSERT_TRUE(eventually([&] { return running.server.counters().open_connections == 2; }));
  const auto begun = SteadyClock::now();
  running.server.stop(10s);
  EXPECT_LT(SteadyClock::now() - begun, 2s);
  EXPECT_TRUE(fresh.closed_by_server());
  EXPECT_TRUE(used.closed_by_server());
}

TEST(Stop, FinishesWhatIsUnderWay) {
  TestApplication application;
  std::binary_semaphore go(0);
  application.handler = [&](web::Request&) {
    go.acquire();
    return page("done");
  };
  Running running(application);
  Client client(running.port);
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return running.server.counters().in_flight == 1; }));
  std::thread stopper([&] { running.server.stop(10s); });
  std::this_thread::sleep_for(30ms);
  go.release();
  const auto answer = client.receive();
  EXPECT_EQ(answer.body, "done");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(client.closed_by_server());
  client.close();
  stopper.join();
}

TEST(Stop, FinishesAnUploadUnderWay) {
  TestApplication application;
  Running running(application);
  Client client(running.port);
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
  ASSERT_TRUE(eventually([&] { return running.server.counters().requests == 1; }));
  std::thread stopper([&] { running.server.stop(10s); });
  std::this_thread::sleep_for(30ms);
  EXPECT_EQ(client.ask("cd").body, "/|abcd");
  client.close();
  stopper.join();
}

TEST(Stop, ServesWhoWaitsToBeAccepted) {
  TestApplication application;
  base::WorkerPool pool(2, 2);
  Server server(loopback(), application, pool);
  Client client(server.addresses().front().port);
  client.send("GET /waiting HTTP/1.1\r\nHost: a\r\n\r\n");
  server.start();
  server.stop(5s);
  EXPECT_EQ(client.receive().body, "/waiting");
}

TEST(Stop, CutsTheRestAfterTheGrace) {
  TestApplication application;
  application.handler = [](web::Request&) { return page(std::string(30'000'000, 'x')); };
  Running running(application);
  Client slow_writer(running.port);
  slow_writer.send("GET / HT");
  Client slow_reader(running.port);
  slow_reader.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return running.server.counters().requests == 1; }));
  const auto begun = SteadyClock::now();
  running.server.stop(100ms);
  EXPECT_GE(SteadyClock::now() - begun, 100ms);
  EXPECT_LT(SteadyClock::now() - begun, 2s);
  EXPECT_TRUE(slow_writer.closed_by_server());
}

// A connection for every state that a request can be in, cut at whatever moment.
TEST(Stop, AtAnyMoment) {
  TestApplication application;
  application.handler = [](web::Request&) { return page(std::string(10'000, 'x')); };
  for (int round = 0; round < 10; ++round) {
    auto options = loopback();
    options.threads = 2;
    Running running(application, options);
    std::atomic<bool> over = false;
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i) {
      clients.emplace_back([&, i] {
        while (!over) {
          try {
            Client client(running.port);
            for (int k = 0; k < 5 && !over; ++k) {
              client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
              if (i == 0) break;
              client.send("cd");
              if (client.receive(Client::Body::read, 1s).status != 200) break;
            }
          } catch (const std::runtime_error&) {
            break;
          }
        }
      });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5 + 3 * round));
    running.server.stop(round % 2 == 0 ? 0ms : 20ms);
    over = true;
    for (auto& client : clients) client.join();
    EXPECT_EQ(running.server.counters().open_connections, 0u);
    EXPECT_EQ(running.server.counters().in_flight, 0u);
  }
}

}  // namespace
}  // namespace net
