#pragma once

#include <memory>
#include <string>
#include <vector>

#include <wx/frame.h>
#include <wx/splitter.h>
#include <wx/timer.h>
#include <wx/weakref.h>

#include "gui/shell/command_menu.h"
#include "gui/shell/house.h"
#include "gui/shell/inspector.h"
#include "gui/shell/keys.h"
#include "gui/shell/navigator.h"
#include "gui/shell/notice_bar.h"
#include "gui/shell/runner.h"
#include "gui/shell/session.h"
#include "gui/shell/settings.h"
#include "gui/shell/status_panel.h"
#include "gui/shell/tabs.h"
#include "gui/shell/undo.h"

namespace meerstem::gui {

/// The window: one study, or the start page. Everything in it is made anew when a study opens or closes and when the
/// language changes; the tabs that were open are then opened again. Window thread.
class Frame : public wxFrame, public Shell {
 public:
  explicit Frame(House house);
  ~Frame() override;

  /// Errors are shown, and leave what was open as it was.
  bool OpenStudy(const std::string& path);
  bool NewStudy(const std::string& path);
  void CloseStudy();
  /// What takes the disk its time and cannot be gone around, such as opening and closing a study: a worker does it while
  /// the window breathes. Throws what `work` throws.
  void OnWorker(const wxString& what, const std::function<void()>& work);
  bool has_study() const { return session_ != nullptr; }

  void OpenAny(const std::string& id, bool workspace);
  void RunById(const std::string& command);
  void UseLanguage(const std::string& tag);
  void SetZoom(int percent);
  void Palette();

  Session& session() override { return *session_; }
  double zoom() const override { return settings_.zoom() / 100.0; }
  void OpenTarget(const view::Target& target, bool beside, ViewPane* from) override;
  void RunCommand(const std::string& command, const Arguments& bound, bool asking) override;
  void SelectionChanged(ViewPane& pane, const Selection& selection) override;
  void PaneShown(ViewPane& pane) override;
  void CloseTabOf(ViewPane& pane) override;
  void PopupCommands(wxWindow* window, const Selection& selection, const std::vector<view::Action>& actions) override;
  void Made(const std::vector<Id>& created) override;
  void ShowNotice(const Message& message, NoticeKind kind) override;
  Selection CurrentSelection() const override;
  std::string KeyOf(const std::string& id) const override;

  const std::vector<ShellAction>& actions() const { return shell_actions_; }
  Tabs* tabs() const { return tabs_; }
  NoticeBar* notice() const { return notice_; }
  StatusPanel* status() const { return status_; }
  Undo* undo() const { return undo_.get(); }
  const Keys& keys() const { return *keys_; }

 private:
  // frame_actions.cpp: what the window can do, and its menus.
  void MakeActions();
  void MakeMenus();
  void CheckMenu(wxMenu* menu);
  void ReleaseMenus();
  void NameUndo();
  std::vector<WidgetAction> Moves() const;
  void AskNewStudy();
  void AskOpenStudy();
  void Edit(wxWindowID what);
  void About();
  void Toggle(const std::string& panel);

  // frame.cpp
  bool Adopt(const std::function<std::unique_ptr<Store>()>& open);
  void ShowFirst();
  void LeaveStudy();
  void MakeContent();
  void MakeStudyContent(wxSizer* column);
  void ApplyShown();
  void ShowTitle();
  void ShowStudyNotices();
  void Restore(const std::vector<Tabs::Spec>& specs, int selected);
  void OnChange(const Change& change);
  void RefreshPanes();
  void OnKey(wxKeyEvent& event);
  bool DeleteSelected();
  void StepFocus(int direction);
  bool ShowError(const std::function<void()>& risky);

  House house_;
  Settings settings_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<Runner> runner_;
  std::unique_ptr<Undo> undo_;
  std::vector<ShellAction> shell_actions_;
  std::unique_ptr<Keys> keys_;
  MenuActions menu_actions_;
  std::vector<CommandMenu*> command_menus_;
  wxMenuItem* undo_item_ = nullptr;
  wxMenuItem* redo_item_ = nullptr;
  wxMenuItem* repeat_item_ = nullptr;
  Change changed_;
  wxTimer refresh_;

  wxPanel* content_ = nullptr;
  NoticeBar* notice_ = nullptr;
  StatusPanel* status_ = nullptr;
  wxSplitterWindow* outer_ = nullptr;
  wxSplitterWindow* inner_ = nullptr;
  Navigator* navigator_ = nullptr;
  Tabs* tabs_ = nullptr;
  Inspector* inspector_ = nullptr;
};

}  // namespace meerstem::gui
