#include "gui/widgets/entity_drag.h"

namespace meerstem::gui {

const wxDataFormat& EntityFormat() {
  static const wxDataFormat format(wxS("meerstem/entities"));
  return format;
}

wxCustomDataObject* NewEntityData(const std::vector<view::Entity>& entities, const std::optional<SourceSpan>& span) {
  auto* data = new wxCustomDataObject(EntityFormat());
  const std::string text = WriteEntities(entities, span);
  data->SetData(text.size(), text.data());
  return data;
}

Dragged DraggedIn(const void* data, std::size_t size) {
  if (!data) return {};
  const std::string text(static_cast<const char*>(data), size);
  return {ReadEntities(text), ReadSpan(text)};
}

EntityDropTarget::EntityDropTarget(Possible possible, Dropped dropped)
    : wxDropTarget(new wxCustomDataObject(EntityFormat())), possible_(std::move(possible)), dropped_(std::move(dropped)) {}

wxDragResult EntityDropTarget::OnDragOver(wxCoord x, wxCoord y, wxDragResult suggested) {
  return possible_(x, y) ? suggested : wxDragNone;
}

wxDragResult EntityDropTarget::OnData(wxCoord x, wxCoord y, wxDragResult suggested) {
  if (!GetData()) return wxDragNone;
  const auto* data = static_cast<const wxCustomDataObject*>(GetDataObject());
  return dropped_(x, y, DraggedIn(data->GetData(), data->GetSize())) ? suggested : wxDragNone;
}

}  // namespace meerstem::gui
