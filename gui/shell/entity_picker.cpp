#include "gui/shell/entity_picker.h"

#include "gui/shell/tr.h"

namespace meerstem::gui {

Picked PickEntities(wxWindow* parent, Session& session, const std::string& kind, const wxString& title, Finder::Taking taking,
                    std::function<Message()> impossible) {
  const EntityKind* entity = session.registry().FindKind(kind);
  if (!entity || !entity->list) return {};
  Finder finder(parent, title, Tr("Type a part of the name"), Finder::Lines::kNames, taking);
  const auto all = std::make_shared<std::vector<std::pair<Id, std::string>>>();
  const auto asked = session.Ask(
      Say("Looking for what there is to choose"),
      [entity, all, impossible = std::move(impossible)](Reading& reading, Job&) {
        if (const Message why = impossible ? impossible() : Message(); !why.empty()) throw Error(ErrorCode::kRefused, why);
        *all = entity->list(reading);
      },
      [&finder, all, makes = taking.makes](const Error* error) {
        if (error) return finder.Fail(Shown(error->message()));
        std::vector<Finder::Item> items;
        items.reserve(all->size());
        for (const auto& [id, name] : *all) items.push_back({name, {}, {}});
        if (all->empty()) finder.SetHint(makes ? Tr("Type the name of a new one") : Tr("There is nothing to choose from yet."));
        finder.Fill(std::move(items));
      });
  const auto taken = finder.AskSeveral();
  Picked picked{{}, taken.made};
  for (const std::size_t i : taken.items) picked.there.push_back((*all)[i]);
  return picked;
}

}  // namespace meerstem::gui
