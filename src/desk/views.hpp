// What the templates of the console are given.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cases/views.hpp"

namespace desk::views {

using cases::views::PriorityView;

// An entry of the side bar.
struct QueueView {
  std::string_view icon;
  std::string_view text;
  std::string address;
  std::int64_t count = 0;
  bool current = false;
};

struct LineView {
  std::string number;
  std::string address;  // of the case
  std::string preview;  // of the queue with the case beside it
  std::string subject;
  std::string customer;
  cases::views::StatusView status;
  PriorityView priority;
  std::string assignee;  // empty: nobody
  std::string initials;
  cases::views::TimeView updated;
  bool current = false;
};

struct PreviewView {
  bool shown = false;
  std::string number;
  std::string address;
  std::string subject;
  cases::views::StatusView status;
  PriorityView priority;
  std::string product;
  std::string customer;
  std::string assignee;
  cases::views::TimeView opened;
  std::vector<cases::views::EventView> talk;  // the last words
  std::string draft;
  std::int64_t version = 0;
  bool closed = false;
};

struct DeskView {
  std::string title;
  std::string queue;  // its name in addresses
  std::int64_t total = 0;
  std::vector<QueueView> queues;
  std::vector<LineView> lines;
  std::vector<cases::views::ChoiceView> agents;
  std::vector<cases::views::ChoiceView> priorities;
  PreviewView preview;
  cases::views::TimeView refreshed;
  std::string address;   // of this very page
  std::string previous;  // empty: none
  std::string next;
  std::string undo;         // what the last act changed, to be put back; empty: nothing
  std::int64_t undone = 0;  // how many cases that is
};

}  // namespace desk::views
