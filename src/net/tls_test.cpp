#include "net/tls.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

#include "net/server.hpp"
#include "net/testing.hpp"

namespace net {
namespace {

using namespace testing;

// A self-signed certificate and its key, in files of a folder that goes with it.
class Certificate {
 public:
  Certificate() {
    char name[] = "/tmp/otklik-tls-XXXXXX";
    folder_ = ::mkdtemp(name);
    make("first");
  }
  ~Certificate() { std::filesystem::remove_all(folder_); }
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  void make(const char* common_name) const {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(::EVP_EC_gen("P-256"), ::EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(::X509_new(), ::X509_free);
    ::ASN1_INTEGER_set(::X509_get_serialNumber(certificate.get()), 1);
    ::X509_gmtime_adj(::X509_getm_notBefore(certificate.get()), -60);
    ::X509_gmtime_adj(::X509_getm_notAfter(certificate.get()), 3600);
    ::X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* subject = ::X509_get_subject_name(certificate.get());
    ::X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                 reinterpret_cast<const unsigned char*>(common_name), -1, -1, 0);
    ::X509_set_issuer_name(certificate.get(), subject);
    ::X509_sign(certificate.get(), key.get(), ::EVP_sha256());
    const std::unique_ptr<FILE, decltype(&std::fclose)> certificate_out(std::fopen(file().c_str(), "w"),
                                                                        std::fclose);
    ::PEM_write_X509(certificate_out.get(), certificate.get());
    const std::unique_ptr<FILE, decltype(&std::fclose)> key_out(std::fopen(key_file().c_str(), "w"),
                                                                std::fclose);
    ::PEM_write_PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  }

  [[nodiscard]] std::string file() const { return folder_ + "/certificate.pem"; }
  [[nodiscard]] std::string key_file() const { return folder_ + "/key.pem"; }
  [[nodiscard]] ServerOptions options() const {
    auto options = loopback();
    options.listen.front().tls = true;
    options.certificate_file = file();
    options.key_file = key_file();
    return options;
  }

 private:
  std::string folder_;
};

// A client that trusts everybody.
class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, int version = TLS1_3_VERSION)
      : connection_(port), context_(::SSL_CTX_new(::TLS_client_method()), ::SSL_CTX_free) {
    SSL_CTX_set_max_proto_version(context_.get(), version);
    SSL_CTX_set_min_proto_version(context_.get(), version < TLS1_2_VERSION ? version : TLS1_2_VERSION);
    if (version < TLS1_2_VERSION) ::SSL_CTX_set_security_level(context_.get(), 0);
    static constexpr unsigned char protocols[] = "\x02h2\x08http/1.1";
    ::SSL_CTX_set_alpn_protos(context_.get(), protocols, sizeof protocols - 1);
    ssl_.reset(::SSL_new(context_.get()));
    ::SSL_set_fd(ssl_.get(), connection_.socket());
    connected_ = ::SSL_connect(ssl_.get()) == 1;
  }

  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned length = 0;
    ::SSL_get0_alpn_selected(ssl_.get(), &name, &length);
    return {reinterpret_cast<const char*>(name), length};
  }
  [[nodiscard]] std::string common_name() const {
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(::SSL_get1_peer_certificate(ssl_.get()),
                                                                  ::X509_free);
    char name[100] = {};
    ::X509_NAME_get_text_by_NID(::X509_get_subject_name(certificate.get()), NID_commonName, name,
                                sizeof name);
    return name;
  }
  void send(std::string_view bytes) { ::SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())); }

  // Everything until the server closes.
  [[nodiscard]] std::string receive_all() {
    std::string all;
    char buffer[16384];
    for (;;) {
      const int got = ::SSL_read(ssl_.get(), buffer, sizeof buffer);
      if (got <= 0) break;
      all.append(buffer, static_cast<std::size_t>(got));
    }
    ended_cleanly_ = (::SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
    return all;
  }
  [[nodiscard]] bool ended_cleanly() const { return ended_cleanly_; }

 private:
  Client connection_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  TlsSession ssl_;
  bool connected_ = false;
  bool ended_cleanly_ = false;
};

TEST(Tls, AnswersRequests) {
  const Certificate certificate;
  TestApplication application;
  application.handler = [](web::Request& request) {
    return page(std::string(request.secure ? "secure " : "") + request.path + request.body);
  };
  Running running(application, certificate.options());
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(running.port, version);
    ASSERT_TRUE(client.connected());
    EXPECT_EQ(client.protocol(), "http/1.1");
    client.send("GET /one HTTP/1.1\r\nHost: a\r\n\r\n");
    client.send("POST /two HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n");
    client.send("abc");
    client.send("GET /three HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const auto all = client.receive_all();
    EXPECT_NE(all.find("secure /one"), std::string::npos);
    EXPECT_NE(all.find("secure /twoabc"), std::string::npos);
    EXPECT_NE(all.find("secure /three"), std::string::npos);
    EXPECT_TRUE(client.ended_cleanly());
  }
}

TEST(Tls, RefusesOldVersions) {
  const Certificate certificate;
  TestApplication application;
  Running running(application, certificate.options());
  EXPECT_FALSE(TlsClient(running.port, TLS1_1_VERSION).connected());
}

TEST(Tls, SendsAndTakesMuch) {
  const Certificate certificate;
  TestApplication application;
  const std::string content(3'000'000, 'c');
  application.rule = [](const web::Request&) { return web::BodyRule{.streamed = false, .limit = 4'000'000}; };
  application.handler = [&](web::Request& request) { return page(request.body); };
  Running running(application, certificate.options());
  TlsClient client(running.port);
  std::thread sender([&] {
    client.send("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3000000\r\n\r\n" +
                content);
  });
  sender.join();
  const auto all = client.receive_all();
  EXPECT_TRUE(all.ends_with("\r\n\r\n" + content));
}

TEST(Tls, SendsAFile) {
  const Certificate certificate;
  std::string content(1'000'000, '\0');
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>(i / 1000);
  const std::string name = certificate.file() + ".content";
  std::ofstream(name) << content;
  const std::shared_ptr<const int> file(new int(::open(name.c_str(), O_RDONLY)), [](const int* it) {
    ::close(*it);
    delete it;
  });
  TestApplication application;
  application.handler = [&](web::Request&) {
    web::Response response;
    response.body = web::FileBody{file, 10, 900'000};
    return response;
  };
  Running running(application, certificate.options());
  TlsClient client(running.port);
  client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(client.receive_all().ends_with("\r\n\r\n" + content.substr(10, 900'000)));
}

TEST(Tls, TakesANewCertificate) {
  const Certificate certificate;
  TestApplication application;
  Running running(application, certificate.options());
  EXPECT_EQ(TlsClient(running.port).common_name(), "first");
  certificate.make("second");
  EXPECT_EQ(TlsClient(running.port).common_name(), "first");
  EXPECT_EQ(running.server.reload_certificate(), "");
  EXPECT_EQ(TlsClient(running.port).common_name(), "second");
  std::ofstream(certificate.file()) << "broken";
  EXPECT_NE(running.server.reload_certificate(), "");
  EXPECT_EQ(TlsClient(running.port).common_name(), "second");
}

TEST(Tls, AHandshakeMustNotTakeLong) {
  const Certificate certificate;
  TestApplication application;
  auto options = certificate.options();
  options.limits.handshake_time = 60ms;
  Running running(application, options);
  Client silent(running.port);
  EXPECT_TRUE(silent.closed_by_server());
  Client plain(running.port);
  plain.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(plain.receive().status, 0);
}

TEST(Tls, StopsGracefully) {
  const Certificate certificate;
  TestApplication application;
  Running running(application, certificate.options());
  TlsClient idle(running.port);
  ASSERT_TRUE(idle.connected());
  const auto begun = std::chrono::steady_clock::now();
  running.server.stop(10s);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
  EXPECT_EQ(idle.receive_all(), "");
  EXPECT_TRUE(idle.ended_cleanly());
}

}  // namespace
}  // namespace net
