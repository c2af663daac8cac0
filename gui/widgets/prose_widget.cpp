#include "gui/widgets/prose_widget.h"

#include <algorithm>

#include <wx/button.h>
#include <wx/sizer.h>

#include <pango/pangocairo.h>

#include "core/view/markup.h"
#include "gui/widgets/accessible.h"
#include "gui/widgets/entity_drag.h"
#include "gui/widgets/strings.h"
#include "gui/widgets/theme.h"
#include "gui/widgets/wrapped_text.h"

namespace meerstem::gui {
namespace {

constexpr int kRest = 1500;               // Milliseconds without typing before a draft is sent.
constexpr std::size_t kHistory = 300;
constexpr int kMeasure = 80;              // Characters in a line: longer ones are hard to follow.
constexpr int kAround = 14;               // Beside a block.
constexpr std::size_t kAtOnce = 14;       // Blocks that are built before the first look: more than a screen holds.
constexpr long kSlice = 40;               // Milliseconds of building, then the window breathes.

bool IsText(const view::Block& block) { return block.kind == view::Block::Kind::kHeading || block.kind == view::Block::Kind::kParagraph || block.kind == view::Block::Kind::kQuote; }

/// The height of `text` in `font` when wrapped to `width`: the native text asks for none.
int WrappedHeight(const wxFont& font, const wxString& text, int width) {
  PangoContext* context = pango_font_map_create_context(pango_cairo_font_map_get_default());
  PangoLayout* layout = pango_layout_new(context);
  PangoFontDescription* description = pango_font_description_from_string(font.GetNativeFontInfoDesc().utf8_str());
  pango_layout_set_font_description(layout, description);
  const std::string words = FromWx(text);
  pango_layout_set_text(layout, words.data(), static_cast<int>(words.size()));
  pango_layout_set_width(layout, std::max(40, width) * PANGO_SCALE);
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  int height = 0;
  pango_layout_get_pixel_size(layout, nullptr, &height);
  pango_font_description_free(description);
  g_object_unref(layout);
  g_object_unref(context);
  return height;
}

/// Not by what the edit binds: that may be the revision that it replaces.
std::string KeyOfDraft(const view::Block& block) { return block.edit->command + " " + block.key; }

wxSizerFlags BlockPlace() { return wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxTOP, kAround); }

bool SameLook(const view::Block& a, const view::Block& b) {
  return a.kind == b.kind && a.level == b.level && a.reference == b.reference && a.state == b.state && a.why == b.why && a.figure == b.figure &&
         a.edit.has_value() == b.edit.has_value() && a.target == b.target;
}

}  // namespace

ProseWidget::ProseWidget(wxWindow* parent, WidgetHost& host) : PanelWidget(parent, host) {
  scroll_ = new wxScrolledWindow(body(), wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxTAB_TRAVERSAL);
  scroll_->SetScrollRate(0, 12);
  auto* sizer = new wxBoxSizer(wxVERTICAL);
  sizer->Add(scroll_, wxSizerFlags(1).Expand());
  body()->SetSizer(sizer);
  rest_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) {
    if (!current_.empty()) Send(current_);
  });
  // When nothing else is to be done: input, drawing and answers go before.
  scroll_->Bind(wxEVT_IDLE, [this](wxIdleEvent& event) {
    event.Skip();
    if (waiting_.empty()) return;
    BuildMore();
    event.RequestMore(!waiting_.empty());
  });
  scroll_->Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    if (scroll_->GetClientSize().x != width_) scroll_->CallAfter([this] { FitAll(); });
  });
}

ProseWidget::~ProseWidget() { rest_.Stop(); }

Selection ProseWidget::Current() const {
  Selection selection;
  if (const auto found = blocks_.find(current_); found != blocks_.end()) selection.entities = found->second->block.entities;
  return selection;
}

wxFont ProseWidget::FontOf(const view::Block& block) const {
  const double zoom = host().zoom();
  switch (block.kind) {
    case view::Block::Kind::kHeading: return ZoomedFont(zoom * (block.level <= 1 ? 1.7 : block.level == 2 ? 1.4 : 1.2)).Bold();
    case view::Block::Kind::kQuote: return ZoomedFont(zoom * 1.15).Italic();
    default: return ZoomedFont(zoom * 1.15);
  }
}

void ProseWidget::ShowBody(const view::Patch*) {
  SetAccessibleName(scroll_, Words(model()->title));
  const auto& blocks = As<view::Prose>().blocks;
  const view::Numbering numbering(As<view::Prose>(), language());
  std::map<std::string, std::unique_ptr<Shown>> before;
  before.swap(blocks_);
  waiting_.clear();
  std::size_t built = 0;
  for (const auto& block : blocks) {
    const std::string caption = IsText(block) ? std::string() : numbering.Caption(block);
    auto found = before.find(block.key);
    if (found != before.end() && SameLook(found->second->block, block) && found->second->caption == caption) {
      // The same editor goes on; a draft in it is not overwritten.
      auto shown = std::move(found->second);
      before.erase(found);
      const std::string words = language()(block.text);
      if (shown->text) {
        const std::string typed = FromWx(shown->text->GetValue());
        if (typed == words && block.edit) host().drafts().Forget(KeyOfDraft(block));
        if (typed == shown->sent && typed != words) {
          shown->text->ChangeValue(ToWx(words));
          shown->last = words;
          shown->history.clear();
        }
        shown->sent = words;
      }
      shown->block = block;
      if (!shown->panel) waiting_.push_back(block.key);
      blocks_[block.key] = std::move(shown);
      continue;
    }
    auto shown = std::make_unique<Shown>();
    shown->block = block;
    shown->caption = caption;
    if (built++ < kAtOnce) Build(*shown);
    else waiting_.push_back(block.key);
    blocks_[block.key] = std::move(shown);
  }
  for (auto& [key, gone] : before) {
    // A block that was deleted takes its draft along; one that is built anew finds it again.
    if (!blocks_.contains(key) && gone->block.edit) host().drafts().Forget(KeyOfDraft(gone->block));
    if (!gone->panel) continue;
    gone->panel->Hide();
    gone->figure.reset();
    gone->panel->Destroy();
  }
  for (const auto& key : hidden_) {
    if (const auto found = blocks_.find(key); found != blocks_.end() && found->second->panel) found->second->panel->Show();
  }
  hidden_.clear();
  Arrange();
  SendLeft();
  if (!waiting_.empty()) wxWakeUpIdle();
}

/// A long text is built while one reads its beginning. New blocks stay hidden until there are as many as before: to lay
/// all of them out anew for each would take longer than to build them.
void ProseWidget::BuildMore() {
  const wxLongLong began = wxGetUTCTimeMillis();
  std::size_t done = 0;
  for (; done < waiting_.size() && (wxGetUTCTimeMillis() - began).ToLong() < kSlice; ++done) {
    Shown& shown = *blocks_.at(waiting_[done]);
    if (shown.panel) continue;
    BuildNow(shown);
    shown.panel->Hide();
    hidden_.push_back(waiting_[done]);
  }
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(done));
  if (waiting_.empty() || 2 * hidden_.size() > blocks_.size() - waiting_.size()) ShowBuilt();
  if (waiting_.empty()) SendLeft();
}

void ProseWidget::ShowBuilt() {
  for (const auto& key : hidden_) {
    if (const auto found = blocks_.find(key); found != blocks_.end()) found->second->panel->Show();
  }
  hidden_.clear();
  scroll_->FitInside();
  scroll_->Layout();
}

/// Builds a block that was waiting, at its place among those that are there.
void ProseWidget::BuildNow(Shown& shown) {
  if (shown.panel) return;
  Build(shown);
  std::size_t place = 0;
  wxWindow* before = nullptr;
  for (const auto& block : As<view::Prose>().blocks) {
    if (block.key == shown.block.key) break;
    if (wxWindow* panel = blocks_.at(block.key)->panel) {
      before = panel;
      ++place;
    }
  }
  column_->Insert(place, shown.panel, BlockPlace());
  if (before) shown.panel->MoveAfterInTabOrder(before);
  Fit(shown);
}

/// What was typed when Meerstem ended, and was put back into its blocks, goes its way now.
void ProseWidget::SendLeft() {
  for (const auto& [key, shown] : blocks_) {
    if (shown->text && shown->block.edit && key != current_ && shown->last != shown->sent) scroll_->CallAfter([this, key = key] { Send(key); });
  }
}

void ProseWidget::RestyleBody() {
  for (auto& [key, shown] : blocks_) {
    if (!shown->panel) continue;
    if (shown->text) shown->text->SetFont(FontOf(shown->block));
    if (shown->figure) shown->figure->Restyle();
    for (wxWindow* child : shown->panel->GetChildren()) {
      if (child != shown->text && !(shown->figure && child == shown->figure->Window())) child->SetFont(ZoomedFont(host().zoom()));
    }
  }
  width_ = 0;
  FitAll();
}

void ProseWidget::Build(Shown& shown) {
  const view::Block& block = shown.block;
  const std::string key = block.key;
  shown.panel = new wxPanel(scroll_, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxTAB_TRAVERSAL);
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  auto* column = new wxBoxSizer(wxVERTICAL);
  if (block.kind == view::Block::Kind::kQuote) {
    auto* bar = new wxPanel(shown.panel, wxID_ANY, wxDefaultPosition, wxSize(4, -1));
    bar->SetBackgroundColour(Theme::Current().accent);
    row->AddSpacer(24);
    row->Add(bar, wxSizerFlags().Expand().Border(wxRIGHT, 10));
  }
  row->Add(column, wxSizerFlags(1).Expand());
  if (IsText(block)) BuildText(shown, column);
  if (block.figure && block.kind != view::Block::Kind::kQuote) {
    shown.figure = MakeWidget(block.figure->kind(), shown.panel, host());
    shown.figure->Show(block.figure, nullptr);
    column->Add(shown.figure->Window(), wxSizerFlags(1).Expand());
    // What the figure itself has no use for comes here: the way to the next block is the same as from a text.
    shown.panel->Bind(wxEVT_CHAR_HOOK, [this, key](wxKeyEvent& event) {
      const int code = event.GetKeyCode();
      if (event.ControlDown() && (code == WXK_UP || code == WXK_DOWN)) FocusBlock(key, code == WXK_UP ? -1 : 1);
      else event.Skip();
    });
  }
  const auto line = [&](const Message& words, bool warns) {
    auto* label = new WrappedText(shown.panel, Words(words));
    label->SetFont(warns ? ZoomedFont(host().zoom()).Italic() : ZoomedFont(host().zoom()));
    if (warns) label->SetForegroundColour(Theme::Current().warning);
    column->Add(label, wxSizerFlags().Expand().Border(wxTOP, 2));
  };
  if (!shown.caption.empty()) line(Verbatim(shown.caption), false);
  if (!block.reference.empty()) line(block.reference, false);
  if (block.state == view::State::kSuppressed) line(block.why.empty() ? Say("This quote is withheld.") : Say("This quote is withheld: {0}.", block.why), true);
  else if (block.state == view::State::kStale) line(block.why.empty() ? Say("What this rests on has changed.") : Say("What this rests on has changed: {0}.", block.why), true);
  else if (block.state != view::State::kValue && block.state != view::State::kEmpty) line(view::StateLabel(block.state), true);
  else if (!block.why.empty()) line(block.why, true);
  if (block.target) {
    auto* source = new wxButton(shown.panel, wxID_ANY, Words(Say("Go to the source")));
    source->SetFont(ZoomedFont(host().zoom()));
    source->Bind(wxEVT_BUTTON, [this, key](wxCommandEvent&) { Follow(blocks_.at(key)->block.target, wxGetKeyState(WXK_CONTROL)); });
    column->Add(source, wxSizerFlags().Border(wxTOP, 3));
  }
  if (!block.actions.empty()) {
    auto* menu = new wxButton(shown.panel, wxID_ANY, wxString(wxS("\u22EF")), wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT);
    SetAccessibleName(menu, Words(Say("What can be done with this block")));
    menu->SetToolTip(Words(Say("What can be done with this block")));
    menu->Bind(wxEVT_BUTTON, [this, key, menu](wxCommandEvent&) {
      current_ = key;
      host().PopupCommands(menu, Current(), blocks_.at(key)->block.actions);
    });
    row->Add(menu, wxSizerFlags().Top().Border(wxLEFT, 6));
  }
  shown.panel->SetSizer(row);
  TakeDrops(shown.panel, key);
  if (shown.text) TakeDrops(shown.text, key);
}

void ProseWidget::TakeDrops(wxWindow* window, const std::string& key) {
  if (model()->drops.empty()) return;
  const auto onto = [this, key] { return blocks_.at(key)->block.entities; };
  window->SetDropTarget(new EntityDropTarget([this, onto](wxCoord, wxCoord) { return TakesDrops(model()->drops, onto()); },
                                             [this, onto](wxCoord, wxCoord, const Dragged& dragged) { return TakeDrop(dragged, onto()); }));
}

void ProseWidget::BuildText(Shown& shown, wxSizer* row) {
  const view::Block& block = shown.block;
  const std::string key = block.key;
  shown.sent = shown.last = language()(block.text);
  if (block.kind == view::Block::Kind::kQuote && shown.sent.empty()) return;
  const bool editable = block.edit.has_value();
  if (editable) {
    shown.last = host().drafts().Recall(KeyOfDraft(block)).value_or(shown.sent);
    if (shown.last == shown.sent) host().drafts().Forget(KeyOfDraft(block));
  }
  shown.text = new wxTextCtrl(shown.panel, wxID_ANY, ToWx(shown.last), wxDefaultPosition, wxDefaultSize,
                              wxTE_MULTILINE | wxTE_NO_VSCROLL | wxTE_BESTWRAP | wxBORDER_NONE | (editable ? 0 : wxTE_READONLY));
  shown.text->SetFont(FontOf(block));
  SetAccessibleName(shown.text, Words(block.kind == view::Block::Kind::kHeading ? Say("Heading") : block.kind == view::Block::Kind::kQuote ? Say("Quote") : Say("Paragraph")));
  if (editable) shown.text->SetHint(Words(block.kind == view::Block::Kind::kHeading ? Say("Heading") : Say("Write here")));
  row->Add(shown.text, wxSizerFlags().Expand());
  shown.text->Bind(wxEVT_CHAR_HOOK, [this, key](wxKeyEvent& event) { OnKey(event, key); });
  shown.text->Bind(wxEVT_SET_FOCUS, [this, key](wxFocusEvent& event) {
    event.Skip();
    if (current_ != key) {
      current_ = key;
      host().Selected(Current());
    }
  });
  if (!editable) return;
  shown.text->Bind(wxEVT_TEXT, [this, key](wxCommandEvent&) { OnTyped(key); });
  shown.text->Bind(wxEVT_KILL_FOCUS, [this, key](wxFocusEvent& event) {
    event.Skip();
    scroll_->CallAfter([this, key] { Send(key); });
  });
}

void ProseWidget::Arrange() {
  auto* page = new wxBoxSizer(wxHORIZONTAL);
  auto* column = column_ = new wxBoxSizer(wxVERTICAL);
  page->Add(column, wxSizerFlags().Expand());
  wxWindow* before = nullptr;
  for (const auto& block : As<view::Prose>().blocks) {
    wxPanel* panel = blocks_.at(block.key)->panel;
    if (!panel) continue;
    if (panel->GetContainingSizer()) panel->GetContainingSizer()->Detach(panel);
    column->Add(panel, BlockPlace());
    if (before) panel->MoveAfterInTabOrder(before);
    before = panel;
  }
  column->AddSpacer(24);
  scroll_->SetSizer(page);
  width_ = 0;
  FitAll();
}

/// As wide as the window gives, and no wider than a line may be.
int ProseWidget::PageWidth() const {
  wxString sample;
  for (wxChar letter = 'a'; letter <= 'z'; ++letter) sample += letter;
  int width = 0;
  scroll_->GetTextExtent(sample, &width, nullptr, nullptr, nullptr, std::make_unique<wxFont>(FontOf(view::Block())).get());
  return std::min(scroll_->GetClientSize().x, width * kMeasure / 26 + 2 * kAround);
}

void ProseWidget::Fit(Shown& shown) {
  if (shown.text) FitText(shown);
  if (shown.figure) FitFigure(shown);
}

/// All of it where a screen holds that; more is scrolled to within it.
void ProseWidget::FitFigure(Shown& shown) {
  constexpr double kLeast = 120, kUsual = 380, kMost = 600;
  const view::Model& model = *shown.block.figure;
  const int around = kAround * 2 + (shown.block.actions.empty() ? 0 : 46);
  const double asked = view::IsEmpty(model) ? kLeast * host().zoom() : shown.figure->HeightFor(PageWidth() - around);
  const double height = asked > 0 ? std::clamp(asked, kLeast * host().zoom(), kMost * host().zoom()) : kUsual * host().zoom();
  shown.figure->Window()->SetMinSize(wxSize(-1, static_cast<int>(height)));
}

void ProseWidget::FitText(Shown& shown) {
  const int around = kAround * 2 + (shown.block.kind == view::Block::Kind::kQuote ? 38 : 0) + (shown.block.actions.empty() ? 0 : 46) + 12;
  const int height = WrappedHeight(shown.text->GetFont(), shown.text->GetValue() + wxS(" "), PageWidth() - around) + 10;
  if (shown.text->GetMinSize().y != height) shown.text->SetMinSize(wxSize(60, height));
}

void ProseWidget::FitAll() {
  width_ = scroll_->GetClientSize().x;
  if (column_) column_->SetMinSize(wxSize(PageWidth(), -1));
  for (auto& [key, shown] : blocks_) Fit(*shown);
  scroll_->FitInside();
  scroll_->Layout();
}

void ProseWidget::OnTyped(const std::string& key) {
  Shown& shown = *blocks_.at(key);
  shown.history.push_back(shown.last);
  if (shown.history.size() > kHistory) shown.history.erase(shown.history.begin());
  shown.last = FromWx(shown.text->GetValue());
  host().drafts().Keep(KeyOfDraft(shown.block), shown.last);
  rest_.StartOnce(kRest);
  const int before = shown.text->GetMinSize().y;
  FitText(shown);
  if (shown.text->GetMinSize().y != before) {
    scroll_->FitInside();
    scroll_->Layout();
  }
}

void ProseWidget::Send(const std::string& key) {
  const auto found = blocks_.find(key);
  if (found == blocks_.end() || !found->second->text || !found->second->block.edit) return;
  Shown& shown = *found->second;
  const std::string typed = FromWx(shown.text->GetValue());
  if (typed == shown.sent) return;
  shown.sent = typed;
  shown.history.clear();
  Arguments arguments = shown.block.edit->bound;
  arguments.Set(shown.block.edit->parameter, typed);
  host().Execute(shown.block.edit->command, arguments);
}

void ProseWidget::OnKey(wxKeyEvent& event, const std::string& key) {
  Shown& shown = *blocks_.at(key);
  const int code = event.GetKeyCode();
  if (event.ControlDown() && !event.ShiftDown() && code == 'Z' && !shown.history.empty()) {
    shown.last = shown.history.back();
    shown.history.pop_back();
    shown.text->ChangeValue(ToWx(shown.last));
    shown.text->SetInsertionPointEnd();
    host().drafts().Keep(KeyOfDraft(shown.block), shown.last);
    FitAll();
    rest_.StartOnce(kRest);
  } else if (event.ControlDown() && (code == WXK_UP || code == WXK_DOWN)) {
    FocusBlock(key, code == WXK_UP ? -1 : 1);
  } else if (code == WXK_TAB && !event.ControlDown()) {
    shown.text->Navigate(event.ShiftDown() ? wxNavigationKeyEvent::IsBackward : wxNavigationKeyEvent::IsForward);
  } else if ((code == WXK_MENU || (code == WXK_F10 && event.ShiftDown())) && !shown.block.actions.empty()) {
    host().PopupCommands(shown.text, Current(), shown.block.actions);
  } else {
    event.Skip();
  }
}

void ProseWidget::FocusBlock(const std::string& key, int step) {
  const auto& blocks = As<view::Prose>().blocks;
  auto at = static_cast<std::ptrdiff_t>(std::find_if(blocks.begin(), blocks.end(), [&](const view::Block& b) { return b.key == key; }) - blocks.begin());
  for (at += step; at >= 0 && at < static_cast<std::ptrdiff_t>(blocks.size()); at += step) {
    Shown& shown = *blocks_.at(blocks[static_cast<std::size_t>(at)].key);
    BuildNow(shown);
    if (!shown.panel->IsShown()) ShowBuilt();
    wxWindow* target = shown.text ? static_cast<wxWindow*>(shown.text) : shown.figure ? shown.figure->Window() : nullptr;
    if (!target) continue;
    target->SetFocus();
    current_ = shown.block.key;
    const int top = scroll_->ScreenToClient(shown.panel->GetScreenPosition()).y;
    if (top < 0 || top + 40 > scroll_->GetClientSize().y) scroll_->Scroll(-1, std::max(0, scroll_->GetViewStart().y + (top - 20) / 12));
    host().Selected(Current());
    return;
  }
}

}  // namespace meerstem::gui
