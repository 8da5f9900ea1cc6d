// The stage: products, companies and people as they are in the database, for stories to be told of.
#pragma once

#include <string>
#include <vector>

#include "demo/company.hpp"
#include "demo/dice.hpp"
#include "demo/story.hpp"
#include "products/products.hpp"
#include "storage/transaction.hpp"

namespace demo {

// Writes the demo's products unless there are products already, and gives all there are.
[[nodiscard]] std::vector<products::Product> set_products(storage::Transaction& tx);

// Writes one of the demo's organisations with its people, as of `since`.
[[nodiscard]] Company set_company(storage::Transaction& tx, const OrganisationEntry& entry,
                                  base::Instant since, const std::string& password_hash);

// The agents there are; the demo's support when there are none.
[[nodiscard]] std::vector<Member> set_agents(storage::Transaction& tx, base::Instant since,
                                             const std::string& password_hash);

// An invented organisation; `number` makes its name and addresses unlike all others.
struct InventedCompany {
  std::int64_t number = 0;
  std::int64_t people = 1;
  base::Instant since;
  std::string name;         // empty: made up
  std::string first_email;  // of its first person, who can sign in with `password_hash`; empty: nobody can
  std::string password_hash;
};
[[nodiscard]] Company invent_company(storage::Transaction& tx, const InventedCompany& form, Dice& dice);

// One of the products that the scenario is about.
[[nodiscard]] const products::Product& product_for(const Scenario& scenario,
                                                   const std::vector<products::Product>& products,
                                                   Dice& dice);

}  // namespace demo
