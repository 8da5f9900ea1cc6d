// Telling those who follow a case. For the acts of this module.
#pragma once

#include "cases/case.hpp"
#include "mail/mail.hpp"
#include "notifications/notifications.hpp"
#include "people/viewer.hpp"
#include "storage/transaction.hpp"

namespace cases {

struct News {
  notifications::Kind notification = notifications::Kind::comment;
  mail::Kind mail = mail::Kind::comment_added;
  Visibility visibility = Visibility::everyone;
  std::string detail;
  mail::Fields fields;                           // what the mail is filled from
  base::PersonId written_to = base::PersonId{};  // has had another mail that says the same
};

// A notification and a mail for each follower who may see it, but not for the one who acted.
void tell_followers(storage::Transaction& tx, const people::Viewer& actor, const Case& report,
                    const News& news);

}  // namespace cases
