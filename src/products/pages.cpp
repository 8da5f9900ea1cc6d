#include "products/pages.hpp"

#include "base/text.hpp"
#include "products/products.hpp"
#include "products/views.gen.hpp"

namespace products::pages {
namespace {

// Where in the name the typed text stands, at the beginning of a word. Folding keeps the length of Russian
// and English letters, so places in the folded name are places in the name.
views::OptionView option_view(const Product& product, const std::string& typed) {
  views::OptionView option{.id = std::to_string(product.id.value),
                           .name = product.name,
                           .before = product.name,
                           .marked = {},
                           .after = {},
                           .kind = product.kind};
  const std::string folded = base::fold(product.name);
  if (folded.size() != product.name.size()) return option;
  std::size_t at = folded.find(typed);
  while (at != std::string::npos && at > 0 && folded[at - 1] != ' ' && folded[at - 1] != '-')
    at = folded.find(typed, at + 1);
  if (at == std::string::npos || typed.empty()) return option;
  option.before = product.name.substr(0, at);
  option.marked = product.name.substr(at, typed.size());
  option.after = product.name.substr(at + typed.size());
  return option;
}

}  // namespace

web::Response look_up(web::Context& ctx) {
  const std::string typed = base::fold(base::trim(base::prefix(ctx.query.get("q"), 100)));
  const auto found = products::look_up(*products::catalogue(ctx.environment.database), typed);
  views::OptionsView view;
  for (const Product& product : found) view.options.push_back(option_view(product, typed));
  return ctx.render(views::options, web::Page{}, view);
}

}  // namespace products::pages
