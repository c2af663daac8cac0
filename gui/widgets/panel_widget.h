#pragma once

#include <wx/panel.h>
#include <wx/weakref.h>

#include "gui/widgets/empty_panel.h"
#include "gui/widgets/entity_list.h"
#include "gui/widgets/view_widget.h"

namespace meerstem::gui {

/// What all widgets share: a panel with either the view's body or, when there is nothing to see, the sentence and the
/// buttons that say how to fill it. The window belongs to its parent; the widget may die before or after it.
class PanelWidget : public ViewWidget {
 public:
  PanelWidget(wxWindow* parent, WidgetHost& host);
  ~PanelWidget() override;
  wxWindow* Window() final { return panel_; }
  void Show(std::shared_ptr<const view::Model> model, const view::Patch* patch) final;
  Selection Current() const override { return {}; }
  void Restyle() override;

 protected:
  /// The model is not empty and of this widget's kind.
  virtual void ShowBody(const view::Patch* patch) = 0;
  virtual void RestyleBody() {}
  wxPanel* body() const { return body_; }
  WidgetHost& host() const { return host_; }
  const Language& language() const { return host_.language(); }
  wxString Words(const Message& message) const;
  const std::shared_ptr<const view::Model>& model() const { return model_; }
  template <class Body>
  const Body& As() const {
    return std::get<Body>(model_->body);
  }
  /// The context menu for what is selected, with the view's own actions first.
  void Popup(wxWindow* window, const Selection& selection, std::vector<view::Action> actions = {});
  void Follow(const std::optional<view::Target>& target, bool beside);
  /// Runs what the view does with such a drop, once the drag, which is still under way, is over. False: nothing.
  bool TakeDrop(const Dragged& dragged, const std::vector<view::Entity>& onto);

 private:
  WidgetHost& host_;
  wxWeakRef<wxPanel> panel_;
  wxPanel* body_ = nullptr;
  EmptyPanel* empty_ = nullptr;
  std::shared_ptr<const view::Model> model_;
  bool shown_body_ = false;
};

}  // namespace meerstem::gui
