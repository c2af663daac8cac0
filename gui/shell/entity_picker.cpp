#include "gui/shell/entity_picker.h"

#include "gui/shell/finder.h"
#include "gui/shell/tr.h"

namespace meerstem::gui {

std::optional<Id> PickEntity(wxWindow* parent, Session& session, const std::string& kind, const wxString& title) {
  const EntityKind* entity = session.registry().FindKind(kind);
  if (!entity || !entity->list) return std::nullopt;
  std::vector<std::pair<Id, std::string>> all;
  {
    const auto reading = session.store().Read();
    all = entity->list(*reading);
  }
  std::vector<Finder::Item> items;
  items.reserve(all.size());
  for (const auto& [id, name] : all) items.push_back({name, {}, {}});
  Finder finder(parent, title, all.empty() ? Tr("There is nothing to choose from yet.") : Tr("Type a part of the name"), std::move(items));
  const auto taken = finder.Ask();
  return taken ? std::optional(all[*taken].first) : std::nullopt;
}

}  // namespace meerstem::gui
