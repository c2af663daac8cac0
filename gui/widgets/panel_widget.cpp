#include "gui/widgets/panel_widget.h"

#include <wx/sizer.h>

#include "gui/widgets/accessible.h"
#include "gui/widgets/strings.h"
#include "gui/widgets/theme.h"

namespace meerstem::gui {

PanelWidget::PanelWidget(wxWindow* parent, WidgetHost& host) : host_(host), panel_(new wxPanel(parent)) {
  auto* sizer = new wxBoxSizer(wxVERTICAL);
  body_ = new wxPanel(panel_, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxTAB_TRAVERSAL);
  empty_ = new EmptyPanel(panel_, host);
  sizer->Add(body_, wxSizerFlags(1).Expand());
  sizer->Add(empty_, wxSizerFlags(1).Expand());
  body_->Hide();
  empty_->Hide();
  panel_->SetSizer(sizer);
}

PanelWidget::~PanelWidget() {
  // Every handler that points at this object hangs on a child.
  if (panel_) panel_->DestroyChildren();
}

void PanelWidget::Show(std::shared_ptr<const view::Model> model, const view::Patch* patch) {
  const bool empty = view::IsEmpty(*model);
  const bool was_shown = shown_body_;
  model_ = std::move(model);
  SetAccessibleName(panel_, Words(model_->title));
  const bool focus_inside = wxWindow::FindFocus() && panel_->IsDescendant(wxWindow::FindFocus());
  if (empty) {
    empty_->Show(*model_);
    body_->Hide();
    empty_->wxPanel::Show();
    shown_body_ = false;
    if (focus_inside) empty_->SetFocus();
  } else {
    empty_->Hide();
    body_->Show();
    shown_body_ = true;
    ShowBody(was_shown && patch && !patch->whole ? patch : nullptr);
    if (focus_inside && !was_shown) body_->SetFocus();
  }
  panel_->Layout();
}

void PanelWidget::Restyle() {
  if (!model_) return;
  if (shown_body_) RestyleBody();
  else empty_->Show(*model_);
  panel_->Layout();
}

wxString PanelWidget::Words(const Message& message) const { return ToWx(host_.language()(message)); }

void PanelWidget::Popup(wxWindow* window, const Selection& selection, std::vector<view::Action> actions) {
  if (model_) actions.insert(actions.end(), model_->actions.begin(), model_->actions.end());
  host_.PopupCommands(window, selection, actions);
}

void PanelWidget::Follow(const std::optional<view::Target>& target, bool beside) {
  if (target) host_.Open(*target, beside);
}

bool PanelWidget::TakeDrop(const Dragged& dragged, const std::vector<view::Entity>& onto) {
  const auto bound = MatchDrop(model_->drops, dragged, onto);
  // On a child: it goes with the widget, and what waits for it too.
  if (bound) body_->CallAfter([this, bound = *bound] { host_.Execute(bound.command, bound.arguments); });
  return bound.has_value();
}

}  // namespace meerstem::gui
