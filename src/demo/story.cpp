#include "demo/story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <utility>

#include "demo/acts.hpp"
#include "demo/calendar.hpp"
#include "demo/facts.hpp"
#include "demo/talk.hpp"

namespace demo {
namespace {

using cases::Status;

bool speaks_of_a_file(std::string_view text) {
  constexpr std::array<std::string_view, 5> signs{"приложил", "во вложении", "прилагаем", "приложен",
                                                  "приложенной"};
  return std::ranges::any_of(signs, [&](std::string_view sign) { return text.contains(sign); });
}

// Plays the acts one after another while time and the outline allow.
class Teller {
 public:
  // `pace` shortens every wait; the hours of work are kept only at full pace.
  Teller(const Outline& outline, double pace, Dice& dice)
      : outline_(outline),
        scenario_(*outline.scenario),
        pace_(pace),
        dice_(dice),
        facts_(make_facts(outline, dice)),
        acts_(outline, dice),
        limit_(outline.end ? base::Instant{std::numeric_limits<std::int64_t>::max()} : outline.now) {}

  Story tell() && {
    live();
    return std::move(acts_).finish();
  }

 private:
  const Member& contact() const { return *outline_.cast.contact; }
  const Member& agent() const { return *outline_.cast.agent; }
  bool ends_with(Status status) const { return outline_.end == status; }
  bool is_free() const { return !outline_.end; }

  void live() {
    open();
    if (ends_with(Status::open) || !wait(10, 200)) return;
    acts_.assign();
    if (dice_.chance(outline_.with_post ? 0.45 : 0.25) && wait(3, 60)) note();
    if (!question_and_answer() || !talk_on()) return;
    if (ends_with(Status::in_progress) || !wait(30, 2'400)) return;
    solve(scenario_.solutions[outline_.problem % scenario_.solutions.size()]);
    if (ends_with(Status::solved)) return;
    if ((ends_with(Status::reopened) || (is_free() && dice_.chance(0.09))) && !second_round()) return;
    if (!wait(1'200, 4'800)) return;
    if (dice_.chance(0.3)) agent_says(dice_.of(talk().before_closing));
    acts_.close();
  }

  // False when the story ends here.
  bool question_and_answer() {
    const bool must_ask = ends_with(Status::waiting) || outline_.comments > 1;
    if (!must_ask && (outline_.brief || dice_.chance(0.15))) return true;
    if (!wait(15, 300)) return false;
    ask(scenario_.asks[outline_.problem % scenario_.asks.size()]);
    if (ends_with(Status::waiting)) return false;
    if (is_free() && dice_.chance(0.06)) {
      if (!wait(3'000, 6'000)) return false;
      agent_says(dice_.of(talk().unanswered));
      acts_.close();
      return false;
    }
    if (!wait(15, 1'300)) return false;
    customer_says(scenario_.answers[outline_.problem % scenario_.answers.size()]);
    return true;
  }

  // What else is said before the solution. False when time is up.
  bool talk_on() {
    if (outline_.brief && public_comments() + 1 >= outline_.comments) return true;
    if (dice_.chance(0.35)) {
      if (!wait(20, 400)) return false;
      const Phrase* own = fitting(scenario_.news);
      agent_says(own != nullptr ? *own : general_news());
    }
    if (dice_.chance(0.12)) {
      if (!wait(300, 1'200)) return false;
      customer_says(dice_.of(talk().reminders));
    }
    if (outline_.with_post && dice_.chance(0.3) && wait(10, 300)) note();
    std::size_t round = dice_.below(talk().asks.size());
    bool more = dice_.chance(0.12);
    while (more || public_comments() + 1 < outline_.comments) {
      const std::size_t topic = round++ % talk().asks.size();
      if (!wait(20, 600)) return false;
      ask(talk().asks[topic]);
      if (!wait(15, 900)) return false;
      customer_says(talk().answers[topic]);
      more = false;
    }
    return true;
  }

  // The solution did not help. False when the story ends here.
  bool second_round() {
    if (!wait(60, 1'500)) return false;
    const Phrase* own = fitting(scenario_.failures);
    customer_says(own != nullptr && dice_.chance(0.6) ? *own : dice_.of(talk().failures));
    if (ends_with(Status::reopened) || !wait(10, 240)) return false;
    acts_.assign();
    agent_says(dice_.of(talk().taken_again));
    if (!wait(120, 2'400)) return false;
    solve(dice_.of(talk().second_solutions));
    return true;
  }

  // Lets minutes of work pass. False when that leads beyond the limit; then nothing more happens.
  bool wait(std::int64_t least, std::int64_t most) {
    const auto minutes = static_cast<double>(dice_.skewed(least, most)) * pace_;
    const base::Duration work = base::seconds(static_cast<std::int64_t>(minutes * 60) + dice_.between(5, 55));
    const base::Instant then = pace_ < 1 ? acts_.now() + work : after_work(acts_.now(), work);
    if (then > limit_) return false;
    acts_.at(then);
    return true;
  }

  // --- Acts with their words

  void open() {
    const std::string words = description();
    acts_.open(text(subject(), contact().gender), words, outline_.impact.value_or(impact()));
    if (outline_.origin != cases::Origin::phone) {
      const bool promised = speaks_of_a_file(words);
      const bool offered = !scenario_.files.empty() && dice_.chance(0.3);
      if (promised || offered) acts_.add_file(contact(), customer_file(), Acts::Moment::opening);
    }
    if (outline_.with_post && dice_.chance(0.12)) {
      const Member& other = dice_.of(outline_.cast.company->members);
      if (other.active) acts_.follow(other);
    }
  }

  void ask(const Phrase& phrase) { acts_.ask(greeting() + text(phrase, agent().gender)); }

  void agent_says(const Phrase& phrase) { acts_.agent_says(greeting() + text(phrase, agent().gender)); }

  void customer_says(const Phrase& phrase) {
    const std::string words = text(phrase, contact().gender);
    acts_.customer_says(words, speaks_of_a_file(words) ? std::optional(customer_file()) : std::nullopt);
  }

  void note() {
    const Phrase* own = fitting(scenario_.notes);
    acts_.note(text(own != nullptr && dice_.chance(0.6) ? *own : dice_.of(talk().notes), agent().gender));
  }

  void solve(const Phrase& phrase) {
    const std::string words = text(phrase, agent().gender);
    if (speaks_of_a_file(words)) {
      acts_.add_file(agent(), {.kind = "pdf", .name = "instrukciya", .title = "Инструкция"},
                     Acts::Moment::later);
    }
    acts_.solve(words);
  }

  // --- Words

  std::string text(const Phrase& phrase, Gender speaker) { return phrase.text(facts_, speaker, dice_); }

  // Before the agent's first words.
  std::string greeting() {
    if (std::exchange(greeted_, true)) return {};
    return text(dice_.of(talk().greetings), agent().gender) + " ";
  }

  // One of those that go with the problem, or none.
  const Phrase* fitting(const std::vector<Scenario::Tied>& tied) {
    const std::size_t start = dice_.below(tied.size());
    for (std::size_t i = 0; i < tied.size(); ++i) {
      const Scenario::Tied& one = tied[(start + i) % tied.size()];
      if (!one.problem || *one.problem == outline_.problem) return &one.phrase;
    }
    return nullptr;
  }

  const Phrase& general_news() {
    const bool fault = acts_.story().report.impact != cases::Impact::question && dice_.chance(0.6);
    return dice_.of(fault ? talk().fault_news : talk().news);
  }

  const Phrase& subject() {
    if (outline_.subject) return scenario_.subjects.at(*outline_.subject).phrase;
    const Phrase* any = fitting(scenario_.subjects);
    return any != nullptr ? *any : scenario_.subjects.front().phrase;
  }

  std::string description() {
    const Gender speaker = contact().gender;
    std::string words;
    if (outline_.origin == cases::Origin::email)
      words = text(dice_.of(talk().letter_openings), speaker) + "\n\n";
    if (outline_.origin == cases::Origin::phone)
      words = text(dice_.of(talk().phone_openings), speaker) + "\n\n";
    words += text(scenario_.problems.at(outline_.problem), speaker);
    if (dice_.chance(outline_.with_post ? 0.4 : 0.15))
      words += "\n\n" + text(dice_.of(talk().remarks), speaker);
    if (outline_.origin == cases::Origin::email) {
      words += fmt::format("\n\nС уважением,\n{}\n{}", contact().name, outline_.cast.company->name);
    }
    return words;
  }

  cases::Impact impact() {
    std::size_t left = dice_.below(scenario_.impact[0] + scenario_.impact[1] + scenario_.impact[2]);
    for (std::size_t i = 0; i < scenario_.impact.size(); ++i) {
      if (left < scenario_.impact[i]) return static_cast<cases::Impact>(i);
      left -= scenario_.impact[i];
    }
    return cases::Impact::hindered;
  }

  FileHint customer_file() {
    if (!scenario_.files.empty()) return dice_.of(scenario_.files);
    return {.kind = "png", .name = "snimok-ekrana", .title = "Снимок экрана"};
  }

  std::size_t public_comments() const {
    return static_cast<std::size_t>(
        std::ranges::count(acts_.story().comments, cases::Visibility::everyone, &cases::Comment::visibility));
  }

  const Outline& outline_;
  const Scenario& scenario_;
  double pace_;
  Dice& dice_;
  Facts facts_;
  Acts acts_;
  base::Instant limit_;
  bool greeted_ = false;
};

}  // namespace

Story tell(const Outline& outline, Dice& dice) {
  if (!outline.end) return Teller(outline, 1, dice).tell();
  constexpr std::array paces{1.0, 0.5, 0.2, 0.05, 0.01, 0.001};
  for (const double pace : paces) {
    Story story = Teller(outline, pace, dice).tell();
    if (story.report.updated_at < outline.now) return story;
  }
  return Teller(outline, 0, dice).tell();
}

}  // namespace demo
