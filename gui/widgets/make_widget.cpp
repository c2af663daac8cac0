#include "gui/widgets/coded_text_widget.h"
#include "gui/widgets/form_widget.h"
#include "gui/widgets/picture_widget.h"
#include "gui/widgets/prose_widget.h"
#include "gui/widgets/table_widget.h"
#include "gui/widgets/tree_widget.h"
#include "gui/widgets/view_widget.h"

namespace meerstem::gui {

std::unique_ptr<ViewWidget> MakeWidget(view::Kind kind, wxWindow* parent, WidgetHost& host) {
  switch (kind) {
    case view::Kind::kTable: return std::make_unique<TableWidget>(parent, host);
    case view::Kind::kTree: return std::make_unique<TreeWidget>(parent, host);
    case view::Kind::kCodedText: return std::make_unique<CodedTextWidget>(parent, host);
    case view::Kind::kForm: return std::make_unique<FormWidget>(parent, host);
    case view::Kind::kProse: return std::make_unique<ProseWidget>(parent, host);
    case view::Kind::kMatrix:
    case view::Kind::kChart: return std::make_unique<PictureWidget>(parent, host);
  }
  return nullptr;
}

}  // namespace meerstem::gui
