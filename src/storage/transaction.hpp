// Inside a unit of work: running named queries.
//
//   auto found = tx.one<Case>(sql::by_number, account, number);   // std::optional<Case>
//   auto rows  = tx.all<Line>(sql::page, account, after, 25);     // std::vector<Line>
//   tx.run(sql::insert, …);                                       // rows changed
//   tx.insert(sql::insert_case, value);                           // parameters from T::fields()
//
// A result type is a struct with fields(), a std::tuple of columns, or one column. Not shared between
// threads.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <type_traits>
#include <vector>

#include "base/function_ref.hpp"
#include "storage/query.hpp"
#include "storage/value.hpp"

namespace storage {

// What a committed unit may have left to be done; listeners are woken after the commit.
enum class Signal : std::uint8_t { mail, job, event };

class Transaction;

// The number of rows that a change touched. An engine behind a network carries changes out without waiting
// for each; it waits when somebody asks for the number. So it is to be asked for within the unit.
class Changed {
 public:
  explicit Changed(std::int64_t rows) : number_(rows) {}
  Changed(Transaction& transaction, std::size_t ticket)
      : transaction_(&transaction), number_(static_cast<std::int64_t>(ticket)) {}
  Changed(const Changed&) = delete;
  Changed& operator=(const Changed&) = delete;

  // NOLINTNEXTLINE(google-explicit-constructor): it stands for the number
  operator std::int64_t() const;

 private:
  Transaction* transaction_ = nullptr;
  std::int64_t number_;  // of rows, or the ticket to ask by
};

template <>
struct Column<Changed> {
  static Value bind(const Changed& changed) { return Column<std::int64_t>::bind(changed); }
};

template <class T>
concept HasFields = requires { T::fields(); };

// Reads the columns from `first` on.
template <class T>
T read_row(const Row& row, int first = 0);

class Transaction {
 public:
  Transaction() = default;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  virtual ~Transaction() = default;

  template <class T, class... Args>
  [[nodiscard]] std::optional<T> one(const Query& query, const Args&... args) {
    std::optional<T> found;
    const std::array<Value, sizeof...(Args)> values{Column<Args>::bind(args)...};
    select(query, values, [&](const Row& row) {
      found.emplace(read_row<T>(row));
      return false;
    });
    return found;
  }

  template <class T, class... Args>
  [[nodiscard]] std::vector<T> all(const Query& query, const Args&... args) {
    std::vector<T> rows;
    const std::array<Value, sizeof...(Args)> values{Column<Args>::bind(args)...};
    select(query, values, [&](const Row& row) {
      rows.push_back(read_row<T>(row));
      return true;
    });
    return rows;
  }

  // The number of rows changed.
  template <class... Args>
  Changed run(const Query& query, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{Column<Args>::bind(args)...};
    return change(query, values);
  }

  // Changes something, at any moment up to the commit, that this unit does not read again. An engine that
  // commits several units at once does such changes together: an index of words is far quicker then.
  template <class... Args>
  void run_later(const Query& query, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{Column<Args>::bind(args)...};
    change_later(query, values);
  }

  // Runs a query whose parameters are the fields of `value`, in their order.
  template <HasFields T>
  Changed insert(const Query& query, const T& value) {
    return std::apply(
        [&](const auto&... field) -> Changed {
          const std::array<Value, sizeof...(field)> values{bind_member(value.*(field.member))...};
          return change(query, values);
        },
        T::fields());
  }

  // Calls `take(row)` for each row until it returns false.
  virtual void select(const Query& query, std::span<const Value> values,
                      base::FunctionRef<bool(const Row&)> take) = 0;
  virtual Changed change(const Query& query, std::span<const Value> values) = 0;
  virtual void change_later(const Query& query, std::span<const Value> values) { change(query, values); }

  // Runs a part of the unit that may fail alone: what it wrote is undone when `part` throws, and the
  // exception goes on; the unit can still be committed. Not so for storage::Unavailable, and on PostgreSQL
  // for any error of the server, which end the whole unit.
  virtual void attempt(base::FunctionRef<void()> part) = 0;

  // Wakes the listeners of `signal` once this unit has been committed.
  virtual void signal(Signal signal) = 0;

  // What a ticket stands for.
  [[nodiscard]] virtual std::int64_t rows_changed(std::size_t) { return 0; }

 private:
  template <class M>
  static Value bind_member(const M& member) {
    return Column<M>::bind(member);
  }
};

inline Changed::operator std::int64_t() const {
  return transaction_ == nullptr ? number_ : transaction_->rows_changed(static_cast<std::size_t>(number_));
}

namespace detail {

template <class T>
struct IsTuple : std::false_type {};
template <class... T>
struct IsTuple<std::tuple<T...>> : std::true_type {};

}  // namespace detail

template <class T>
T read_row(const Row& row, int first) {
  if constexpr (HasFields<T>) {
    T value{};
    int column = first;
    std::apply(
        [&](const auto&... field) {
          ((value.*(field.member) =
                Column<std::remove_cvref_t<decltype(value.*(field.member))>>::read(row, column++)),
           ...);
        },
        T::fields());
    return value;
  } else if constexpr (detail::IsTuple<T>::value) {
    return [&]<std::size_t... i>(std::index_sequence<i...>) {
      return T{Column<std::tuple_element_t<i, T>>::read(row, first + static_cast<int>(i))...};
    }(std::make_index_sequence<std::tuple_size_v<T>>{});
  } else {
    return Column<T>::read(row, first);
  }
}

}  // namespace storage
