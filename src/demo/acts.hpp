// The acts of a case at times of one's choosing: each writes into a story the rows that the module `cases`
// would have written.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "demo/story.hpp"

namespace demo {

class Acts {
 public:
  // `outline` must live as long.
  Acts(const Outline& outline, Dice& dice) : outline_(outline), dice_(dice), at_(outline.opened_at) {}

  // When what follows happens. Never earlier than before.
  void at(base::Instant instant);
  [[nodiscard]] base::Instant now() const { return at_; }

  void open(const std::string& subject, const std::string& description, cases::Impact impact);
  void assign();
  void agent_says(const std::string& words);
  void note(const std::string& words);
  void ask(const std::string& words);  // says it and waits for the customer
  // Moves the case on when it waits, reopens it when it is solved. The file comes with the words.
  void customer_says(const std::string& words, const std::optional<FileHint>& file = {});
  void solve(const std::string& solution);
  void close();

  // Put to the case itself: with its opening, or later without words.
  enum class Moment : std::uint8_t { opening, later };
  void add_file(const Member& author, const FileHint& hint, Moment moment);
  void follow(const Member& member);

  [[nodiscard]] const Story& story() const { return story_; }
  // Reads the notifications that their people must have seen by now.
  [[nodiscard]] Story finish() &&;

 private:
  struct Following {
    const Member* member;
    base::Instant since;
  };

  const Member& contact() const { return *outline_.cast.contact; }
  const Member& agent() const { return *outline_.cast.agent; }
  const cases::Case& report() const { return story_.report; }

  base::Instant next_moment();
  void touch();
  void move(cases::Status to, cases::EventKind kind, const Member& actor);
  void record(cases::EventKind kind, base::PersonId actor, std::string field, std::string before,
              std::string after);
  cases::Comment say(const Member& author, const std::string& words, cases::Visibility visibility);
  void put_file(base::CommentId comment, const Member& author, const FileHint& hint);
  void tell_of(const cases::Comment& comment, const Member& author);
  void tell_followers(const Member& actor, notifications::Kind kind, mail::Kind mail,
                      const std::string& detail, const mail::Fields& fields);
  void send(mail::Kind kind, const Member& to, const mail::Fields& fields);
  void mark_read();

  const Outline& outline_;
  Dice& dice_;
  base::Instant at_;
  std::int64_t order_ = 0;
  std::vector<Following> following_;
  Story story_;
};

}  // namespace demo
