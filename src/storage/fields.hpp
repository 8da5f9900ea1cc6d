// A type's list of stored fields, written once:
//
//   struct Case {
//     CaseId id;
//     std::string subject;
//     static constexpr auto fields() {
//       return std::tuple(storage::field("id", &Case::id), storage::field("subject", &Case::subject));
//     }
//   };
//
// From it come the column lists of queries (`{columns}` and the others), reading a row, history, forms and
// JSON. The first field is the key of the row.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace storage {

template <class Type, class Member>
struct Field {
  std::string_view name;  // of the column
  Member Type::* member;
};

template <class Type, class Member>
[[nodiscard]] constexpr Field<Type, Member> field(std::string_view name, Member Type::* member) {
  return {name, member};
}

template <class Type>
inline constexpr std::size_t field_count = std::tuple_size_v<decltype(Type::fields())>;

// Calls `visit(field, index)` for each field in order, from 0.
template <class Type, class Visit>
constexpr void for_each_field(Visit visit) {
  [&]<std::size_t... index>(std::index_sequence<index...>) {
    constexpr auto fields = Type::fields();
    (visit(std::get<index>(fields), index), ...);
  }(std::make_index_sequence<field_count<Type>>());
}

// "id, subject", or "c.id, c.subject" with the prefix "c".
template <class Type>
[[nodiscard]] std::string columns(std::string_view prefix = {}) {
  std::string out;
  for_each_field<Type>([&](const auto& field, std::size_t index) {
    if (index != 0) out += ", ";
    if (!prefix.empty()) out.append(prefix).append(".");
    out += field.name;
  });
  return out;
}

// "$1, $2": parameter i is field i, counted from 1 in the order of fields().
template <class Type>
[[nodiscard]] std::string parameters() {
  std::string out;
  for (std::size_t index = 1; index <= field_count<Type>; ++index) {
    if (index != 1) out += ", ";
    out += "$" + std::to_string(index);
  }
  return out;
}

// "subject = $2, status = $3": all but the key, which is $1, so that the same list of values serves
// INSERT … VALUES ({parameters}) and UPDATE … SET {assignments} WHERE id = $1.
template <class Type>
[[nodiscard]] std::string assignments() {
  std::string out;
  for_each_field<Type>([&](const auto& field, std::size_t index) {
    if (index == 0) return;
    if (index != 1) out += ", ";
    out.append(field.name).append(" = $").append(std::to_string(index + 1));
  });
  return out;
}

}  // namespace storage
