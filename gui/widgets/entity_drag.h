#pragma once

#include <functional>
#include <vector>

#include <wx/dataobj.h>
#include <wx/dnd.h>

#include "gui/widgets/entity_list.h"

namespace meerstem::gui {

/// The one format in which things of the study are dragged between widgets: entity_list as text.
const wxDataFormat& EntityFormat();

/// For wxDropSource and wxDataViewEvent::SetDataObject; the caller owns it.
wxCustomDataObject* NewEntityData(const std::vector<view::Entity>& entities, const std::optional<SourceSpan>& span = {});
Dragged DraggedIn(const void* data, std::size_t size);

/// Takes what is dragged on a window that draws itself or edits text. `possible` is asked while dragging.
class EntityDropTarget : public wxDropTarget {
 public:
  using Possible = std::function<bool(wxCoord, wxCoord)>;
  using Dropped = std::function<bool(wxCoord, wxCoord, const Dragged&)>;
  EntityDropTarget(Possible possible, Dropped dropped);
  wxDragResult OnDragOver(wxCoord x, wxCoord y, wxDragResult suggested) override;
  wxDragResult OnData(wxCoord x, wxCoord y, wxDragResult suggested) override;

 private:
  Possible possible_;
  Dropped dropped_;
};

}  // namespace meerstem::gui
