#include "core/plugin/shipped.h"

#include <algorithm>
#include <filesystem>

namespace meerstem {

Parameter ShippedParameter(std::string folder, Message label) {
  namespace fs = std::filesystem;
  Parameter shipped{.name = "shipped", .type = ParameterType::kChoice, .label = std::move(label)};
  shipped.study_choices = [folder = std::move(folder)](Reading&) {
    std::vector<Choice> choices;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
      if (entry.path().extension() == ".json") choices.push_back({entry.path().stem().string(), Verbatim(entry.path().stem().string())});
    }
    std::sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) { return a.key < b.key; });
    return choices;
  };
  return shipped;
}

}  // namespace meerstem
