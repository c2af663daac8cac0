#include "gui/widgets/coded_text_widget.h"

#include <algorithm>

#include <wx/sizer.h>

#include "gui/widgets/entity_list.h"
#include "gui/widgets/strings.h"
#include "gui/widgets/theme.h"

namespace meerstem::gui {

CodedTextWidget::CodedTextWidget(wxWindow* parent, WidgetHost& host) : PanelWidget(parent, host) {
  canvas_ = new CodedTextCanvas(body(), host,
                                {.moved = [this] { ShowTwin(); },
                                 .menu = [this] { Popup(canvas_, Current()); },
                                 .dropped = [this](Range range, const std::vector<view::Entity>& entities) { Dropped(range, entities); },
                                 .takes_drops = [this] {
                                   return model() && std::any_of(model()->drops.begin(), model()->drops.end(), [](const view::Drop& d) { return d.onto == "span"; });
                                 },
                                 .leave = [this] {
                                   toggle_->SetValue(true);
                                   twin_->Show();
                                   body()->Layout();
                                   words_->SetFocus();
                                 }});
  twin_ = new wxPanel(body());
  words_ = new wxTextCtrl(twin_, wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, wxTE_MULTILINE | wxTE_READONLY | wxTE_BESTWRAP);
  codes_ = new wxListBox(twin_, wxID_ANY);
  auto* sides = new wxBoxSizer(wxHORIZONTAL);
  sides->Add(words_, wxSizerFlags(3).Expand());
  sides->Add(codes_, wxSizerFlags(2).Expand().Border(wxLEFT, 4));
  twin_->SetSizer(sides);
  toggle_ = new wxToggleButton(body(), wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT | wxBORDER_NONE);
  toggle_->SetValue(true);
  auto* sizer = new wxBoxSizer(wxVERTICAL);
  sizer->Add(canvas_, wxSizerFlags(1).Expand());
  sizer->Add(toggle_, wxSizerFlags().Left());
  sizer->Add(twin_, wxSizerFlags().Expand());
  body()->SetSizer(sizer);
  toggle_->Bind(wxEVT_TOGGLEBUTTON, [this](wxCommandEvent&) {
    twin_->Show(toggle_->GetValue());
    body()->Layout();
    if (twin_->IsShown()) ShowTwin();
  });
  codes_->Bind(wxEVT_LISTBOX, [this](wxCommandEvent&) {
    const int row = codes_->GetSelection();
    if (telling_ || row < 0) return;
    const std::size_t mark = listed_[static_cast<std::size_t>(row)];
    telling_ = true;
    canvas_->Choose(mark);
    telling_ = false;
    this->host().Selected(Current());
  });
  const auto back = [this](wxKeyEvent& event) {
    const int key = event.GetKeyCode();
    if (key == WXK_F6 || key == WXK_ESCAPE) canvas_->SetFocus();
    else if (key == WXK_MENU || key == WXK_WINDOWS_MENU || ((key == WXK_RETURN || key == WXK_NUMPAD_ENTER) && codes_->HasFocus())) Popup(codes_, Current());
    else event.Skip();
  };
  words_->Bind(wxEVT_CHAR_HOOK, back);
  codes_->Bind(wxEVT_CHAR_HOOK, back);
}

void CodedTextWidget::ShowBody(const view::Patch*) {
  toggle_->SetLabel(Words(Say("At the cursor")));
  words_->SetName(Words(Say("Words at the cursor")));
  codes_->SetName(Words(Say("Codes at the cursor")));
  canvas_->SetName(Words(model()->title));
  SizeTwin();
  canvas_->SetModel(model());
  ShowTwin();
}

void CodedTextWidget::RestyleBody() {
  toggle_->SetLabel(Words(Say("At the cursor")));
  SizeTwin();
  canvas_->Restyle();
  ShowTwin();
}

void CodedTextWidget::SizeTwin() {
  for (wxWindow* window : {static_cast<wxWindow*>(toggle_), static_cast<wxWindow*>(words_), static_cast<wxWindow*>(codes_)}) {
    window->SetFont(ZoomedFont(host().zoom()));
  }
  twin_->SetMinSize(wxSize(-1, static_cast<int>(words_->GetCharHeight() * 3.6) + 8));
  body()->Layout();
}

Selection CodedTextWidget::Current() const {
  Selection selection;
  if (!canvas_->index() || !model()) return selection;
  const auto add = [&selection](const std::vector<view::Entity>& entities) {
    selection.entities.insert(selection.entities.end(), entities.begin(), entities.end());
  };
  const auto& index = *canvas_->index();
  const Range selected = canvas_->selection();
  if (!selected.empty()) selection.span = SourceSpan{text().source.id, index.ToStored(selected)};
  if (canvas_->chosen()) {
    const auto& mark = text().marks[*canvas_->chosen()];
    add(mark.entities);
    if (selected.empty()) selection.span = SourceSpan{text().source.id, mark.range};
  }
  if (const auto turn = index.TurnAt(canvas_->caret()); turn >= 0) add(text().turns[static_cast<std::size_t>(turn)].entities);
  if (!text().source.kind.empty()) selection.entities.push_back(text().source);
  return selection;
}

void CodedTextWidget::ShowTwin() {
  if (!canvas_->index()) return;
  const auto& index = *canvas_->index();
  const Range selected = canvas_->selection();
  if (twin_->IsShown()) {
    std::string who;
    Range words = index.paragraphs()[index.ParagraphAt(canvas_->caret())].shown;
    if (const auto turn = index.TurnAt(canvas_->caret()); turn >= 0) {
      const auto& shown = text().turns[static_cast<std::size_t>(turn)];
      who = language()(shown.speaker);
      const std::string stakeholder = language()(shown.stakeholder);
      if (!stakeholder.empty()) who += who.empty() ? stakeholder : " (" + stakeholder + ")";
      words = index.TurnWords(static_cast<std::size_t>(turn));
    }
    if (!selected.empty()) words = selected;
    constexpr std::int64_t kEnough = 4000;  // A whole text selected need not be copied here.
    words.end = std::min(words.end, words.start + kEnough);
    const std::string spoken(index.shown().Slice(words));
    const wxString line = ToWx((who.empty() ? "" : who + ": ") + spoken);
    if (words_->GetValue() != line) words_->ChangeValue(line);

    const auto marks = selected.empty() ? index.MarksAt(canvas_->caret()) : index.MarksIn(selected);
    if (!telling_) {
      wxArrayString names;
      for (const std::size_t mark : marks) {
        const auto& shown = text().marks[mark];
        std::string name = language()(shown.code);
        if (!shown.coder.empty()) name += " (" + language()(shown.coder) + ")";
        names.Add(ToWx(name));
      }
      if (marks != listed_ || names != codes_->GetStrings()) {
        listed_ = marks;
        codes_->Set(names);
      }
      codes_->SetSelection(wxNOT_FOUND);
      for (std::size_t i = 0; i < listed_.size(); ++i) {
        if (canvas_->chosen() == listed_[i]) codes_->SetSelection(static_cast<int>(i));
      }
    }
  }
  if (!telling_) host().Selected(Current());
}

void CodedTextWidget::Dropped(Range shown, const std::vector<view::Entity>& entities) {
  const SourceSpan span{text().source.id, canvas_->index()->ToStored(shown)};
  const auto bound = MatchDrop(model()->drops, entities, span);
  if (!bound) return;
  // The drag is still under way: the command comes after it.
  canvas_->CallAfter([this, bound = *bound] { host().Execute(bound.command, bound.arguments); });
}

}  // namespace meerstem::gui
