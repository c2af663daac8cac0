#include "gui/shell/entity_picker.h"

#include "gui/shell/tr.h"

namespace meerstem::gui {

Picked PickEntities(wxWindow* parent, Session& session, const std::string& kind, const wxString& title, Finder::Taking taking) {
  const EntityKind* entity = session.registry().FindKind(kind);
  if (!entity || !entity->list) return {};
  std::vector<std::pair<Id, std::string>> all;
  {
    const auto reading = session.store().Read();
    all = entity->list(*reading);
  }
  std::vector<Finder::Item> items;
  items.reserve(all.size());
  for (const auto& [id, name] : all) items.push_back({name, {}, {}});
  const wxString hint = !all.empty() ? Tr("Type a part of the name") : taking.makes ? Tr("Type the name of a new one") : Tr("There is nothing to choose from yet.");
  Finder finder(parent, title, hint, std::move(items), taking);
  const auto taken = finder.AskSeveral();
  Picked picked{{}, taken.made};
  for (const std::size_t i : taken.items) picked.ids.push_back(all[i].first);
  return picked;
}

std::optional<Id> PickEntity(wxWindow* parent, Session& session, const std::string& kind, const wxString& title) {
  const Picked picked = PickEntities(parent, session, kind, title, {false, false});
  return picked.ids.empty() ? std::nullopt : std::optional(picked.ids.front());
}

}  // namespace meerstem::gui
