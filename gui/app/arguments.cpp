#include "gui/app/arguments.h"

#include "core/base/error.h"

namespace meerstem::gui {

StartArguments ReadArguments(const std::vector<std::string>& words) {
  StartArguments arguments;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!word.starts_with("--")) {
      if (!arguments.study.empty()) throw Error(ErrorCode::kUsage, Say("One study at a time: “{0}” and “{1}” are two.", arguments.study, word));
      arguments.study = word;
      continue;
    }
    const std::string name = word.substr(2);
    // A parameter without a value is a yes.
    std::string value;
    if (i + 1 < words.size() && !words[i + 1].starts_with("--")) value = words[++i];
    if (name == "language") {
      if (value != "nl" && value != "en") throw Error(ErrorCode::kUsage, Say("--language is nl or en, not “{0}”.", value));
      arguments.language = value;
    } else if (name == "view") {
      if (value.empty()) throw Error(ErrorCode::kUsage, Say("--view needs the id of a view or workspace."));
      arguments.views.push_back({value, {}});
    } else if (!arguments.views.empty()) {
      arguments.views.back().raw.emplace_back(name, value.empty() ? "yes" : value);
    } else {
      throw Error(ErrorCode::kUsage, Say("--{0} is not known here; parameters stand behind the --view that they are for.", name));
    }
  }
  if (!arguments.views.empty() && arguments.study.empty()) throw Error(ErrorCode::kUsage, Say("--view needs a study to look at."));
  return arguments;
}

}  // namespace meerstem::gui
