#include <filesystem>

#include <wx/aboutdlg.h>
#include <wx/button.h>
#include <wx/clipbrd.h>
#include <wx/dialog.h>
#include <wx/display.h>
#include <wx/filedlg.h>
#include <wx/sizer.h>
#include <wx/textctrl.h>
#include <wx/textentry.h>

#include "gui/widgets/accessible.h"
#include "gui/shell/export.h"
#include "gui/shell/frame.h"
#include "gui/shell/palette.h"
#include "gui/shell/tr.h"
#include "gui/shell/zoom.h"

namespace meerstem::gui {
namespace {

constexpr int kZoomStep = 10;

wxString StudyFiles() { return Tr("Meerstem studies") + wxASCII_STR(" (*.meerstem)|*.meerstem"); }

}  // namespace

void Frame::MakeActions() {
  const auto pane = [this](auto&& use) {
    if (ViewPane* active = tabs_ ? tabs_->active() : nullptr) use(*active);
  };
  shell_actions_ = {
      {"study.new", Say("New study…"), Say("Make a new study in a file of its own"), "Ctrl+N", false, [this] { AskNewStudy(); }},
      {"study.open", Say("Open…"), Say("Open a study"), "Ctrl+O", false, [this] { AskOpenStudy(); }},
      {"study.export", Say("Export the view…"), Say("Write the view that is shown to a file"), "Ctrl+E", true,
       [this, pane] { pane([this](ViewPane& each) { ExportView(this, *this, each); }); }},
      {"study.close", Say("Close the study"), Say("Back to the start page"), "Ctrl+Shift+W", true, [this] { CallAfter([this] { CloseStudy(); }); }},
      {"study.quit", Say("Quit"), Say("Close the study and the window"), "Ctrl+Q", false, [this] { Close(); }},
      {"edit.undo", Say("Undo"), Say("Take the last change to the study back"), "Ctrl+Z", true, [this] { if (undo_) undo_->Do(true); }},
      {"edit.redo", Say("Redo"), Say("Do again what was undone"), "Ctrl+Shift+Z", true, [this] { if (undo_) undo_->Do(false); }},
      {"edit.repeat", Say("Repeat the last command"), Say("The same once more, on what is selected now"), "Ctrl+Shift+R", true,
       [this] { if (runner_) runner_->Repeat(CurrentSelection()); }},
      {"edit.cut", Say("Cut"), Say("Cut the selected text of a field"), "Ctrl+X", false, [this] { Edit(wxID_CUT); }},
      {"edit.copy", Say("Copy"), Say("Copy what is selected"), "Ctrl+C", false, [this] { Edit(wxID_COPY); }},
      {"edit.paste", Say("Paste"), Say("Paste into a field"), "Ctrl+V", false, [this] { Edit(wxID_PASTE); }},
      {"view.palette", Say("Command palette…"), Say("Find a command or a view by typing"), "Ctrl+Shift+P", false, [this] { Palette(); }},
      {"view.refresh", Say("Build the view again"), Say("Read the study anew for this view"), "F5", true, [pane] { pane([](ViewPane& each) { each.Build(); }); }},
      {"view.back", Say("Back"), Say("What this tab showed before"), "Alt+Left", true, [pane] { pane([](ViewPane& each) { each.Back(); }); }},
      {"view.close", Say("Close the tab"), Say("Close the view that is shown"), "Ctrl+W", true,
       [this] { CallAfter([this] { if (tabs_) tabs_->CloseCurrent(); if (inspector_) inspector_->Watch(tabs_->active()); }); }},
      {"view.zoom-in", Say("Larger"), Say("Show views larger"), "Ctrl++", false, [this] { SetZoom(settings_.zoom() + kZoomStep); }},
      {"view.zoom-out", Say("Smaller"), Say("Show views smaller"), "Ctrl+-", false, [this] { SetZoom(settings_.zoom() - kZoomStep); }},
      {"view.zoom-reset", Say("Usual size"), Say("Show views at 100 %"), "Ctrl+0", false, [this] { SetZoom(100); }},
      {"view.navigator", Say("Navigator"), Say("Show or hide the panel at the left"), "Ctrl+Shift+L", true, [this] { Toggle("navigator"); }},
      {"view.inspector", Say("Inspector"), Say("Show or hide the panel at the right"), "Ctrl+Shift+I", true, [this] { Toggle("inspector"); }},
      {"language.nl", Verbatim("Nederlands"), Say("Show the window in Dutch"), {}, false, [this] { CallAfter([this] { UseLanguage("nl"); }); }},
      {"language.en", Verbatim("English"), Say("Show the window in English"), {}, false, [this] { CallAfter([this] { UseLanguage("en"); }); }},
      {"help.keys", Say("Keys…"), Say("Every key and what it does"), "F1", false, [this] { ShowKeys(this, *keys_, Moves()); }},
      {"help.about", Say("About Meerstem…"), Say("Version, and the plugins that are there"), {}, false, [this] { About(); }},
  };
  keys_ = std::make_unique<Keys>(shell_actions_, *house_.registry);
}

void Frame::MakeMenus() {
  menu_actions_ = {};
  command_menus_.clear();
  undo_item_ = redo_item_ = repeat_item_ = nullptr;
  auto* bar = new wxMenuBar;
  std::string used;
  const auto add = [&](wxMenu& menu, const std::string& id, wxItemKind kind = wxITEM_NORMAL) -> wxMenuItem* {
    for (const auto& action : shell_actions_) {
      if (action.id != id) continue;
      auto* item = menu_actions_.Add(menu, Shown(action.label), action.key, Shown(action.help), action.run, kind);
      if (action.needs_study && !session_) item->Enable(false);
      return item;
    }
    return nullptr;
  };

  auto* study = new wxMenu;
  add(*study, "study.new");
  add(*study, "study.open");
  auto* recent = new wxMenu;
  for (const auto& path : settings_.recent()) {
    menu_actions_.Add(*recent, ToWx(std::filesystem::path(path).stem().string()), {}, ToWx(path), [this, path] { CallAfter([this, path] { OpenStudy(path); }); });
  }
  auto* recent_item = study->AppendSubMenu(recent, Plain(Tr("Recent studies")));
  recent_item->Enable(recent->GetMenuItemCount() > 0);
  study->AppendSeparator();
  add(*study, "study.export");
  add(*study, "study.close");
  add(*study, "study.quit");
  bar->Append(study, WithMnemonic(Tr("Study"), used));

  auto* edit = new wxMenu;
  undo_item_ = add(*edit, "edit.undo");
  redo_item_ = add(*edit, "edit.redo");
  repeat_item_ = add(*edit, "edit.repeat");
  edit->AppendSeparator();
  for (const char* id : {"edit.cut", "edit.copy", "edit.paste"}) add(*edit, id);
  bar->Append(edit, WithMnemonic(Tr("Edit"), used));

  auto* view = new wxMenu;
  for (const char* id : {"view.palette", "view.refresh", "view.back", "view.close"}) add(*view, id);
  view->AppendSeparator();
  for (const char* id : {"view.zoom-in", "view.zoom-out", "view.zoom-reset"}) add(*view, id);
  view->AppendSeparator();
  for (const char* panel : {"navigator", "inspector"}) {
    if (auto* item = add(*view, std::string("view.") + panel, wxITEM_CHECK)) item->Check(settings_.shown(panel));
  }
  auto* language = new wxMenu;
  for (const char* tag : {"nl", "en"}) {
    if (auto* item = add(*language, std::string("language.") + tag, wxITEM_RADIO)) item->Check(CurrentLanguage()->tag() == tag);
  }
  view->AppendSubMenu(language, Plain(Tr("Language")));
  bar->Append(view, WithMnemonic(Tr("View"), used));

  if (session_) {
    for (const auto& section : SectionsOf(*house_.registry)) {
      auto* menu = new CommandMenu(section, menu_actions_, *keys_, [this](const std::string& id) { RunById(id); },
                                   [this](const std::string& id, bool workspace) { OpenAny(id, workspace); });
      if (menu->GetMenuItemCount() == 0) {
        delete menu;
        continue;
      }
      command_menus_.push_back(menu);
      bar->Append(menu, WithMnemonic(Shown(section.label), used));
    }
  }
  auto* help = new wxMenu;
  add(*help, "help.keys");
  add(*help, "help.about");
  bar->Append(help, WithMnemonic(Tr("Help"), used));

  wxMenuBar* old = GetMenuBar();
  FitMenuBar(*bar, zoom(), wxDisplay(this).GetClientArea().width);
  SetMenuBar(bar);
  delete old;
  NameUndo();
}

void Frame::CheckMenu(wxMenu* menu) {
  for (CommandMenu* each : command_menus_) {
    if (each == menu && runner_) each->Check(*runner_, CurrentSelection());
  }
}

void Frame::ReleaseMenus() {
  for (CommandMenu* each : command_menus_) each->Release();
}

void Frame::NameUndo() {
  if (!undo_item_ || !undo_) return;
  const auto name = [this](wxMenuItem* item, const std::string& id, const Message& label) {
    item->SetItemLabel(Plain(Shown(label)) + wxASCII_STR("\t") + ToWx(keys_->Of(id)));
  };
  name(undo_item_, "edit.undo", undo_->UndoLabel());
  name(redo_item_, "edit.redo", undo_->RedoLabel());
}

void Frame::AskNewStudy() {
  wxFileDialog dialog(this, Tr("New study"), wxString(), Tr("New study") + wxASCII_STR(".meerstem"), StudyFiles(), wxFD_SAVE);
  if (dialog.ShowModal() != wxID_OK) return;
  std::filesystem::path path(FromWx(dialog.GetPath()));
  if (path.extension() != ".meerstem") path += ".meerstem";
  CallAfter([this, file = path.string()] { NewStudy(file); });
}

void Frame::AskOpenStudy() {
  wxFileDialog dialog(this, Tr("Open a study"), wxString(), wxString(), StudyFiles(), wxFD_OPEN | wxFD_FILE_MUST_EXIST);
  if (dialog.ShowModal() != wxID_OK) return;
  CallAfter([this, file = FromWx(dialog.GetPath())] { OpenStudy(file); });
}

/// What the widget of the view that is shown does by keys of its own.
std::vector<WidgetAction> Frame::Moves() const {
  ViewPane* pane = tabs_ ? tabs_->active() : nullptr;
  return pane && pane->model() ? pane->widget()->Actions() : std::vector<WidgetAction>();
}

void Frame::Palette() {
  ShowPalette(this, shell_actions_, *house_.registry, *keys_, Moves(), runner_.get(), CurrentSelection(),
              {[this](const std::string& id) { RunById(id); }, [this](const std::string& id, bool workspace) { OpenAny(id, workspace); }});
}

/// Cut, copy and paste are of the control that has the focus; one that is no text field may know the id itself.
void Frame::Edit(wxWindowID what) {
  wxWindow* focus = FindFocus();
  if (!focus) return;
  if (auto* entry = dynamic_cast<wxTextEntry*>(focus)) {
    if (what == wxID_CUT) entry->Cut();
    else if (what == wxID_COPY) entry->Copy();
    else entry->Paste();
    return;
  }
  wxCommandEvent event(wxEVT_MENU, what);
  event.SetEventObject(focus);
  focus->GetEventHandler()->ProcessEvent(event);
}

void Frame::Toggle(const std::string& panel) {
  settings_.SetShown(panel, !settings_.shown(panel));
  if (session_) ApplyShown();
  CallAfter([this] { MakeMenus(); });
}

void Frame::About() {
  wxDialog dialog(this, wxID_ANY, Tr("About Meerstem"), wxDefaultPosition, wxDefaultSize, wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER);
  wxString words = Tr("Meerstem, version {0}", MEERSTEM_VERSION) + wxASCII_STR("\n\n");
  words += Tr("Many voices: a workbench for lived experience and numbers in one study.") + wxASCII_STR("\n\n");
  words += Tr("Plugins") + wxASCII_STR("\n");
  for (const auto& plugin : house_.plugins) {
    const std::string name = plugin.id.empty() ? plugin.file : plugin.id;
    words += wxASCII_STR("  ") + (plugin.loaded ? Tr("{0}, version {1}", name, plugin.version) : Tr("{0} is not there: {1}", name, plugin.why_not)) + wxASCII_STR("\n");
  }
  auto* text = new wxTextCtrl(&dialog, wxID_ANY, words, wxDefaultPosition, dialog.FromDIP(wxSize(480, 260)), wxTE_MULTILINE | wxTE_READONLY);
  SetAccessibleName(text, Tr("About Meerstem"));
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(text, wxSizerFlags(1).Expand().Border(wxALL, dialog.FromDIP(10)));
  column->Add(new wxButton(&dialog, wxID_CANCEL, Tr("Close")), wxSizerFlags().Right().Border(wxLEFT | wxRIGHT | wxBOTTOM, dialog.FromDIP(10)));
  dialog.SetSizerAndFit(column);
  dialog.CentreOnParent();
  dialog.ShowModal();
}

}  // namespace meerstem::gui
