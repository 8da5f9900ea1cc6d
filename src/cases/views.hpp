// What the templates of cases are given: ready words and numbers, nothing to compute.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/safe_html.hpp"
#include "web/form_errors.hpp"

namespace cases::views {

// A status as colour, icon and word.
struct StatusView {
  std::string_view color;  // "blue", "violet", "amber", "green", or empty for gray
  std::string_view icon;
  std::string_view text;
};

struct PriorityView {
  std::string_view cls;  // "p0" … "p3"
  std::string_view icon;
  std::string_view text;
};

struct TimeView {
  std::string iso;
  std::string text;
};

// Its names are borrowed from the Line.
struct LineView {
  std::string number;
  std::string address;  // /cases/06746620
  std::string_view account;
  std::string_view contact;
  std::string_view subject;
  std::string product;
  StatusView status;
  TimeView opened;
  TimeView updated;
  bool unread = false;
};

struct ChoiceView {
  std::string value;
  std::string text;
  bool selected = false;
};

// A link that changes how the list is shown: a view, an order, a filter to take away.
struct LinkView {
  std::string text;
  std::string address;
  bool current = false;
  bool descending = false;
  std::string_view cell;  // class of the column
};

struct HiddenField {
  std::string_view name;
  std::string value;
};

struct ListView {
  std::string title;
  std::string view;  // its name in addresses
  bool pinned = false;
  std::vector<LinkView> views;
  std::vector<LinkView> columns;
  std::vector<LineView> lines;
  std::vector<HiddenField> kept;  // order and view, carried by the search form
  std::string search;
  std::vector<ChoiceView> statuses;
  std::vector<ChoiceView> products;
  std::vector<ChoiceView> contacts;
  std::string from;  // YYYY-MM-DD
  std::string until;
  std::vector<LinkView> chips;  // one for each filter, its address takes it away
  std::int64_t total = 0;
  std::string sorted_by;
  std::string filtered_by;
  TimeView refreshed;
  std::string address;        // of this very list
  std::string reset_address;  // without filters
  std::string previous;       // empty: none
  std::string next;
};

struct FileView {
  std::string address;
  std::string thumbnail;  // address, or empty
  std::string name;
  std::string size;
  std::string added;
  std::string author;
  std::string_view color;
  std::string_view icon;
};

// A file in a form that has not been sent yet.
struct UploadView {
  std::string id;
  std::string name;
  std::string size_text;
  std::int64_t size = 0;
  std::int64_t received = 0;
  std::int64_t percent = 0;
  bool whole = false;
  std::string_view color;
  std::string_view icon;
};

struct NewCaseView {
  std::string draft;
  std::int64_t draft_version = 0;
  std::string subject;
  std::string description;
  std::string product;
  std::string product_id;
  std::vector<ChoiceView> product_choices;  // several products fit what was typed
  std::vector<std::string> product_names;
  std::vector<ChoiceView> countries;
  std::vector<ChoiceView> impacts;
  std::vector<UploadView> uploads;
  std::uint64_t largest_file = 0;
  std::string largest_file_text;
  std::size_t most_files = 0;
  std::string saved;  // «Черновик сохранён в 11:48», or empty
  std::string error_title;
  web::FormErrors errors;
};

struct CreatedView {
  std::string number;
  std::string address;
  std::string subject;
  base::SafeHtml description;
  std::string product;
  std::string files;
};

struct EventView {
  bool comment = false;
  bool own = false;
  bool staff = false;
  bool everyone = true;
  bool tagged = true;  // whether it says who may read it
  std::string anchor;
  std::string author;
  std::string initials;
  std::string_view color;  // of the avatar
  std::string_view icon;
  std::string text;     // of an event
  std::string address;  // where the text leads to; empty: nowhere
  StatusView status;    // of an event that changed it; empty text: none
  TimeView time;
  base::SafeHtml body;
  std::vector<FileView> files;
};

// What an agent changes a case by.
struct ManageView {
  std::int64_t version = 0;
  std::vector<ChoiceView> agents;
  std::vector<ChoiceView> priorities;
  std::vector<ChoiceView> products;
  std::vector<ChoiceView> statuses;  // the steps that its life has from here
};

struct StepView {
  std::string_view text;
  bool done = false;
  bool current = false;
};

// An invitation to the survey, with its answer once there is one.
struct SurveyView {
  std::string invited;  // «Приглашение: Антон Быков, 20 нояб.»
  std::string state;    // «Ответ: 21 нояб.», «Ждём ответа до …»
  int score = 0;        // 0: no answer
  std::string_view icon;
  std::string_view word;
  std::string_view color;
  std::string comment;
};

// Another case that this one is linked with.
struct LinkedCaseView {
  std::string number;
  std::string address;
};

struct CaseView {
  std::string number;
  std::string address;
  std::string subject;
  StatusView status;
  std::string account;
  std::string account_phone;
  std::string contact;
  std::string contact_phone;
  std::string country;
  std::string product;
  std::string origin;
  std::string impact;
  std::string assignee;  // empty: nobody yet
  std::string assignee_initials;
  base::SafeHtml description;
  base::SafeHtml solution;
  bool solved = false;       // a solution is proposed and waits for the customer's word
  bool may_answer = false;   // the viewer may say whether it helped
  std::string answer_draft;  // proves that the answer is sent once
  std::string closes;        // «Если не ответить, …», or empty
  bool closed = false;
  bool staff = false;  // the viewer is
  PriorityView priority;
  ManageView manage;                 // for staff
  std::int64_t seen = 0;             // when the page was made, microseconds: what comes later is news
  bool internal = false;             // what is being typed is a note
  std::vector<EventView> new_since;  // what came in between a stale form and its sending
  std::vector<SurveyView> surveys;
  std::vector<LinkedCaseView> continues;     // one at most
  std::vector<LinkedCaseView> continued_by;  // oldest first
  bool following = false;
  TimeView opened;
  TimeView updated;
  std::vector<StepView> steps;
  std::vector<EventView> events;
  std::int64_t comments = 0;
  bool folded = false;  // some of the timeline is left out
  bool newest_first = false;
  std::vector<FileView> files;
  std::int64_t file_count = 0;  // may be more than `files`
  std::string draft;
  std::int64_t draft_version = 0;
  std::string comment;  // being typed
  std::string error_title;
  web::FormErrors errors;
  std::vector<UploadView> uploads;       // of the comment that is being written
  std::vector<UploadView> case_uploads;  // for the case itself: they came with files which were refused
  std::uint64_t largest_file = 0;
  std::size_t most_files = 0;
  TimeView printed;
  std::string printed_by;
};

}  // namespace cases::views
