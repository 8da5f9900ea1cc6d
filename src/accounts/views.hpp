// What the look-up of organisations shows.
#pragma once

#include <string>
#include <vector>

namespace accounts {

struct OptionView {
  std::string id;
  std::string name;
};

struct OptionsView {
  std::vector<OptionView> options;
};

}  // namespace accounts
