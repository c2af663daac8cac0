#include "gui/shell/sections.h"

#include <algorithm>
#include <cctype>

namespace meerstem::gui {
namespace {

/// The shell knows no plugin, but it may know how a well-known prefix is called; another one shows its own name.
Message LabelOf(const std::string& prefix) {
  const std::pair<const char*, Message> known[] = {
      {"study", Say("Settings and journal")},      {"documents", Say("Documents")}, {"people", Say("People")}, {"coding", Say("Coding")},
      {"themes", Say("Themes")},             {"registrations", Say("Registrations")},
      {"indices", Say("Indices")},           {"triangulation", Say("Triangulation")},
      {"agreement", Say("Agreement")},       {"exchange", Say("Exchange")},
  };
  for (const auto& [name, label] : known) {
    if (prefix == name) return label;
  }
  std::string name = prefix;
  if (!name.empty()) name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
  return Verbatim(name);
}

}  // namespace

std::string PrefixOf(const std::string& id) { return id.substr(0, id.find('.')); }

std::vector<Section> SectionsOf(const Registry& registry) {
  std::vector<Section> sections;
  const auto of = [&](const std::string& id) -> Section& {
    const std::string prefix = PrefixOf(id);
    for (auto& section : sections) {
      if (section.prefix == prefix) return section;
    }
    return sections.emplace_back(Section{prefix, LabelOf(prefix), {}, {}, {}});
  };
  for (const auto& view : registry.views()) of(view.id).views.push_back(&view);
  for (const auto& command : registry.commands()) of(command.id).commands.push_back(&command);
  for (const auto& workspace : registry.workspaces()) of(workspace.id).workspaces.push_back(&workspace);
  // From the texts to where the strands meet, as the work goes; what nobody here knows follows, the study itself closes.
  const std::vector<std::string> order{"documents", "people", "coding", "themes", "registrations", "indices", "triangulation"};
  const auto rank = [&](const Section& section) {
    if (section.prefix == "study") return order.size() + 1;
    return static_cast<std::size_t>(std::find(order.begin(), order.end(), section.prefix) - order.begin());
  };
  std::stable_sort(sections.begin(), sections.end(), [&](const Section& a, const Section& b) { return rank(a) < rank(b); });
  return sections;
}

}  // namespace meerstem::gui
