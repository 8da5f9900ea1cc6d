#include "net/server.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <mutex>
#include <thread>
#include <vector>

#include "net/testing.hpp"

namespace net {
namespace {

using namespace testing;

TEST(Server, AnswersARequest) {
  TestApplication application;
  Running running(application);
  Client client(running.port);
  const auto answer = client.ask("GET /hello?a=b HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "/hello");
  EXPECT_TRUE(answer.header("Date").has_value());
  EXPECT_EQ(answer.header("X-Request-Id")->size(), 16u);
  EXPECT_EQ(answer.header("Connection"), std::nullopt);
}

TEST(Server, GivesTheRequestToTheHandler) {
  TestApplication application;
  web::Request seen;
  std::thread::id thread;
  application.handler = [&](web::Request& request) {
    seen = request;
    thread = std::this_thread::get_id();
    return page("");
  };
  Running running(application);
  Client client(running.port);
  const auto answer = client.ask(
      "POST /caf%C3%A9/%2F?q=%20x HTTP/1.1\r\nHost: localhost\r\nX-One: 1\r\nx-one: 2\r\nCookie: theme=dark; "
      "a=b\r\n"
      "Content-Length: 3\r\n\r\nabc");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(seen.method, web::Method::post);
  EXPECT_EQ(seen.path, "/café//");
  EXPECT_EQ(seen.target, "/caf%C3%A9/%2F?q=%20x");
  EXPECT_EQ(seen.query, "q=%20x");
  EXPECT_EQ(seen.header("x-ONE"), "1");
  EXPECT_EQ(seen.cookie("theme"), "dark");
  EXPECT_EQ(seen.body, "abc");
  EXPECT_EQ(seen.client, "127.0.0.1");
  EXPECT_FALSE(seen.secure);
  EXPECT_FALSE(seen.local);
  EXPECT_EQ(seen.id, answer.header("X-Request-Id"));
}

TEST(Server, KeepsTheConnection) {
  TestApplication application;
  Running running(application);
  Client client(running.port);
  for (int i = 0; i < 100; ++i) {
    const auto path = "/" + std::to_string(i);
    EXPECT_EQ(client.ask("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").body, path);
  }
  EXPECT_EQ(running.server.counters().accepted, 1u);
  EXPECT_EQ(running.server.counters().requests, 100u);
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  TestApplication application;
  application.handler = [](web::Request& request) {
    if (request.path == "/0") std::this_thread::sleep_for(20ms);
    return page(request.path + request.body);
  };
  Running running(application);
  Client client(running.port);
  std::string all;
  for (int i = 0; i < 200; ++i) {
    all += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok";
  }
  client.send(all);
  for (int i = 0; i < 200; ++i) EXPECT_EQ(client.receive().body, "/" + std::to_string(i) + "ok");
}

TEST(Server, UnderstandsARequestInAnyPieces) {
  TestApplication application;
  Running running(application);
  const std::string request =
      "\r\nPOST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: "
      "t\r\n\r\n";
  for (std::size_t cut = 1; cut < request.size(); ++cut) {
    Client client(running.port);
    client.send(std::string_view(request).substr(0, cut));
    std::this_thread::sleep_for(1ms);
    EXPECT_EQ(client.ask(std::string_view(request).substr(cut)).body, "/p|abc0123456789") << cut;
    EXPECT_EQ(client.ask("GET /next HTTP/1.1\r\nHost: a\r\n\r\n").body, "/next");
  }
}

TEST(Server, SendsNoBodyWithHead) {
  TestApplication application;
  Running running(application);
  Client client(running.port);
  const auto answer = client.ask("HEAD /page HTTP/1.1\r\nHost: a\r\n\r\n", Client::Body::none);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Length"), "5");
  EXPECT_EQ(client.ask("GET /next HTTP/1.1\r\nHost: a\r\n\r\n").body, "/next");
}

TEST(Server, SendsNoBodyWith204And304) {
  TestApplication application;
  application.handler = [](web::Request& request) { return page("x", request.path == "/a" ? 204 : 304); };
  Running running(application);
  Client client(running.port);
  for (const char* path : {"/a", "/b"}) {
    const auto answer = client.ask("GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(answer.header("Content-Length"), std::nullopt);
    EXPECT_EQ(answer.body, "");
  }
}

TEST(Server, SpeaksHttp10) {
  TestApplication application;
  Running running(application);
  Client plain(running.port);
  const auto answer = plain.ask("GET /old HTTP/1.0\r\n\r\n");
  EXPECT_EQ(answer.body, "/old");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(plain.closed_by_server());

  Client kept(running.port);
  EXPECT_EQ(kept.ask("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("Connection"), "keep-alive");
  EXPECT_EQ(kept.ask("GET /b HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").body, "/b");
}

TEST(Server, ClosesWhenAskedTo) {
  TestApplication application;
  application.handler = [](web::Request& request) {
    auto response = page("x");
    response.close = request.path == "/close";
    return response;
  };
  Running running(application);
  Client by_client(running.port);
  EXPECT_EQ(by_client.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").header("Connection"),
            "close");
  EXPECT_TRUE(by_client.closed_by_server());
  Client by_handler(running.port);
  EXPECT_EQ(by_handler.ask("GET /close HTTP/1.1\r\nHost: a\r\n\r\n").header("Connection"), "close");
  EXPECT_TRUE(by_handler.closed_by_server());
}

TEST(Server, AnswersAfterTheClientEndedSending) {
  TestApplication application;
  Running running(application);
  Client client(running.port);
  client.send("GET /half HTTP/1.1\r\nHost: a\r\n\r\n");
  client.end_sending();
  EXPECT_EQ(client.receive().body, "/half");
  EXPECT_TRUE(client.closed_by_server());
}

TEST(Server, KeepsHeadersOfTheResponseClean) {
  TestApplication application;
  application.handler = [](web::Request&) {
    return page("x")
        .with("X-Value", "a\r\nSet-Cookie: stolen=1")
        .with("Bad Name", "x")
        .with("X\r\nInjected", "x")
        .with("Content-Length", "999")
        .with("Transfer-Encoding", "chunked")
        .with("Set-Cookie", "a=1")
        .with("Set-Cookie", "b=2");
  };
  Running running(application);
  Client client(running.port);
  const auto answer = client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(answer.header("X-Value"), "a  Set-Cookie: stolen=1");
  EXPECT_EQ(answer.header("Content-Length"), "1");
  EXPECT_EQ(answer.header("Transfer-Encoding"), std::nullopt);
  EXPECT_EQ(answer.head.find("Bad Name"), std::string::npos);
  EXPECT_EQ(answer.head.find("Injected"), std::string::npos);
  EXPECT_NE(answer.head.find("Set-Cookie: a=1"), std::string::npos);
  EXPECT_NE(answer.head.find("Set-Cookie: b=2"), std::string::npos);
}

TEST(Server, AHandlerThatThrowsIsA500) {
  TestApplication application;
  application.handler = [](web::Request&) -> web::Response { throw std::runtime_error("broken"); };
  Running running(application);
  Client client(running.port);
  EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 500);
}

TEST(Server, SendsStaticBytes) {
  static const std::string asset(300'000, 's');
  TestApplication application;
  application.handler = [](web::Request&) {
    web::Response response;
    response.body = web::StaticBody{asset};
    return response;
  };
  Running running(application);
  Client client(running.port);
  EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").body, asset);
}

// A file in the temporary folder, already without a name.
std::shared_ptr<const int> temporary_file(std::string_view content) {
  char name[] = "/tmp/otklik-net-XXXXXX";
  const int descriptor = ::mkstemp(name);
  ::unlink(name);
  EXPECT_EQ(::write(descriptor, content.data(), content.size()), static_cast<ssize_t>(content.size()));
  return {new int(descriptor), [](const int* it) {
            ::close(*it);
            delete it;
          }};
}

std::string distinct_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = 1;
  for (auto& byte : bytes) {
    state = state * 1664525u + 1013904223u;
    byte = static_cast<char>(state >> 24u);
  }
  return bytes;
}

TEST(Server, SendsAPartOfAFile) {
  const auto content = distinct_bytes(5'000'000);
  const auto file = temporary_file(content);
  TestApplication application;
  application.handler = [&](web::Request& request) {
    web::Response response;
    response.body =
        request.path == "/empty" ? web::FileBody{file, 0, 0} : web::FileBody{file, 1000, 4'500'000};
    return response;
  };
  Running running(application);
  Client client(running.port);
  EXPECT_TRUE(client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").body == content.substr(1000, 4'500'000));
  EXPECT_EQ(client.ask("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", Client::Body::none).header("Content-Length"),
            "4500000");
  EXPECT_EQ(client.ask("GET /empty HTTP/1.1\r\nHost: a\r\n\r\n").header("Content-Length"), "0");
  EXPECT_TRUE(client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").body == content.substr(1000, 4'500'000));
}

TEST(Server, AFileShorterThanPromisedEndsTheConnection) {
  const auto file = temporary_file("short");
  TestApplication application;
  application.handler = [&](web::Request&) {
    web::Response response;
    response.body = web::FileBody{file, 0, 1000};
    return response;
  };
  Running running(application);
  Client client(running.port);
  EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").body, "short");
  EXPECT_TRUE(client.closed_by_server());
}

TEST(Server, TellsWhatItHasFinished) {
  struct Line {
    std::string path;
    int status;
    std::uint64_t bytes;
  };
  std::mutex mutex;
  std::vector<Line> lines;
  TestApplication application;
  auto options = loopback();
  options.on_finished = [&](const web::Request& request, int status, std::uint64_t bytes,
                            std::chrono::nanoseconds) {
    const std::lock_guard lock(mutex);
    lines.push_back({request.path, status, bytes});
  };
  Running running(application, options);
  Client client(running.port);
  const auto answer = client.ask("GET /one HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.ask("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n").status, 400);
  ASSERT_TRUE(eventually([&] {
    const std::lock_guard lock(mutex);
    return lines.size() == 2;
  }));
  EXPECT_EQ(lines[0].path, "/one");
  EXPECT_EQ(lines[0].status, 200);
  EXPECT_EQ(lines[0].bytes, answer.head.size() + answer.body.size());
  EXPECT_EQ(lines[1].status, 400);
}

TEST(Server, ServesSeveralThreadsOnOnePort) {
  TestApplication application;
  auto options = loopback();
  options.threads = 3;
  Running running(application, options);
  std::vector<std::thread> clients;
  std::atomic<int> answered = 0;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      for (int j = 0; j < 20; ++j) {
        Client client(running.port);
        for (int k = 0; k < 5; ++k) {
          if (client.ask("GET /x HTTP/1.1\r\nHost: a\r\n\r\n").body == "/x") ++answered;
        }
      }
    });
  }
  for (auto& client : clients) client.join();
  EXPECT_EQ(answered, 800);
  EXPECT_TRUE(eventually([&] { return running.server.counters().open_connections == 0; }));
}

TEST(Server, RefusesAPortInUse) {
  TestApplication application;
  for (const std::size_t threads : {1u, 2u}) {
    auto options = loopback();
    options.threads = threads;
    Running running(application, options);
    options.listen.front().port = running.port;
    EXPECT_THROW(Server(options, application, running.pool), std::system_error) << threads;
  }
}

TEST(Server, ListensOnIpv6) {
  TestApplication application;
  auto options = loopback();
  options.listen.push_back({.address = "::1", .port = 0});
  Running running(application, options);
  ASSERT_EQ(running.server.addresses().size(), 2u);
  EXPECT_EQ(running.server.addresses()[1].address, "::1");
  EXPECT_NE(running.server.addresses()[1].port, 0);
}

TEST(Server, RequestsOfTheUnixSocketAreLocal) {
  const auto path =
      std::filesystem::temp_directory_path() / ("otklik-net-" + std::to_string(::getpid()) + ".sock");
  TestApplication application;
  application.handler = [](web::Request& request) { return page(request.local ? "local" : "far"); };
  auto options = loopback();
  options.unix_socket = path;
  {
    Running running(application, options);
    struct stat status{};
    ASSERT_EQ(::lstat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0600u);
    EXPECT_EQ(Client(path.string()).ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").body, "local");
    EXPECT_EQ(Client(running.port).ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").body, "far");
    EXPECT_THROW(Server(options, application, running.pool), std::system_error);
  }
  EXPECT_FALSE(std::filesystem::exists(path));

  // One that a killed server left behind is replaced.
  const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.string().size());
  ASSERT_EQ(::bind(left, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ::close(left);
  Running running(application, options);
  EXPECT_EQ(Client(path.string()).ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").body, "local");
}

TEST(Server, BelievesOnlyTrustedProxies) {
  TestApplication application;
  application.handler = [](web::Request& request) {
    return page(request.client + (request.secure ? " secure" : ""));
  };
  const std::string request =
      "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6, 192.0.2.7, 10.0.0.9\r\nX-Forwarded-Proto: "
      "https\r\n\r\n";
  {
    Running running(application);
    EXPECT_EQ(Client(running.port).ask(request).body, "127.0.0.1");
  }
  auto options = loopback();
  options.trusted_proxies = {"127.0.0.0/8", "10.0.0.0/8"};
  Running running(application, options);
  EXPECT_EQ(Client(running.port).ask(request).body, "192.0.2.7 secure");
  EXPECT_EQ(Client(running.port).ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").body, "127.0.0.1");
}

TEST(Server, RefusesWrongOptions) {
  TestApplication application;
  base::WorkerPool pool(1, 1);
  auto options = loopback();
  options.trusted_proxies = {"10.0.0.0/33"};
  EXPECT_THROW(Server(options, application, pool), std::invalid_argument);
  options = loopback();
  options.listen.front().address = "localhost";
  EXPECT_THROW(Server(options, application, pool), std::invalid_argument);
  options = loopback();
  options.listen.front().tls = true;
  options.certificate_file = "/nonexistent.pem";
  EXPECT_THROW(Server(options, application, pool), std::runtime_error);
}

TEST(ParseListen, TakesAddressesAndPorts) {
  const auto is = [](std::string_view text, std::string_view address, int port, bool tls) {
    const auto listen = parse_listen(text);
    return listen.address == address && listen.port == port && listen.tls == tls;
  };
  EXPECT_TRUE(is("8080", "127.0.0.1", 8080, false));
  EXPECT_TRUE(is("0.0.0.0:80", "0.0.0.0", 80, false));
  EXPECT_TRUE(is("https://[::]:443", "::", 443, true));
  EXPECT_TRUE(is("http://127.0.0.1:0", "127.0.0.1", 0, false));
  for (const char* wrong : {"", "x", "1.2.3.4", "1.2.3.4:x", "1.2.3.4:70000", "name:80", "::1"}) {
    EXPECT_THROW(static_cast<void>(parse_listen(wrong)), std::invalid_argument) << wrong;
  }
}

}  // namespace
}  // namespace net
