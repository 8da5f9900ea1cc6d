// The connections of one network thread.
#pragma once

#include <boost/intrusive/list.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "net/connection.hpp"
#include "net/loop.hpp"
#include "net/service.hpp"

namespace net {

struct Reception {
  Reception(Loop& its_loop, Service& its_service);

  // Begins to serve. Takes the socket, also when it throws.
  void admit(int socket, SSL_CTX* tls, std::optional<Address> peer);

  void sweep();  // wakes the connections whose time is up
  void begin_stop();
  void cut_all();
  // Makes room for another. False when no connection is idle.
  bool close_longest_idle();
  void ended();  // called by a connection's destructor
  [[nodiscard]] std::string next_request_id();

  template <class Tag>
  using Connections = boost::intrusive::list<Connection, boost::intrusive::base_hook<ListHook<Tag>>,
                                             boost::intrusive::constant_time_size<false>>;

  Loop& loop;
  Service& service;
  Connections<InAll> all;
  Connections<InIdle> idle;  // the longest idle in front
  std::size_t count = 0;
  bool stopping = false;
  std::function<void()> on_empty;  // when the last connection has ended
  std::uint64_t id_state;
};

}  // namespace net
