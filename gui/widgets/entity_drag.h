#pragma once

#include <functional>
#include <vector>

#include <wx/dataobj.h>
#include <wx/dnd.h>

#include "core/view/model.h"

namespace meerstem::gui {

/// The one format in which things of the study are dragged between widgets: entity_list as text.
const wxDataFormat& EntityFormat();

/// For wxDropSource and wxDataViewEvent::SetDataObject; the caller owns it.
wxCustomDataObject* NewEntityData(const std::vector<view::Entity>& entities, const std::optional<SourceSpan>& span = {});
std::vector<view::Entity> EntitiesOf(const void* data, std::size_t size);
std::optional<SourceSpan> SpanOf(const void* data, std::size_t size);

/// Takes dragged entities on a window that draws itself. `possible` is asked while dragging.
class EntityDropTarget : public wxDropTarget {
 public:
  using Possible = std::function<bool(wxCoord, wxCoord)>;
  using Dropped = std::function<bool(wxCoord, wxCoord, const std::vector<view::Entity>&)>;
  EntityDropTarget(Possible possible, Dropped dropped);
  wxDragResult OnDragOver(wxCoord x, wxCoord y, wxDragResult suggested) override;
  wxDragResult OnData(wxCoord x, wxCoord y, wxDragResult suggested) override;

 private:
  Possible possible_;
  Dropped dropped_;
};

}  // namespace meerstem::gui
