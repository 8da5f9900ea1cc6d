#include "net/address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <ranges>

namespace net {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\"");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\"") - first + 1);
}

// Some proxies add the port: "192.0.2.1:4711", "[2001:db8::1]:4711".
std::string_view without_port(std::string_view text) {
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
  }
  const auto colon = text.find(':');
  return colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos
             ? text.substr(0, colon)
             : text;
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
  char buffer[INET6_ADDRSTRLEN + 1] = {};
  if (text.empty() || text.size() > INET6_ADDRSTRLEN) return std::nullopt;
  std::ranges::copy(text, buffer);
  Address address;
  if (::inet_pton(AF_INET6, buffer, address.bytes_.data()) == 1) return address;
  std::ranges::copy(mapped_prefix, address.bytes_.begin());
  if (::inet_pton(AF_INET, buffer, address.bytes_.data() + mapped_prefix.size()) == 1) return address;
  return std::nullopt;
}

std::optional<Address> Address::of(const sockaddr_storage& peer) {
  Address address;
  if (peer.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &peer, sizeof v4);
    std::ranges::copy(mapped_prefix, address.bytes_.begin());
    std::memcpy(address.bytes_.data() + mapped_prefix.size(), &v4.sin_addr, sizeof v4.sin_addr);
    return address;
  }
  if (peer.ss_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &peer, sizeof v6);
    std::memcpy(address.bytes_.data(), &v6.sin6_addr, address.bytes_.size());
    return address;
  }
  return std::nullopt;
}

bool Address::v4() const {
  return std::ranges::equal(std::span(bytes_).first<12>(), mapped_prefix);
}

std::string Address::text() const {
  char buffer[INET6_ADDRSTRLEN] = {};
  if (v4()) {
    ::inet_ntop(AF_INET, bytes_.data() + mapped_prefix.size(), buffer, sizeof buffer);
  } else {
    ::inet_ntop(AF_INET6, bytes_.data(), buffer, sizeof buffer);
  }
  return buffer;
}

std::optional<Network> Network::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = Address::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  Network network;
  network.address_ = *address;
  if (slash == std::string_view::npos) return network;
  const bool v4 = text.substr(0, slash).find(':') == std::string_view::npos;
  const auto digits = text.substr(slash + 1);
  unsigned prefix = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  if (error != std::errc() || end != digits.data() + digits.size() || prefix > (v4 ? 32u : 128u))
    return std::nullopt;
  network.prefix_ = v4 ? prefix + 96 : prefix;
  return network;
}

bool Network::contains(const Address& address) const {
  const std::size_t whole = prefix_ / 8;
  if (!std::equal(address_.bytes().begin(), address_.bytes().begin() + static_cast<std::ptrdiff_t>(whole),
                  address.bytes().begin())) {
    return false;
  }
  const unsigned rest = prefix_ % 8;
  return rest == 0 || ((address_.bytes()[whole] ^ address.bytes()[whole]) >> (8 - rest)) == 0;
}

Address forwarded_client(const Address& peer, std::span<const std::string_view> forwarded_for,
                         std::span<const Network> trusted) {
  const auto is_trusted = [&](const Address& address) {
    return std::ranges::any_of(trusted, [&](const Network& network) { return network.contains(address); });
  };
  Address client = peer;
  for (std::string_view list : forwarded_for | std::views::reverse) {
    while (!list.empty()) {
      const auto comma = list.rfind(',');
      const auto entry = comma == std::string_view::npos ? list : list.substr(comma + 1);
      list = comma == std::string_view::npos ? std::string_view() : list.substr(0, comma);
      if (!is_trusted(client)) return client;
      const auto address = Address::parse(without_port(trimmed(entry)));
      if (!address) return client;  // what a trusted proxy did not understand is not followed further
      client = *address;
    }
  }
  return client;
}

}  // namespace net
