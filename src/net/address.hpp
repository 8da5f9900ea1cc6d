// Addresses of peers and the networks of proxies that may speak for others.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace net {

// An IP address; IPv4 is kept as the IPv4-mapped IPv6 address (RFC 4291, 2.5.5.2), so that one peer has one
// form.
class Address {
 public:
  [[nodiscard]] static std::optional<Address> parse(std::string_view text);
  [[nodiscard]] static std::optional<Address> of(const sockaddr_storage& peer);

  // IPv4 in dotted form also when it came mapped.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool v4() const;
  [[nodiscard]] const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }

 private:
  std::array<std::uint8_t, 16> bytes_{};
};

class Network {
 public:
  // "10.0.0.0/8", "fd00::/8", or one address.
  [[nodiscard]] static std::optional<Network> parse(std::string_view text);
  [[nodiscard]] bool contains(const Address& address) const;

 private:
  Address address_;
  unsigned prefix_ = 128;
};

// Who sent a request that came from `peer`, a trusted proxy. `forwarded_for` are the values of
// X-Forwarded-For in their order: the rightmost address that is not of a trusted proxy is the client, what
// stands left of it anybody may have written.
[[nodiscard]] Address forwarded_client(const Address& peer, std::span<const std::string_view> forwarded_for,
                                       std::span<const Network> trusted);

}  // namespace net
