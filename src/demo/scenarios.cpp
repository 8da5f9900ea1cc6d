#include "demo/scenarios.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "base/text.hpp"

namespace demo {
namespace {

constexpr std::array<std::string_view, 7> block_words{"problem", "ask",      "answer", "inform",
                                                      "note",    "solution", "failed"};

// Takes the first word off the line.
std::string_view take_word(std::string_view& line) {
  const std::size_t end = line.find(' ');
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  return word;
}

std::optional<std::size_t> take_number(std::string_view& line) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
  if (error != std::errc{}) return std::nullopt;
  line = base::trim(line.substr(static_cast<std::size_t>(end - line.data())));
  return value;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::vector<Scenario> read() {
    while (!rest_.empty()) take_line();
    end_scenario();
    return std::move(found_);
  }

 private:
  void take_line() {
    const std::size_t end = rest_.find('\n');
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);

    std::string_view inside = line;
    const std::string_view word = take_word(inside);
    if (word == "@") {
      end_scenario();
      open_ = true;
      current_ = {};
      current_.id = inside;
    } else if (std::ranges::find(block_words, word) != block_words.end()) {
      end_block();
      block_ = word;
      tie_ = take_number(inside);
    } else if (!block_.empty()) {
      body_.append(line).append("\n");
    } else if (!base::trim(line).empty()) {
      head(word, inside);
    }
  }

  void head(std::string_view word, std::string_view inside) {
    if (word == "product") {
      while (!inside.empty()) {
        const std::size_t comma = inside.find(", ");
        current_.products.emplace_back(inside.substr(0, comma));
        inside.remove_prefix(comma == std::string_view::npos ? inside.size() : comma + 2);
      }
    } else if (word == "impact") {
      for (std::size_t& weight : current_.impact) weight = take_number(inside).value();
    } else if (word == "file") {
      const std::string kind(take_word(inside));
      const std::string name(take_word(inside));
      current_.files.push_back({.kind = kind, .name = name, .title = std::string(inside)});
    } else if (word == "subject") {
      const auto tie = take_number(inside);
      current_.subjects.push_back({.problem = tie, .phrase = Phrase(inside)});
    } else {
      throw std::invalid_argument(fmt::format("demo text: unknown line in {}: {}", current_.id, word));
    }
  }

  void end_block() {
    if (block_.empty()) return;
    Phrase phrase(base::trim(body_));
    if (block_ == "problem")
      current_.problems.push_back(std::move(phrase));
    else if (block_ == "ask")
      current_.asks.push_back(std::move(phrase));
    else if (block_ == "answer")
      current_.answers.push_back(std::move(phrase));
    else if (block_ == "solution")
      current_.solutions.push_back(std::move(phrase));
    else if (block_ == "inform")
      current_.news.push_back({.problem = tie_, .phrase = std::move(phrase)});
    else if (block_ == "note")
      current_.notes.push_back({.problem = tie_, .phrase = std::move(phrase)});
    else if (block_ == "failed")
      current_.failures.push_back({.problem = tie_, .phrase = std::move(phrase)});
    block_ = {};
    body_.clear();
  }

  void end_scenario() {
    end_block();
    if (!open_) return;
    if (current_.products.empty() || current_.subjects.empty() || current_.problems.empty() ||
        current_.asks.empty() || current_.answers.empty() || current_.solutions.empty()) {
      throw std::invalid_argument(fmt::format("demo text: {} is not whole", current_.id));
    }
    found_.push_back(std::move(current_));
    open_ = false;
  }

  std::string_view rest_;
  std::vector<Scenario> found_;
  Scenario current_;
  bool open_ = false;
  std::string_view block_;
  std::optional<std::size_t> tie_;
  std::string body_;
};

}  // namespace

std::vector<Scenario> read_scenarios(std::string_view text) {
  return Reader(text).read();
}

const std::vector<Scenario>& scenarios() {
  static const std::vector<Scenario> all = [] {
    std::vector<Scenario> list;
    for (const std::string_view text : {claims_scenarios, calculation_scenarios, photos_scenarios,
                                        access_scenarios, exchange_scenarios, work_scenarios}) {
      std::ranges::move(read_scenarios(text), std::back_inserter(list));
    }
    return list;
  }();
  return all;
}

std::vector<FileHint> all_files() {
  std::vector<FileHint> files{{.kind = "png", .name = "snimok-ekrana", .title = "Снимок экрана"},
                              {.kind = "pdf", .name = "instrukciya", .title = "Инструкция"}};
  for (const Scenario& one : scenarios()) std::ranges::copy(one.files, std::back_inserter(files));
  return files;
}

const Scenario& scenario(std::string_view id) {
  const auto found = std::ranges::find(scenarios(), id, &Scenario::id);
  if (found == scenarios().end()) throw std::out_of_range(fmt::format("no scenario {}", id));
  return *found;
}

}  // namespace demo
