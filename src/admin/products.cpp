#include "admin/products.hpp"

#include <charconv>
#include <optional>

#include "base/message_keys.hpp"
#include "base/text.hpp"

namespace admin {
namespace {

constexpr std::size_t longest_name = 120;
constexpr std::size_t longest_aliases = 500;
constexpr std::int64_t largest_position = 1'000'000;

std::optional<std::int64_t> parse_position(std::string_view typed) {
  typed = base::trim(typed);
  if (typed.empty()) return 0;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), value);
  if (error != std::errc{} || end != typed.data() + typed.size()) return std::nullopt;
  if (value < -largest_position || value > largest_position) return std::nullopt;
  return value;
}

// The form as a product, or what to mend.
base::Result<products::Product> read(storage::Transaction& tx, base::ProductId id, const ProductForm& form) {
  products::Product product;
  product.id = id;
  product.name = base::single_line(form.name);
  product.name_key = base::fold(product.name);
  product.kind = base::single_line(form.kind);
  product.aliases = base::single_line(form.aliases);
  product.archived = form.archived;
  std::vector<base::FieldError> errors;
  const auto too_long = [&](const std::string& text, std::size_t most, const char* field) {
    if (base::length(text) > most)
      errors.push_back({field, msg::admin_error_name_long, {std::to_string(most)}});
  };
  if (product.name.empty()) {
    errors.push_back({"name", msg::admin_error_product_empty, {}});
  } else if (products::is_taken(tx, product.name_key, id)) {
    errors.push_back({"name", msg::admin_error_product_taken, {}});
  }
  too_long(product.name, longest_name, "name");
  too_long(product.kind, longest_name, "kind");
  too_long(product.aliases, longest_aliases, "aliases");
  const auto position = parse_position(form.position);
  if (!position) errors.push_back({"position", msg::admin_error_position, {}});
  if (!errors.empty()) return base::fail(std::move(errors));
  product.position = *position;
  return product;
}

audit::Changes changes_between(const ProductForm& before, const ProductForm& after) {
  const auto flag = [](bool value) { return value ? "1" : "0"; };
  audit::Changes changes;
  audit::note(changes, "name", before.name, after.name);
  audit::note(changes, "kind", before.kind, after.kind);
  audit::note(changes, "aliases", before.aliases, after.aliases);
  audit::note(changes, "position", before.position, after.position);
  audit::note(changes, "archived", flag(before.archived), flag(after.archived));
  return changes;
}

}  // namespace

ProductForm form_of(const products::Product& product) {
  return {.name = product.name,
          .kind = product.kind,
          .aliases = product.aliases,
          .position = std::to_string(product.position),
          .archived = product.archived};
}

base::Result<products::Product> create_product(storage::Transaction& tx, const audit::Actor& actor,
                                               const ProductForm& form) {
  const auto read_form = read(tx, {}, form);
  if (!read_form) return std::unexpected(read_form.error());
  products::Product product = products::create(tx, {.name = read_form->name,
                                                    .kind = read_form->kind,
                                                    .position = read_form->position,
                                                    .aliases = read_form->aliases});
  audit::record(tx, actor, audit::Act::product_created, {.id = product.id.value, .name = product.name},
                changes_between({}, form_of(product)));
  return product;
}

base::Result<void> change_product(storage::Transaction& tx, const audit::Actor& actor, base::ProductId id,
                                  std::int64_t version, const ProductForm& form) {
  const auto product = products::find(tx, id);
  if (!product) return base::fail(base::ErrorKind::not_found);
  if (product->version != version) return base::fail(base::ErrorKind::conflict);
  auto changed = read(tx, id, form);
  if (!changed) return std::unexpected(changed.error());
  changed->version = version;
  if (!products::update(tx, *changed)) return base::fail(base::ErrorKind::conflict);
  if (const auto changes = changes_between(form_of(*product), form_of(*changed)); !changes.empty())
    audit::record(tx, actor, audit::Act::product_changed, {.id = id.value, .name = changed->name}, changes);
  return {};
}

}  // namespace admin
