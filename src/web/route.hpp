// One line of the route table: what answers an address, and who may ask.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string_view>

#include "web/application.hpp"
#include "web/context.hpp"

namespace web {

enum class Access : std::uint8_t {
  everyone,   // also without signing in
  signed_in,  // anybody with a session
  approver,   // company managers and staff: those who let others in
  staff,      // agents and administrators
  administrator,
  demo,     // everybody, and only in the demo
  machine,  // monitoring: this machine alone
  owner,    // the administrative socket, which only the owner of the data can open
};

using Handler = Response (*)(Context&);

// Takes over a body that streams. The sink keeps the context and the head's request lives as long as the
// sink. For forms with files, the sink reads the fields into ctx.form and ctx.uploads, checks
// ctx.proof_given() and then answers with `after`. Uploads have no `after`.
using Opener = std::expected<std::unique_ptr<BodySink>, Response> (*)(std::shared_ptr<Context> ctx,
                                                                      Handler after);

struct Route {
  Method method = Method::get;
  std::string_view pattern;  // "/cases/{number}": a name in braces stands for one segment
  Access access = Access::signed_in;
  Handler handler = nullptr;
  Opener opener = nullptr;  // for bodies that stream: multipart forms, or every body when there is no handler
  Handler keep = nullptr;   // saves what was typed when the session has expired meanwhile, and answers
};

}  // namespace web
