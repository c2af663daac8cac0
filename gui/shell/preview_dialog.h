#pragma once

#include <memory>
#include <string>
#include <vector>

#include <wx/dialog.h>

#include "gui/shell/session.h"
#include "gui/widgets/view_widget.h"

class wxButton;

namespace meerstem::gui {

/// What a command would do, shown by the same widget as any view; nothing in it acts. Modal. For a command that takes
/// rows of its preview, ShowModal gives wxID_OK when the user wants it done for the chosen ones.
class PreviewDialog : public wxDialog, public WidgetHost {
 public:
  PreviewDialog(wxWindow* parent, Session& session, double zoom, std::shared_ptr<const view::Model> model, bool takes_rows);
  const std::vector<std::string>& rows() const { return rows_; }

  void Open(const view::Target&, bool) override {}
  void Execute(const std::string&, const Arguments&) override {}
  void Selected(const Selection& selection) override;
  void PopupCommands(wxWindow*, const Selection&, const std::vector<view::Action>&) override {}
  void Rebuild(const Arguments&) override {}
  std::shared_ptr<void> Ask(std::function<void(Reading&, Job&)> look, std::function<void(const Error*)> answered) override;
  Drafts& drafts() override { return session_.drafts(); }
  std::shared_ptr<const Language> KeptLanguage() const override { return language_; }
  double zoom() const override { return zoom_; }

 private:
  Session& session_;
  double zoom_;
  std::shared_ptr<const Language> language_;
  std::unique_ptr<ViewWidget> widget_;
  wxButton* only_ = nullptr;
  std::vector<std::string> rows_;
};

}  // namespace meerstem::gui
