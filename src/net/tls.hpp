// Certificates and the TLS side of a connection, by OpenSSL upon the bare socket.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace net {

using TlsContext = std::shared_ptr<SSL_CTX>;

// TLS 1.2 and up, HTTP/1.1 by ALPN, buffers freed while idle. Throws std::runtime_error that names the file.
[[nodiscard]] TlsContext load_certificate(const std::string& certificate_file, const std::string& key_file);

struct SslFree {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using TlsSession = std::unique_ptr<SSL, SslFree>;

}  // namespace net
