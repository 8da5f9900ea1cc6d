// What customers write about: families of cases, each with its talk from the first words to the solution.
//
// They are written down as text, in scenarios_*.cpp:
//
//   @ osago-report                     begins a family
//   product Qapter Claims, Qapter      one of them
//   impact 3 6 1                       weights: work has stopped, is hindered, a question
//   file png oshibka Ошибка отчёта     kind, name and title of a file that the customer may attach
//   subject 0 Не формируется отчёт     one of them; the number ties it to one problem
//   problem                            on lines of their own begin: the customer's description,
//   ask answer                         the agent's question and the customer's answer,
//   inform note                        the agent's news, in public and among agents,
//   solution failed                    what helped, and the customer's words when it did not
//
// A block lasts until the next. The second problem goes with the second ask, answer and solution, and so on;
// a note, news or subject goes with any problem unless a number behind the word ties it to one. Texts are
// phrases.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "demo/phrase.hpp"

namespace demo {

struct FileHint {
  std::string kind;   // png, pdf, xlsx, csv, txt
  std::string name;   // without its ending
  std::string title;  // what stands in it
};

struct Scenario {
  // A text for one problem, or for any.
  struct Tied {
    std::optional<std::size_t> problem;
    Phrase phrase;
  };

  std::string id;
  std::vector<std::string> products;
  std::array<std::size_t, 3> impact{1, 1, 1};  // by cases::Impact
  std::vector<FileHint> files;
  std::vector<Tied> subjects;
  std::vector<Phrase> problems;
  std::vector<Phrase> asks;
  std::vector<Phrase> answers;
  std::vector<Tied> news;
  std::vector<Tied> notes;
  std::vector<Phrase> solutions;
  std::vector<Tied> failures;
};

// All of them, read at the first call.
[[nodiscard]] const std::vector<Scenario>& scenarios();

// Throws std::out_of_range when there is none.
[[nodiscard]] const Scenario& scenario(std::string_view id);

// Every file that a story may come with, whatever its scenario.
[[nodiscard]] std::vector<FileHint> all_files();

// Reads the notation above. Throws std::invalid_argument.
[[nodiscard]] std::vector<Scenario> read_scenarios(std::string_view text);

extern const std::string_view access_scenarios;
extern const std::string_view calculation_scenarios;
extern const std::string_view claims_scenarios;
extern const std::string_view exchange_scenarios;
extern const std::string_view photos_scenarios;
extern const std::string_view work_scenarios;

}  // namespace demo
