// Somebody who asks to be let in.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>

#include "base/ids.hpp"
#include "base/messages.hpp"
#include "base/time.hpp"
#include "storage/fields.hpp"

namespace access_requests {

enum class State : std::uint8_t { waiting = 0, approved = 1, refused = 2 };

struct Request {
  base::AccessRequestId id;
  base::AccountId account_id;  // 0: none was found, agents choose one
  State state = State::waiting;
  std::string name;
  std::string email;
  std::string email_key;
  std::string company;  // as typed
  std::string phone;
  std::string comment;
  base::Locale locale = base::Locale::ru;
  base::PersonId person_id;  // whom the approval let in
  base::PersonId decided_by;
  base::Instant decided_at;
  base::Instant created_at;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Request::id),
                      field("account_id", &Request::account_id),
                      field("state", &Request::state),
                      field("name", &Request::name),
                      field("email", &Request::email),
                      field("email_key", &Request::email_key),
                      field("company", &Request::company),
                      field("phone", &Request::phone),
                      field("comment", &Request::comment),
                      field("locale", &Request::locale),
                      field("person_id", &Request::person_id),
                      field("decided_by", &Request::decided_by),
                      field("decided_at", &Request::decided_at),
                      field("created_at", &Request::created_at)};
  }
};

}  // namespace access_requests
