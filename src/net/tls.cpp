#include "net/tls.hpp"

#include <openssl/err.h>

#include <stdexcept>
#include <string_view>

namespace net {
namespace {

[[noreturn]] void fail(const std::string& what) {
  const unsigned long code = ::ERR_get_error();
  char text[256] = "unknown error";
  if (code != 0) ::ERR_error_string_n(code, text, sizeof text);
  ::ERR_clear_error();
  throw std::runtime_error(what + ": " + text);
}

// RFC 7301. A client that offers only other protocols is served HTTP/1.1 all the same.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_length, const unsigned char* offered,
                    unsigned int offered_length, void*) {
  static constexpr unsigned char ours[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  if (::SSL_select_next_proto(&chosen, out_length, ours, sizeof ours - 1, offered, offered_length) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

TlsContext load_certificate(const std::string& certificate_file, const std::string& key_file) {
  ::ERR_clear_error();
  TlsContext context(::SSL_CTX_new(::TLS_server_method()), ::SSL_CTX_free);
  if (!context) fail("TLS cannot be set up");
  SSL_CTX* raw = context.get();
  SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
  ::SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                 SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(
      raw, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // Sessions live in tickets that the client keeps; a cache would only cost memory here.
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
  if (::SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL") != 1) fail("TLS cannot be set up");
  ::SSL_CTX_set_alpn_select_cb(raw, choose_protocol, nullptr);
  if (::SSL_CTX_use_certificate_chain_file(raw, certificate_file.c_str()) != 1) {
    fail("certificate " + certificate_file);
  }
  if (::SSL_CTX_use_PrivateKey_file(raw, key_file.c_str(), SSL_FILETYPE_PEM) != 1) fail("key " + key_file);
  if (::SSL_CTX_check_private_key(raw) != 1)
    fail("key " + key_file + " does not belong to " + certificate_file);
  return context;
}

}  // namespace net
