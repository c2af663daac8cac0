#include "gui/shell/frame.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <future>

#include <wx/combobox.h>
#include <wx/dataview.h>
#include <wx/display.h>
#include <wx/intl.h>
#include <wx/progdlg.h>
#include <wx/sizer.h>
#include <wx/textctrl.h>
#include <wx/translation.h>

#include "core/base/error.h"
#include "gui/widgets/accessible.h"
#include "gui/shell/sections.h"
#include "gui/shell/start_page.h"
#include "gui/shell/tr.h"
#include "gui/shell/zoom.h"

namespace meerstem::gui {
namespace {

constexpr int kRefreshRest = 60;  ///< Milliseconds in which changes are gathered, so that a group of Runs is one refresh.

/// wx's own words (buttons of its dialogs). Not by wxLocale: that would change the C locale under the data.
void UseLanguageOfWx(const std::string& tag) {
  auto* translations = new wxTranslations;
  translations->SetLanguage(ToWx(tag));
  translations->AddStdCatalog();
  wxTranslations::Set(translations);
}

}  // namespace

Frame::Frame(House house) : wxFrame(nullptr, wxID_ANY, ToWx("Meerstem")), house_(std::move(house)), settings_(house_.state_folder) {
  std::string tag = settings_.language();
  if (tag.empty()) tag = wxLocale::GetLanguageCanonicalName(wxLocale::GetSystemLanguage()).StartsWith(wxASCII_STR("nl")) ? "nl" : "en";
  SetCurrentLanguage(house_.language_for(tag));
  UseLanguageOfWx(tag);
  ZoomNativeFonts(zoom());
  SetMinSize(FromDIP(wxSize(720, 480)));
  const wxRect screen = wxDisplay(this).GetClientArea();
  SetSize(wxSize(std::min(FromDIP(1320), screen.width - FromDIP(40)), std::min(FromDIP(860), screen.height - FromDIP(60))));
  Centre();
  SetSizer(new wxBoxSizer(wxVERTICAL));
  refresh_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { RefreshPanes(); });
  Bind(wxEVT_MENU, [this](wxCommandEvent& event) {
    if (!menu_actions_.Run(event.GetId())) event.Skip();
  });
  Bind(wxEVT_MENU_OPEN, [this](wxMenuEvent& event) {
    event.Skip();
    CheckMenu(event.GetMenu());
  });
  Bind(wxEVT_MENU_CLOSE, [this](wxMenuEvent& event) {
    event.Skip();
    // A submenu that closes leaves its menu open.
    const bool whole = std::find(command_menus_.begin(), command_menus_.end(), event.GetMenu()) != command_menus_.end();
    if (whole) CallAfter([this] { ReleaseMenus(); });
  });
  Bind(wxEVT_CHAR_HOOK, &Frame::OnKey, this);
  Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent&) {
    LeaveStudy();
    Destroy();
  });
  MakeActions();
  MakeMenus();
  MakeContent();
  ShowStudyNotices();
}

Frame::~Frame() { LeaveStudy(); }

bool Frame::ShowError(const std::function<void()>& risky) {
  try {
    risky();
    return true;
  } catch (const Error& error) {
    ShowNotice(error.message(), NoticeKind::kRefused);
  } catch (const std::exception& error) {
    ShowNotice(Say("Something went wrong inside Meerstem ({0}); the study stays as it was.", error.what()), NoticeKind::kRefused);
  }
  return false;
}

void Frame::OnWorker(const wxString& what, const std::function<void()>& work) {
  using namespace std::chrono_literals;
  auto done = std::async(std::launch::async, work);
  if (done.wait_for(200ms) != std::future_status::ready) {
    wxProgressDialog waiting(ToWx("Meerstem"), what, 100, this, wxPD_APP_MODAL);
    while (done.wait_for(40ms) != std::future_status::ready) waiting.Pulse();
  }
  done.get();
}

bool Frame::OpenStudy(const std::string& path) {
  return Adopt([&] { return house_.open(path); });
}

void Frame::ShowFirst() {
  if (!session_ || !tabs_ || tabs_->GetPageCount() > 0) return;
  for (const auto& section : SectionsOf(session_->registry())) {
    const auto offered = std::find_if(section.views.begin(), section.views.end(), [](const View* view) { return view->in_navigator; });
    if (offered == section.views.end()) continue;
    OpenAny((*offered)->id, false);
    return;
  }
}

bool Frame::NewStudy(const std::string& path) {
  return Adopt([&, tag = CurrentLanguage()->tag()] { return house_.create(path, tag); });
}

/// The study that `open` gives takes the place of the one before, which stays when it gives none.
bool Frame::Adopt(const std::function<std::unique_ptr<Store>()>& open) {
  return ShowError([&] {
    Session::Looked looked;
    OnWorker(Tr("The study is opened and backed up; this takes a moment."), [&] { looked = Session::Look(open(), house_.researcher); });
    LeaveStudy();
    settings_.AddRecent(looked.store->path());
    session_ = std::make_unique<Session>(*house_.registry, std::move(looked));
    session_->on_change = [this](const Change& change) { OnChange(change); };
    runner_ = std::make_unique<Runner>(this, *this);
    undo_ = std::make_unique<Undo>(this, *this);
    undo_->on_known = [this] { NameUndo(); };
    MakeMenus();
    MakeContent();
    ShowStudyNotices();
    // Unless whoever opened it shows something, the first view does: an empty window says nothing.
    CallAfter([this] { ShowFirst(); });
  });
}

void Frame::CloseStudy() {
  LeaveStudy();
  MakeMenus();
  MakeContent();
}

/// Everything that points into the study goes before the study.
void Frame::LeaveStudy() {
  if (!session_) return;
  refresh_.Stop();
  changed_ = {};
  session_->jobs().CancelAll();
  if (status_) status_->Watch(nullptr);
  if (content_) {
    content_->Hide();
    content_->DestroyChildren();
    navigator_ = nullptr;
    tabs_ = nullptr;
    inspector_ = nullptr;
    notice_ = nullptr;
    status_ = nullptr;
    outer_ = inner_ = nullptr;
  }
  undo_.reset();
  session_->Stop();
  auto leaving = std::move(session_);
  OnWorker(Tr("The study is closed; this takes a moment."), [&] { leaving.reset(); });
  runner_.reset();
}

void Frame::MakeContent() {
  Freeze();
  if (content_) {
    // Hidden and cleared now, destroyed when no event handler of its own is running any more.
    wxPanel* old = content_;
    old->Hide();
    GetSizer()->Detach(old);
    navigator_ = nullptr;
    tabs_ = nullptr;
    inspector_ = nullptr;
    old->DestroyChildren();
    old->Destroy();
  }
  content_ = new wxPanel(this);
  auto* column = new wxBoxSizer(wxVERTICAL);
  notice_ = new NoticeBar(content_);
  status_ = new StatusPanel(content_);
  column->Add(notice_, wxSizerFlags().Expand());
  if (session_) {
    MakeStudyContent(column);
  } else {
    auto* start = new StartPage(content_, settings_.recent(),
                                {[this] { AskNewStudy(); }, [this] { AskOpenStudy(); }, [this](const std::string& path) { OpenStudy(path); }});
    column->Add(start, wxSizerFlags(1).Expand());
  }
  column->Add(status_, wxSizerFlags().Expand());
  status_->Watch(session_ ? &session_->jobs() : nullptr);
  content_->SetSizer(column);
  GetSizer()->Add(content_, wxSizerFlags(1).Expand());
  Layout();
  content_->Layout();
  Thaw();
  ShowTitle();
  if (!inner_ || !session_) return;
  ApplyShown();
  // Sashes take their places when the window has its size.
  CallAfter([this] {
    if (inner_) ApplyShown();
  });
}

void Frame::MakeStudyContent(wxSizer* column) {
  outer_ = new wxSplitterWindow(content_, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxSP_LIVE_UPDATE);
  inner_ = new wxSplitterWindow(outer_, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxSP_LIVE_UPDATE);
  outer_->SetMinimumPaneSize(FromDIP(140));
  inner_->SetMinimumPaneSize(FromDIP(160));
  outer_->SetSashGravity(0);
  inner_->SetSashGravity(1);
  navigator_ = new Navigator(outer_, session_->registry(), [this](const std::string& id, bool workspace) { OpenAny(id, workspace); });
  tabs_ = new Tabs(inner_, *this);
  inspector_ = new Inspector(inner_, *this, *runner_);
  column->Add(outer_, wxSizerFlags(1).Expand());
}

void Frame::ApplyShown() {
  content_->Layout();
  const bool navigator = settings_.shown("navigator"), inspector = settings_.shown("inspector");
  if (outer_->IsSplit()) outer_->Unsplit(navigator_);
  if (inner_->IsSplit()) inner_->Unsplit(inspector_);
  navigator_->Show(navigator);
  inspector_->Show(inspector);
  if (navigator) outer_->SplitVertically(navigator_, inner_, std::clamp(navigator_->WantedWidth(), FromDIP(200), std::max(FromDIP(320), GetSize().x * 3 / 10)));
  else outer_->Initialize(inner_);
  content_->Layout();
  if (inspector) inner_->SplitVertically(tabs_, inspector_, -std::clamp(static_cast<int>(FromDIP(290) * zoom()), FromDIP(290), std::max(FromDIP(290), content_->GetClientSize().x / 4)));
  else inner_->Initialize(tabs_);
}

void Frame::ShowTitle() {
  if (!session_) SetTitle(ToWx("Meerstem"));
  else if (session_->store().read_only()) SetTitle(Tr("{0} (reading only) – Meerstem", session_->name()));
  else SetTitle(Tr("{0} – Meerstem", session_->name()));
}

/// What to know before the work begins: plugins that are not there, why the study is only read, what was mended.
void Frame::ShowStudyNotices() {
  std::vector<Message> all;
  for (const auto& plugin : house_.plugins) {
    if (!plugin.loaded) all.push_back(Say("The plugin “{0}” is not there: {1}", plugin.id.empty() ? plugin.file : plugin.id, plugin.why_not));
  }
  const bool missing = !all.empty();
  if (session_) {
    const auto& notices = session_->store().notices();
    all.insert(all.end(), notices.begin(), notices.end());
    if (session_->drafts().left_behind() > 0) {
      all.push_back(Say("Words that were typed but not yet part of the study when Meerstem ended were kept; they stand where you typed them."));
    }
    if (notices.empty() && session_->store().read_only()) all.push_back(Say("The study is open for reading only."));
  }
  if (all.empty()) return;
  Message whole = all.front();
  for (std::size_t i = 1; i < all.size(); ++i) whole = Say("{0} {1}", whole, all[i]);
  ShowNotice(whole, missing ? NoticeKind::kRefused : NoticeKind::kNote);
}

void Frame::UseLanguage(const std::string& tag) {
  if (tag == CurrentLanguage()->tag()) return;
  SetCurrentLanguage(house_.language_for(tag));
  UseLanguageOfWx(tag);
  settings_.SetLanguage(tag);
  std::vector<Tabs::Spec> specs;
  int selected = wxNOT_FOUND;
  if (tabs_) {
    specs = tabs_->Specs();
    selected = tabs_->GetSelection();
  }
  MakeActions();
  MakeMenus();
  MakeContent();
  Restore(specs, selected);
}

void Frame::Restore(const std::vector<Tabs::Spec>& specs, int selected) {
  if (!tabs_) return;
  for (const auto& spec : specs) {
    if (spec.workspace) tabs_->OpenWorkspace(spec.id, spec.arguments);
    else tabs_->OpenView(spec.id, spec.arguments.empty() ? Arguments() : spec.arguments.front(), true, nullptr);
  }
  if (selected >= 0 && selected < static_cast<int>(tabs_->GetPageCount())) tabs_->SetSelection(selected);
}

void Frame::SetZoom(int percent) {
  settings_.SetZoom(std::clamp(percent, 50, 300));
  ZoomNativeFonts(zoom());
  FitMenuBar(*GetMenuBar(), zoom(), wxDisplay(this).GetClientArea().width);
  // GTK gives its windows the new font when it draws next.
  CallAfter([this] { LayOutAnew(content_); });
  if (tabs_) {
    for (std::size_t i = 0; i < tabs_->GetPageCount(); ++i) {
      for (ViewPane* pane : tabs_->page(i)->panes()) pane->Restyle();
    }
  }
  if (inspector_) inspector_->Watch(tabs_->active());
  if (status_) status_->Say(Tr("Zoom: {0} %", settings_.zoom()));
}

void Frame::OpenAny(const std::string& id, bool workspace) {
  if (!tabs_) return;
  ShowError([&] {
    ViewPane* pane = nullptr;
    if (workspace) {
      if (Page* page = tabs_->OpenWorkspace(id)) pane = page->active();
    } else {
      pane = tabs_->OpenView(id, {}, false, nullptr);
    }
    if (pane) pane->FocusContent();
  });
}

void Frame::OpenTarget(const view::Target& target, bool beside, ViewPane* from) {
  // From inside a handler of the pane that may be rebuilt by this: after it.
  const wxWeakRef<ViewPane> source(from);
  CallAfter([this, target, beside, source] {
    if (!tabs_) return;
    ShowError([&] {
      if (ViewPane* pane = tabs_->OpenView(target.view, target.arguments, beside, source)) pane->FocusContent();
    });
  });
}

void Frame::RunCommand(const std::string& command, const Arguments& bound, bool asking) {
  CallAfter([this, command, bound, asking] {
    if (runner_) runner_->Run(command, bound, CurrentSelection(), asking);
  });
}

void Frame::RunById(const std::string& command) { RunCommand(command, {}, true); }

Selection Frame::CurrentSelection() const {
  ViewPane* pane = tabs_ ? tabs_->active() : nullptr;
  if (!pane) return {};
  Selection selection = pane->selection();
  selection.subjects = pane->Subjects();
  return selection;
}

void Frame::SelectionChanged(ViewPane& pane, const Selection& selection) {
  if (!tabs_) return;
  if (Page* page = tabs_->PageOf(pane)) {
    if (!selection.empty() && page->active() != &pane && wxWindow::FindFocus() && pane.IsDescendant(wxWindow::FindFocus())) page->SetActive(&pane);
    page->Follow(pane, selection);
    if (page == tabs_->current() && inspector_) inspector_->Watch(page->active());
  }
}

void Frame::PaneShown(ViewPane& pane) {
  if (!tabs_) return;
  Page* page = tabs_->PageOf(pane);
  if (!page) return;
  if (wxWindow::FindFocus() && pane.IsDescendant(wxWindow::FindFocus())) page->SetActive(&pane);
  tabs_->ShowTitle(pane);
  if (page == tabs_->current() && inspector_) inspector_->Watch(page->active());
}

void Frame::CloseTabOf(ViewPane& pane) {
  // After the click that asked for it: its button goes with the tab.
  const wxWeakRef<ViewPane> leaving(&pane);
  CallAfter([this, leaving] {
    if (!leaving || !tabs_) return;
    if (Page* page = tabs_->PageOf(*leaving)) tabs_->DeletePage(tabs_->FindPage(page));
    if (inspector_) inspector_->Watch(tabs_->active());
  });
}

void Frame::PopupCommands(wxWindow* window, const Selection& selection, const std::vector<view::Action>& actions) {
  wxMenu menu;
  MenuActions items;
  for (const auto& action : actions) {
    items.Add(menu, Shown(action.label), {}, {}, [this, action] { RunCommand(action.command, action.bound, true); });
  }
  std::vector<const Command*> offered;
  std::vector<wxMenuItem*> lines;
  bool separated = actions.empty();
  for (const auto& command : session_->registry().commands()) {
    if (!TakesSelection(command, selection)) continue;
    if (!separated) menu.AppendSeparator();
    separated = true;
    offered.push_back(&command);
    lines.push_back(items.Add(menu, LabelOf(command, selection), KeyOf(command.id), Shown(command.help), [this, id = command.id] { RunCommand(id, {}, true); }));
  }
  if (menu.GetMenuItemCount() == 0) return;
  const auto asked = runner_->AskPossible(offered, selection, [&lines](const std::vector<Message>& why) {
    for (std::size_t i = 0; i < lines.size(); ++i) lines[i]->Enable(why[i].empty());
  });
  const int chosen = window->GetPopupMenuSelectionFromUser(menu);
  if (chosen != wxID_NONE) items.Run(chosen);
}

void Frame::Made(const std::vector<Id>& created) {
  // Where hundreds came in, none of them is the one to go on with.
  constexpr std::size_t kMost = 20;
  ViewPane* pane = tabs_ ? tabs_->active() : nullptr;
  if (!pane || !pane->widget() || created.size() > kMost) return;
  std::vector<std::string> keys;
  for (const auto& id : created) keys.push_back(ToString(id));
  pane->widget()->ChooseNext(std::move(keys));
}

void Frame::ShowNotice(const Message& message, NoticeKind kind) {
  if (!notice_) return;
  if (kind != NoticeKind::kDone) return notice_->Show(Shown(message), kind);
  // A sentence of before about what did not go is answered by what now did.
  if (notice_->IsShown()) notice_->Hide();
  status_->Say(Shown(message));
}

std::string Frame::KeyOf(const std::string& id) const { return keys_->Of(id); }

void Frame::OnChange(const Change& change) {
  changed_.Add(change);
  if (!refresh_.IsRunning()) refresh_.StartOnce(kRefreshRest);
}

void Frame::RefreshPanes() {
  const Change change = std::exchange(changed_, {});
  if (undo_) undo_->Look();
  if (!tabs_) return;
  for (std::size_t i = 0; i < tabs_->GetPageCount(); ++i) {
    for (ViewPane* pane : tabs_->page(i)->panes()) pane->Refresh(change);
  }
}

void Frame::OnKey(wxKeyEvent& event) {
  const int key = event.GetKeyCode();
  if (key == WXK_F6) return StepFocus(event.ShiftDown() ? -1 : 1);
  if (key == WXK_TAB && event.ControlDown() && tabs_) return tabs_->Step(event.ShiftDown() ? -1 : 1);
  // Native lists have bindings of their own on these (Ctrl+Shift+A: select nothing) and would take them first.
  if (event.ControlDown() && event.ShiftDown() && !event.AltDown() && key >= 'A' && key <= 'Z' && session_ &&
      dynamic_cast<wxDataViewCtrl*>(wxWindow::FindFocus())) {
    const std::string id = keys_->Taker(std::string("Ctrl+Shift+") + static_cast<char>(key));
    if (session_->registry().FindCommand(id)) return RunById(id);
  }
  if ((key == WXK_DELETE || key == WXK_NUMPAD_DELETE) && !event.HasAnyModifiers() && DeleteSelected()) return;
  if (key == WXK_ESCAPE && notice_ && notice_->IsShown() && notice_->IsDescendant(wxWindow::FindFocus())) {
    notice_->Hide();
    if (ViewPane* pane = tabs_ ? tabs_->active() : nullptr) pane->FocusContent();
    return;
  }
  event.Skip();
}

/// Runs the command that has this key on the things that are selected in a view; in a field the key is the field's.
bool Frame::DeleteSelected() {
  const ViewPane* pane = tabs_ ? tabs_->active() : nullptr;
  const Command* command = session_ ? session_->registry().FindCommand(keys_->Taker("Delete")) : nullptr;
  wxWindow* focus = FindFocus();
  const auto* field = dynamic_cast<wxTextCtrl*>(focus);
  if (!pane || !command || !focus || (field && field->IsEditable()) || dynamic_cast<wxComboBox*>(focus) || !pane->IsDescendant(focus)) return false;
  for (const auto& parameter : command->parameters) {
    if (parameter.type != ParameterType::kEntity) continue;
    Arguments bound;
    for (const auto& entity : pane->selection().entities) {
      if (entity.kind == parameter.entity_kind && (parameter.list || !bound.Has(parameter.name))) bound.Add(parameter.name, entity.id);
    }
    if (!bound.Has(parameter.name)) return false;
    RunCommand(command->id, bound, false);
    return true;
  }
  return false;
}

void Frame::StepFocus(int direction) {
  if (!session_) return;
  struct Stop {
    wxWindow* area;
    std::function<void()> enter;
  };
  std::vector<Stop> stops;
  const auto plain = [](wxWindow* window) { return Stop{window, [window] { window->SetFocus(); }}; };
  if (navigator_->IsShown()) stops.push_back(plain(navigator_));
  if (Page* page = tabs_->current()) {
    for (ViewPane* pane : page->panes()) {
      if (!pane->bar()->empty()) stops.push_back({pane->bar(), [pane] { pane->bar()->FocusFirst(); }});
      if (pane->widget()->Window()->IsShown()) stops.push_back({pane->widget()->Window(), [pane] { pane->FocusContent(); }});
    }
  }
  if (inspector_->IsShown()) stops.push_back(plain(inspector_));
  if (notice_->IsShown()) stops.push_back(plain(notice_));
  if (wxWindow* cancel = status_->CancelButton()) stops.push_back(plain(cancel));
  if (stops.empty()) return;
  const int count = static_cast<int>(stops.size());
  int now = direction > 0 ? -1 : 0;
  for (int i = 0; i < count; ++i) {
    if (stops[i].area == FindFocus() || stops[i].area->IsDescendant(FindFocus())) now = i;
  }
  stops[(now + direction + count) % count].enter();
}

}  // namespace meerstem::gui
