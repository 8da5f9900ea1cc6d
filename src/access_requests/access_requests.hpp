// Requests to be let in: taking them, and deciding over them.
//
// Managers see the requests of their own organisation, agents see all. A request belongs to the organisation
// whose mail domain the address has; of somebody who was deactivated, or whose organisation is not found, to
// none, so that agents decide.
#pragma once

#include <string>
#include <vector>

#include "access_requests/request.hpp"
#include "audit/audit.hpp"
#include "base/result.hpp"
#include "people/viewer.hpp"
#include "storage/transaction.hpp"

namespace access_requests {

inline constexpr std::size_t longest_company = 200;   // characters
inline constexpr std::size_t longest_comment = 2000;  // characters

struct NewRequest {
  std::string name;
  std::string email;
  std::string company;
  std::string phone;
  std::string comment;
  base::Locale locale = base::Locale::ru;
};

// What to mend, told from the typed words alone: nothing in it depends on who is known.
[[nodiscard]] base::Result<void> check(const NewRequest& form);

enum class Telling : std::uint8_t { approvers, nobody };

// Takes a checked request. Somebody with access gets a mail that says so instead; somebody whose request
// waits already is not asked for twice. The caller learns nothing of it. Approvers are told, unless a flood
// has to be kept from them.
void ask(storage::Transaction& tx, const NewRequest& form, Telling telling);

// Latest first, those before `before`; an empty id begins with the latest.
[[nodiscard]] std::vector<Request> page(storage::Transaction& tx, const people::Viewer& viewer, State state,
                                        base::AccessRequestId before, int limit);
// Counted up to `most_counted`.
inline constexpr std::int64_t most_counted = 1000;
[[nodiscard]] std::int64_t count(storage::Transaction& tx, const people::Viewer& viewer, State state);

enum class Decision : std::uint8_t {
  made,
  had_access,   // approved, and the person needed no letting in
  made_before,  // by this viewer's other click, or by somebody else
};

// Makes the person, or lets in the one who is known by the address, and mails the link for the first
// password. `account` is the organisation that an agent names, for a request that has none. Fails with
// `not_found`, or on `account`.
base::Result<Decision> approve(storage::Transaction& tx, const people::Viewer& viewer,
                               const audit::Actor& actor, base::AccessRequestId id,
                               const std::string& account);
base::Result<Decision> refuse(storage::Transaction& tx, const people::Viewer& viewer,
                              const audit::Actor& actor, base::AccessRequestId id);

}  // namespace access_requests
