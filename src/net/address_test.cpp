#include "net/address.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace net {
namespace {

std::string client(std::vector<std::string_view> forwarded_for, std::string_view peer = "10.0.0.1") {
  const std::vector<Network> trusted = {*Network::parse("10.0.0.0/8"), *Network::parse("fd00::/8")};
  return forwarded_client(*Address::parse(peer), forwarded_for, trusted).text();
}

TEST(Address, HasOneFormForOnePeer) {
  EXPECT_EQ(Address::parse("::ffff:192.0.2.1")->text(), "192.0.2.1");
  EXPECT_EQ(Address::parse("2001:DB8:0:0::1")->text(), "2001:db8::1");
  for (const char* wrong : {"", "1.2.3", "1.2.3.4.5", "localhost", ":::", "1.2.3.4 ", "01.2.3.4x"}) {
    EXPECT_FALSE(Address::parse(wrong)) << wrong;
  }
}

TEST(Network, ContainsByItsPrefix) {
  const auto contains = [](std::string_view network, std::string_view address) {
    return Network::parse(network)->contains(*Address::parse(address));
  };
  EXPECT_TRUE(contains("10.0.0.0/8", "10.255.1.2"));
  EXPECT_FALSE(contains("10.0.0.0/8", "11.0.0.0"));
  EXPECT_TRUE(contains("10.1.0.0/15", "10.0.0.1"));
  EXPECT_FALSE(contains("10.2.0.0/15", "10.1.0.1"));
  EXPECT_TRUE(contains("192.0.2.1", "192.0.2.1"));
  EXPECT_TRUE(contains("192.0.2.1", "::ffff:192.0.2.1"));
  EXPECT_FALSE(contains("192.0.2.1", "192.0.2.2"));
  EXPECT_TRUE(contains("0.0.0.0/0", "1.2.3.4"));
  EXPECT_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
  EXPECT_TRUE(contains("::/0", "1.2.3.4"));
  EXPECT_TRUE(contains("fd00::/8", "fdff::1"));
  EXPECT_FALSE(contains("fd00::/8", "fe00::1"));
  for (const char* wrong :
       {"", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "fd00::/129", "x/8", "10.0.0.0/8x"}) {
    EXPECT_FALSE(Network::parse(wrong)) << wrong;
  }
}

TEST(ForwardedClient, IsTheRightmostThatIsNotTrusted) {
  EXPECT_EQ(client({}), "10.0.0.1");
  EXPECT_EQ(client({"192.0.2.7"}), "192.0.2.7");
  EXPECT_EQ(client({"6.6.6.6, 192.0.2.7"}), "192.0.2.7");
  EXPECT_EQ(client({"6.6.6.6,192.0.2.7 , 10.0.0.2,10.0.0.3"}), "192.0.2.7");
  EXPECT_EQ(client({"6.6.6.6", "192.0.2.7, 10.0.0.2"}), "192.0.2.7");
  EXPECT_EQ(client({"10.0.0.4, 10.0.0.2"}), "10.0.0.4");
  EXPECT_EQ(client({"192.0.2.7:4711"}), "192.0.2.7");
  EXPECT_EQ(client({"[2001:db8::1]:4711"}), "2001:db8::1");
  EXPECT_EQ(client({"2001:db8::1"}), "2001:db8::1");
}

TEST(ForwardedClient, StopsAtWhatIsNoAddress) {
  EXPECT_EQ(client({"192.0.2.7, unknown"}), "10.0.0.1");
  EXPECT_EQ(client({"192.0.2.7, <script>, 10.0.0.2"}), "10.0.0.2");
  EXPECT_EQ(client({""}), "10.0.0.1");
  EXPECT_EQ(client({","}), "10.0.0.1");
  EXPECT_EQ(client({"[::1"}), "10.0.0.1");
}

TEST(ForwardedClient, IsThePeerIfThatIsNotTrusted) {
  EXPECT_EQ(client({"192.0.2.7"}, "192.0.2.200"), "192.0.2.200");
}

}  // namespace
}  // namespace net
