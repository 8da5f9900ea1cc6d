// A database to try the portal on: an invented company of motor claims and its support, with a year of cases.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "blobs/store.hpp"
#include "people/person.hpp"
#include "storage/database.hpp"

namespace demo {

// Of everybody in the demo and of the benchmark's person. Within the rules for passwords.
inline constexpr std::string_view password = "svetofor-na-rassvete";

// Who may be tried, in the order to tell of them: customer, company manager, agent, administrator.
struct Guest {
  std::string_view name;
  std::string_view email;
  people::Role role;
};
[[nodiscard]] std::vector<Guest> guests();

inline constexpr int account_count = 12;  // and the vendor
inline constexpr int person_count = 60;
inline constexpr int product_count = 25;
inline constexpr int case_count = 400;
inline constexpr std::int64_t shown_case = 6746620;

// Whether `fill` has been here.
[[nodiscard]] bool is_filled(storage::Database& database);

// Fills an empty database as of now. Mails of the past are in the ledger as sent; nothing waits to be sent.
// `mail::configure` must have been called. Takes about a second.
void fill(storage::Database& database, blobs::Store& store);

struct Amounts {
  std::int64_t cases = 10'000;
  std::int64_t accounts = 0;  // 0: one for every 500 cases
  std::int64_t people_per_account = 6;
  std::int64_t comments_per_case = 2;  // public ones, about, on those that get as far
  std::int64_t big_account = 0;        // cases of one account, whose first person is `bench_email`; 0: none
  std::uint64_t seed = 1;
};

inline constexpr std::string_view bench_email = "bench@example.ru";

struct Progress {
  std::int64_t cases = 0;
  std::int64_t of = 0;
  double seconds = 0;
};

// Adds cases of the same kind to any database, with accounts and people of their own; products and agents are
// those there are, or those of the demo. Without files, mails and notifications. The same seed gives the same
// texts. Units of work are large: meant for a database that nobody else is writing to. `tell` is called after
// each unit and at the end.
void generate(storage::Database& database, const Amounts& amounts,
              const std::function<void(const Progress&)>& tell);

}  // namespace demo
