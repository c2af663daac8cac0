#include "gui/shell/notice_bar.h"

#include <algorithm>

#include <wx/button.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "gui/widgets/accessible.h"
#include "gui/shell/tr.h"

namespace meerstem::gui {
namespace {

constexpr int kLeaves = 8000;  ///< Milliseconds that a report of success stays.

}  // namespace

NoticeBar::NoticeBar(wxWindow* parent) : wxPanel(parent) {
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  glyph_ = new wxStaticText(this, wxID_ANY, wxString());
  words_ = new wxStaticText(this, wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, wxST_NO_AUTORESIZE);
  close_ = new wxButton(this, wxID_ANY, Tr("Close"), wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT);
  SetAccessibleName(close_, Tr("Close this notice"));
  row->Add(glyph_, wxSizerFlags().CentreVertical().Border(wxLEFT | wxTOP | wxBOTTOM, FromDIP(10)));
  row->Add(words_, wxSizerFlags(1).CentreVertical().Border(wxALL, FromDIP(10)));
  row->Add(close_, wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(10)));
  SetSizer(row);
  wxPanel::Hide();
  close_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { Hide(); });
  leave_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { Hide(); });
  GetParent()->Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    if (IsShown()) CallAfter([this] { Wrap(); });
  });
}

void NoticeBar::Show(const wxString& sentence, NoticeKind kind) {
  sentence_ = sentence;
  // The glyph stands beside the colour, so that the colour is not the only carrier of the meaning.
  const bool refused = kind == NoticeKind::kRefused;
  glyph_->SetLabel(refused ? ToWx("⚠") : kind == NoticeKind::kDone ? ToWx("✓") : ToWx("ℹ"));
  SetBackgroundColour(refused ? wxColour(0xFF, 0xE9, 0xD6) : kind == NoticeKind::kDone ? wxColour(0xE1, 0xF1, 0xE3) : wxColour(0xE3, 0xEC, 0xF8));
  for (wxWindow* child : {static_cast<wxWindow*>(glyph_), static_cast<wxWindow*>(words_)}) child->SetForegroundColour(wxColour(0x20, 0x20, 0x20));
  SetAccessibleName(this, sentence);
  wxPanel::Show();
  Wrap();
  if (kind == NoticeKind::kDone) leave_.StartOnce(kLeaves);
  else leave_.Stop();
}

void NoticeBar::Hide() {
  leave_.Stop();
  wxPanel::Hide();
  GetParent()->Layout();
}

void NoticeBar::Wrap() {
  const int room = GetParent()->GetClientSize().x - close_->GetBestSize().x - FromDIP(80);
  words_->SetLabel(Plain(sentence_));
  words_->Wrap(std::max(room, FromDIP(200)));
  InvalidateBestSize();
  GetParent()->Layout();
}

}  // namespace meerstem::gui
