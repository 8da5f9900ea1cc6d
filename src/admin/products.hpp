// What administrators do to products. Each act stands in the audit log.
#pragma once

#include <cstdint>
#include <string>

#include "audit/audit.hpp"
#include "base/result.hpp"
#include "products/products.hpp"
#include "storage/transaction.hpp"

namespace admin {

struct ProductForm {
  std::string name;
  std::string kind;
  std::string aliases;   // separated by commas
  std::string position;  // a whole number
  bool archived = false;

  bool operator==(const ProductForm&) const = default;
};

[[nodiscard]] ProductForm form_of(const products::Product& product);

// Both fail on `name` and `position`; `change` with `not_found`, and with `conflict`, changing nothing, when
// it is no longer the version that was edited.
base::Result<products::Product> create_product(storage::Transaction& tx, const audit::Actor& actor,
                                               const ProductForm& form);
base::Result<void> change_product(storage::Transaction& tx, const audit::Actor& actor, base::ProductId id,
                                  std::int64_t version, const ProductForm& form);

}  // namespace admin
