// What customers need support for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/ids.hpp"
#include "storage/database.hpp"
#include "storage/fields.hpp"
#include "storage/transaction.hpp"

namespace products {

struct Product {
  base::ProductId id;
  std::string name;
  std::string name_key;
  std::string kind;  // a word that tells alike names apart in the look-up: «Убытки», «Планшет»
  std::int64_t position = 0;
  bool archived = false;
  std::int64_t version = 1;
  std::string aliases;  // other names it is looked up by, separated by commas

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Product::id),
                      field("name", &Product::name),
                      field("name_key", &Product::name_key),
                      field("kind", &Product::kind),
                      field("position", &Product::position),
                      field("archived", &Product::archived),
                      field("version", &Product::version),
                      field("aliases", &Product::aliases)};
  }
};

struct NewProduct {
  std::string name;
  std::string kind;
  std::int64_t position = 0;
  std::string aliases = {};
};

Product create(storage::Transaction& tx, const NewProduct& product);
// Replaces all but the id. False, and nothing is changed, when the product is no longer of that version.
[[nodiscard]] bool update(storage::Transaction& tx, const Product& product);
// Whether another product has that folded name, archived or not.
[[nodiscard]] bool is_taken(storage::Transaction& tx, std::string_view name_key, base::ProductId besides);
[[nodiscard]] std::optional<Product> find(storage::Transaction& tx, base::ProductId id);
[[nodiscard]] std::vector<Product> all(storage::Transaction& tx);

// Every product as it stands, kept in memory while nothing changes it. Safe to call from any thread.
using Catalogue = std::vector<Product>;
[[nodiscard]] std::shared_ptr<const Catalogue> catalogue(storage::Database& database);
[[nodiscard]] std::string name_of(const Catalogue& catalogue, base::ProductId id);

// From this many characters on the look-up offers names.
inline constexpr std::size_t shortest_look_up = 3;

// Products, not archived, in which a word of the name (or the name itself) begins with the typed text,
// without regard to case and ё; names that begin so come first, then by position and name.
[[nodiscard]] std::vector<Product> look_up(storage::Transaction& tx, std::string_view typed,
                                           std::size_t limit = 50);

[[nodiscard]] std::vector<Product> look_up(const Catalogue& catalogue, std::string_view typed,
                                           std::size_t limit = 50);

// The one product that is meant by the typed text: an exact name, or the only one the look-up finds.
[[nodiscard]] std::optional<Product> resolve(storage::Transaction& tx, std::string_view typed);

}  // namespace products
