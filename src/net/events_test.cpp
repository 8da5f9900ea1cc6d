// Connections that stay open and are told of news.
#include "web/events.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

#include "net/testing.hpp"

namespace net::testing {
namespace {

struct Listening {
  Listening() {
    application.handler = [this](web::Request&) {
      web::Response response;
      response.with("Content-Type", "text/event-stream");
      response.body = web::EventsBody{hub.listen()};
      return response;
    };
  }

  web::Hub hub;
  TestApplication application;
};

constexpr std::string_view ask = "GET /events HTTP/1.1\r\nHost: a\r\n\r\n";

// What arrives until `wanted` is among it, or the patience of the client is over.
std::string read_until(Client& client, std::string_view wanted) {
  std::string all;
  while (all.find(wanted) == std::string::npos) {
    const std::string more = client.receive_some();
    if (more.empty()) break;
    all += more;
  }
  return all;
}

TEST(EventsServer, TellsNewsAtOnceAndAgain) {
  Listening listening;
  Running running(listening.application);
  Client client(running.port);
  client.send(ask);
  const std::string head = read_until(client, "\r\n\r\n");
  EXPECT_NE(head.find("HTTP/1.1 200"), std::string::npos);
  EXPECT_NE(head.find("Connection: close"), std::string::npos);
  EXPECT_EQ(head.find("Content-Length"), std::string::npos);
  for (int i = 0; i < 3; ++i) {
    listening.hub.publish();
    EXPECT_NE(read_until(client, "data: news\n\n").find("data: news\n\n"), std::string::npos);
  }
}

TEST(EventsServer, NewsThatCameBeforeTheFirstWaitIsNotLost) {
  Listening listening;
  listening.application.handler = [&](web::Request&) {
    web::Response response;
    response.body = web::EventsBody{listening.hub.listen()};
    listening.hub.publish();
    return response;
  };
  Running running(listening.application);
  Client client(running.port);
  client.send(ask);
  EXPECT_NE(read_until(client, "data: news\n\n").find("data: news\n\n"), std::string::npos);
}

TEST(EventsServer, ForgetsWhoHasLeft) {
  Listening listening;
  Running running(listening.application);
  {
    Client client(running.port);
    client.send(ask);
    read_until(client, "\r\n\r\n");
    EXPECT_EQ(listening.hub.listeners(), 1U);
  }
  ASSERT_TRUE(eventually([&] { return running.server.counters().open_connections == 0; }));
  listening.hub.publish();
  EXPECT_EQ(listening.hub.listeners(), 0U);
}

TEST(EventsServer, AStopEndsTheListening) {
  Listening listening;
  Running running(listening.application);
  Client client(running.port);
  client.send(ask);
  read_until(client, "\r\n\r\n");
  const auto begun = std::chrono::steady_clock::now();
  running.server.stop(10s);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 2s);
  EXPECT_TRUE(client.closed_by_server());
}

TEST(EventsServer, ManyListenWhileThreadsPublishAndClientsLeave) {
  Listening listening;
  Running running(listening.application);
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 40; ++i) {
    clients.push_back(std::make_unique<Client>(running.port));
    clients.back()->send(ask);
  }
  for (auto& client : clients) read_until(*client, "\r\n\r\n");
  std::thread publisher([&] {
    for (int i = 0; i < 300; ++i) listening.hub.publish();
  });
  for (std::size_t i = 0; i < clients.size(); i += 2) clients[i].reset();
  publisher.join();
  listening.hub.publish();
  for (std::size_t i = 1; i < clients.size(); i += 2)
    EXPECT_NE(read_until(*clients[i], "data: news\n\n").find("data: news\n\n"), std::string::npos);
}

}  // namespace
}  // namespace net::testing
