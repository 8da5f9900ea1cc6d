// What the templates of surveys are given.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/form_errors.hpp"

namespace surveys::views {

// A score as sign, number and word.
struct ScoreView {
  int score = 0;
  std::string_view icon;
  std::string_view word;
  std::string_view color;  // of a pill
  bool chosen = false;
};

struct AnswerView {
  std::string secret;
  std::string number;
  std::string subject;
  std::vector<ScoreView> scores;
  bool chosen = false;    // by the link
  bool answered = false;  // and kept
  std::string comment;
  std::string until;
  std::string error_title;
  web::FormErrors errors;
};

// A number that leads to the answers it counts.
struct CountView {
  std::string name;
  std::string_view icon;  // of a score
  std::string count;
  std::string count_text;  // «12 ответов»
  std::string address;
  std::string average;
  std::string satisfied;  // «86 %»
  int percent = 0;        // of all answers
};

struct ResultsView {
  bool empty = false;
  std::string average;
  std::string satisfied;
  CountView all;
  std::vector<CountView> scores;
  std::vector<CountView> products;
  std::vector<CountView> months;
};

struct FilterView {
  std::string text;
  std::string address;  // of the list without it
};

struct LineView {
  ScoreView score;
  std::string comment;
  std::string number;
  std::string subject;
  std::string person;
  std::string account;
  std::string product;
  std::string time;
  std::string time_iso;
};

struct ListView {
  std::vector<FilterView> filters;
  std::vector<LineView> lines;
  std::string next;  // address of the next page; empty on the last
};

}  // namespace surveys::views
