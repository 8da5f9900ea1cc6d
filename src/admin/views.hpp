// What the pages of administration show. Lists are one view, and so are forms: things differ in their cells
// and fields.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "web/form_errors.hpp"

namespace admin {

struct TileView {
  std::string_view href;
  std::string_view icon;
  std::string_view title;
  std::string_view text;
};

struct IndexView {
  std::vector<TileView> tiles;
};

struct CellView {
  std::string text;
  std::string_view pill;  // a colour class; empty: plain text
  std::string_view icon;  // of the pill
  bool labelled = false;  // on a phone the heading stands before it
};

struct RowView {
  std::string href;
  std::string title;
  std::string detail;
  std::vector<CellView> cells;
};

struct ListView {
  std::string address;  // of the list
  std::string search;
  std::string_view search_label;
  std::string new_address;
  std::string_view new_label;
  std::vector<std::string_view> headings;
  std::vector<RowView> rows;
  std::string_view empty;
  std::string next;    // address; empty on the last page
  bool later = false;  // not the first page
};

enum class FieldKind : std::uint8_t { text, choice, account, checkbox };

struct ChoiceView {
  std::string value;
  std::string label;
  bool selected = false;
};

struct FieldView {
  std::string_view id;  // also the name
  std::string_view label;
  std::string value = {};
  std::string_view hint = {};
  FieldKind kind = FieldKind::text;
  std::string_view type = "text";
  bool optional = false;
  std::string before = {};  // as it was when the form was opened
  std::vector<ChoiceView> choices = {};
  std::string message = {};  // what is wrong
};

// Acts beside the form: the state of a person's access.
struct StateView {
  std::string_view pill;
  std::string_view icon;
  std::string_view words;
  std::string_view text;
  std::string invite;  // address; empty: cannot be done
  std::string_view invite_label;
  std::string deactivate;  // likewise
  std::string activate;
  std::string_view note;
};

struct FormView {
  std::string address;  // to which it is sent
  std::string back;
  std::string_view back_label;
  std::string title;
  std::string_view lead;
  std::int64_t version = 0;
  std::vector<FieldView> fields;
  std::vector<std::string> conflicts;  // what somebody else changed meanwhile
  std::string_view title_of_errors;    // what did not happen; empty: nothing is wrong
  web::FormErrors errors;
  std::vector<StateView> states;  // at most one
};

}  // namespace admin
