// One case from its first words to its last, as rows: what the acts of the module `cases` would have written,
// had they been called at the time. Nothing in a story lies after `now`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attachments/attachments.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "cases/case.hpp"
#include "demo/dice.hpp"
#include "demo/phrase.hpp"
#include "demo/scenarios.hpp"
#include "mail/mail.hpp"
#include "notifications/notifications.hpp"
#include "people/person.hpp"
#include "surveys/survey.hpp"

namespace demo {

// Somebody who takes part. Refers to nothing.
struct Member {
  base::PersonId id;
  std::string name;
  std::string name_key;
  std::string email;
  Gender gender = Gender::male;
  people::Role role = people::Role::customer;
  bool active = true;
};

struct Company {
  base::AccountId id;
  std::string name;
  std::string country;
  std::string city;
  std::vector<Member> members;
};

// What the story is told of. Everything pointed to must live while the story is told.
struct Cast {
  const Company* company = nullptr;
  const Member* contact = nullptr;
  const Member* agent = nullptr;
  base::ProductId product;
  std::string product_name;
};

struct Outline {
  Cast cast;
  const Scenario* scenario = nullptr;
  std::size_t problem = 0;
  std::optional<std::size_t> subject;   // of the scenario; otherwise any that fits the problem
  std::optional<cases::Impact> impact;  // otherwise by the scenario's weights
  cases::Origin origin = cases::Origin::web;
  std::int64_t number = 0;
  base::Instant opened_at;
  base::Instant now;
  std::optional<cases::Status>
      end;                   // how far it goes, however little time it has; otherwise as far as time allows
  std::size_t comments = 0;  // public ones at least, where the story gets as far
  bool brief = false;        // solved by the first answer, where nothing else is asked for
  bool with_post = false;    // also mails and notifications
  bool with_files = false;
};

struct StoryFile {
  attachments::Attachment row;  // its digest, size and type are not known yet
  FileHint hint;
};

struct Follower {
  base::PersonId person;
  base::Instant since;
};

struct Story {
  cases::Case report;
  std::string contact_key;  // the contact's name as lists sort it
  std::string contact_name;
  std::vector<cases::Event> events;
  std::vector<cases::Comment> comments;
  std::vector<Follower> followers;
  std::vector<StoryFile> files;
  std::vector<mail::Mail> mails;
  std::vector<notifications::Notification> notifications;
  std::optional<surveys::Survey> survey;
};

[[nodiscard]] Story tell(const Outline& outline, Dice& dice);

// An id as `base::next_id` would have made it then, on one of the 512 nodes that no server is. Safe to call
// from any thread; ids of one millisecond differ as long as 2^21 others lie between them.
[[nodiscard]] std::int64_t past_id(base::Instant at);

template <class IdType>
[[nodiscard]] IdType make_id_at(base::Instant at) {
  return IdType{past_id(at)};
}

}  // namespace demo
