#include "gui/widgets/cell_editor.h"

#include <memory>

#include <wx/choice.h>
#include <wx/settings.h>
#include <wx/textctrl.h>
#include <wx/utils.h>

#include "gui/widgets/cell_text.h"
#include "gui/widgets/strings.h"
#include "gui/widgets/theme.h"

namespace meerstem::gui {
namespace {

/// What an open editor remembers; shared by its handlers.
struct Session {
  WidgetHost* host;
  view::Edit edit;
  std::string before;
  std::function<void()> done;
  wxWindow* window;
  bool ended = false;

  void End(bool send, const std::string& typed) {
    if (ended) return;
    if (send && typed != before) {
      const auto value = ReadEdit(edit, typed);
      if (!value) {
        // What cannot be read stays in the field, marked, so that it can be mended.
        wxBell();
        window->SetForegroundColour(Theme::Current().warning);
        window->Refresh();
        return;
      }
      ended = true;
      Close();
      Arguments arguments = edit.bound;
      arguments.Set(edit.parameter, *value);
      host->Execute(edit.command, arguments);
      return;
    }
    ended = true;
    Close();
  }
  void Close() {
    window->Hide();
    const auto give_back = done;
    wxWindow* closing = window;
    closing->CallAfter([closing] { closing->Destroy(); });
    if (give_back) give_back();
  }
};

void EditChoice(wxWindow* parent, const wxRect& area, const std::shared_ptr<Session>& session) {
  auto* choice = new wxChoice(parent, wxID_ANY, area.GetPosition(), wxSize(std::max(area.GetWidth(), 180), -1));
  session->window = choice;
  for (const auto& option : session->edit.choices) {
    choice->Append(ToWx(session->host->language()(option.label)));
  }
  for (std::size_t i = 0; i < session->edit.choices.size(); ++i) {
    const auto& option = session->edit.choices[i];
    if (option.key == session->before || session->host->language()(option.label) == session->before) {
      choice->SetSelection(static_cast<int>(i));
      session->before = option.key;
    }
  }
  const auto chosen = [choice, session] {
    const int index = choice->GetSelection();
    return index < 0 ? session->before : session->edit.choices[static_cast<std::size_t>(index)].key;
  };
  choice->Bind(wxEVT_CHOICE, [session, chosen](wxCommandEvent&) { session->End(true, chosen()); });
  choice->Bind(wxEVT_CHAR_HOOK, [session, chosen](wxKeyEvent& event) {
    if (event.GetKeyCode() == WXK_ESCAPE) session->End(false, {});
    else event.Skip();
  });
  choice->SetFont(ZoomedFont(session->host->zoom()));
  choice->Raise();
  choice->SetFocus();
}

void EditText(wxWindow* parent, wxRect area, const std::shared_ptr<Session>& session) {
  const bool prose = session->edit.type == ParameterType::kProse;
  area.width = std::max(area.width, prose ? 280 : 160);
  if (prose) area.height = std::max(area.height, 96);
  auto* text = new wxTextCtrl(parent, wxID_ANY, ToWx(session->before), area.GetPosition(), wxDefaultSize,
                              prose ? wxTE_MULTILINE : wxTE_PROCESS_ENTER);
  text->SetFont(ZoomedFont(session->host->zoom()));
  text->SetSize(area.GetX(), area.GetY(), area.GetWidth(), prose ? area.GetHeight() : std::max(area.GetHeight(), text->GetBestSize().y));
  session->window = text;
  text->Bind(wxEVT_CHAR_HOOK, [session, text, prose](wxKeyEvent& event) {
    const int key = event.GetKeyCode();
    if (key == WXK_ESCAPE) session->End(false, {});
    else if ((key == WXK_RETURN || key == WXK_NUMPAD_ENTER) && (!prose || event.ControlDown())) session->End(true, FromWx(text->GetValue()));
    else if (key == WXK_TAB && !prose) session->End(true, FromWx(text->GetValue()));
    else event.Skip();
  });
  text->Bind(wxEVT_KILL_FOCUS, [session, text](wxFocusEvent& event) {
    event.Skip();
    text->CallAfter([session, text] { session->End(true, FromWx(text->GetValue())); });
  });
  text->Raise();
  text->SetFocus();
  text->SelectAll();
}

}  // namespace

void EditInPlace(wxWindow* parent, const wxRect& area, WidgetHost& host, const view::Edit& edit, const std::string& value,
                 std::function<void()> done) {
  auto session = std::make_shared<Session>(Session{&host, edit, value, std::move(done), nullptr});
  if (edit.choices.empty()) EditText(parent, area, session);
  else EditChoice(parent, area, session);
}

}  // namespace meerstem::gui
