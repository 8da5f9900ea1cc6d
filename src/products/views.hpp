#pragma once

#include <string>
#include <vector>

namespace products::views {

// One product found; its name cut around the part that was typed.
struct OptionView {
  std::string id;
  std::string name;
  std::string before;
  std::string marked;
  std::string after;
  std::string kind;
};

struct OptionsView {
  std::vector<OptionView> options;
};

}  // namespace products::views
