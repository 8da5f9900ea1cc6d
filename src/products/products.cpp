#include "products/products.hpp"

#include <algorithm>
#include <iterator>
#include <mutex>

#include "base/text.hpp"
#include "products/queries.hpp"

namespace products {
namespace {

// Above every text that begins with `prefix`: U+10FFFF sorts last in UTF-8 too.
std::string end_of_prefix(const std::string& prefix) {
  return prefix + "\xF4\x8F\xBF\xBF";
}

std::string all_names(const Product& product) {
  return product.name_key + ' ' + product.aliases;
}

void insert_words(storage::Transaction& tx, const Product& product) {
  for (const std::string& word : base::words(all_names(product))) tx.run(sql::insert_word, word, product.id);
}

bool begins_words(const Product& product, const std::vector<std::string>& typed) {
  const auto words = base::words(all_names(product));
  return std::ranges::all_of(typed, [&](const std::string& part) {
    return std::ranges::any_of(words, [&](const std::string& word) { return word.starts_with(part); });
  });
}

}  // namespace

Product create(storage::Transaction& tx, const NewProduct& form) {
  Product product;
  product.id = base::make_id<base::ProductId>();
  product.name = base::single_line(form.name);
  product.name_key = base::fold(product.name);
  product.kind = base::single_line(form.kind);
  product.position = form.position;
  product.aliases = base::single_line(form.aliases);
  tx.insert(sql::insert_product, product);
  insert_words(tx, product);
  return product;
}

bool update(storage::Transaction& tx, const Product& product) {
  const auto changed =
      tx.run(sql::update_product, product.id, product.version, product.name, product.name_key, product.kind,
             product.position, product.archived, product.aliases);
  if (changed == 0) return false;
  tx.run(sql::delete_words, product.id);
  insert_words(tx, product);
  return true;
}

bool is_taken(storage::Transaction& tx, std::string_view name_key, base::ProductId besides) {
  return tx.one<std::int64_t>(sql::product_taken, name_key, besides).has_value();
}

std::optional<Product> find(storage::Transaction& tx, base::ProductId id) {
  return tx.one<Product>(sql::product_by_id, id);
}

std::vector<Product> all(storage::Transaction& tx) {
  return tx.all<Product>(sql::all_products);
}

std::shared_ptr<const Catalogue> catalogue(storage::Database& database) {
  struct Kept {
    const storage::Database* database = nullptr;
    std::uint64_t epoch = 0;
    std::shared_ptr<const Catalogue> products;
  };
  static std::mutex mutex;
  static Kept kept;
  // Taken before reading: what is read later can only be newer.
  const std::uint64_t epoch = database.epoch(storage::Shared::products);
  {
    const std::lock_guard lock(mutex);
    if (epoch != 0 && kept.database == &database && kept.epoch == epoch) return kept.products;
  }
  auto products =
      std::make_shared<const Catalogue>(database.read([](storage::Transaction& tx) { return all(tx); }));
  const std::lock_guard lock(mutex);
  kept = {.database = &database, .epoch = epoch, .products = products};
  return products;
}

std::string name_of(const Catalogue& catalogue, base::ProductId id) {
  const auto found = std::ranges::find(catalogue, id, &Product::id);
  return found == catalogue.end() ? std::string{} : found->name;
}

std::vector<Product> look_up(storage::Transaction& tx, std::string_view typed, std::size_t limit) {
  const auto parts = base::words(base::prefix(typed, 100));
  if (parts.empty() || base::length(base::trim(typed)) < shortest_look_up) return {};
  // The longest part narrows the most.
  const auto longest = std::ranges::max_element(parts, {}, &std::string::size);
  return look_up(tx.all<Product>(sql::products_with_word, *longest, end_of_prefix(*longest)), typed, limit);
}

std::vector<Product> look_up(const Catalogue& catalogue, std::string_view typed, std::size_t limit) {
  const auto parts = base::words(base::prefix(typed, 100));
  if (parts.empty() || base::length(base::trim(typed)) < shortest_look_up) return {};
  std::vector<Product> found;
  std::ranges::copy_if(catalogue, std::back_inserter(found), [&](const Product& product) {
    return !product.archived && begins_words(product, parts);
  });
  const std::string whole = base::fold(base::trim(typed));
  std::ranges::sort(found, [&](const Product& a, const Product& b) {
    const bool a_first = a.name_key.starts_with(whole);
    const bool b_first = b.name_key.starts_with(whole);
    if (a_first != b_first) return a_first;
    return std::tie(a.position, a.name_key) < std::tie(b.position, b.name_key);
  });
  if (found.size() > limit) found.resize(limit);
  return found;
}

std::optional<Product> resolve(storage::Transaction& tx, std::string_view typed) {
  const std::string key = base::fold(base::single_line(base::prefix(typed, 200)));
  if (key.empty()) return std::nullopt;
  if (auto exact = tx.one<Product>(sql::product_by_name, key)) return exact;
  auto found = look_up(tx, key, 2);
  if (found.size() != 1) return std::nullopt;
  return std::move(found.front());
}

}  // namespace products
