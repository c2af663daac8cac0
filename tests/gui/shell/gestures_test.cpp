#include <algorithm>
#include <set>

#include <wx/app.h>
#include <wx/dataview.h>

#include "gui/shell/keys.h"
#include "gui/widgets/coded_text_canvas.h"
#include "tests/gui/shell/sample_house.h"
#include "tests/support/tiny_pdf.h"

namespace meerstem::testing {
namespace {

using gui::FromWx;

/// The coding room worked by mouse, and what is under keys there, on a copy of the sample study.
class GesturesTest : public SampleHouseTest {
 protected:
  std::int64_t Codings() { return Number("SELECT count(*) FROM coding"); }
  bool SeeText() { return See("coding.document", {{"source", "Baldemore – gezin"}}) && Canvas(); }
  gui::CodedTextCanvas* Canvas() { return Find<gui::CodedTextCanvas>(pane()->widget()->Window()); }
  static const view::CodedText& Body(const gui::ViewPane& text) { return std::get<view::CodedText>(text.model()->body); }
  /// The last code on so many words of the second line, which has none yet.
  bool CodeWords(int words) {
    const std::size_t before = Body(*pane()).marks.size();
    Key(WXK_HOME, wxMOD_CONTROL);
    Key(WXK_DOWN);
    for (int i = 0; i < words; ++i) Key(WXK_RIGHT, wxMOD_CONTROL | wxMOD_SHIFT);
    if (!Until([&] { return pane()->selection().span && !pane()->selection().span->range.empty(); })) return false;
    Key('1');
    return Until([&] { return !pane()->building() && Body(*pane()).marks.size() == before + 1; });
  }
  /// A point in the middle of the line on which a shown position stands, on the screen.
  wxPoint On(gui::CodedTextCanvas& canvas, std::int64_t position) { return canvas.ClientToScreen(canvas.PlaceOf(position) + wxPoint(1, 8)); }
  /// Moves the mouse along a line of the canvas until its tip holds the words; where that was, on the screen.
  wxPoint Hover(gui::CodedTextCanvas& canvas, int from, int to, int y, const std::string& words) {
    for (int x = from; x != to; x += from < to ? 1 : -1) {
      hands_.MouseMove(canvas.ClientToScreen(wxPoint(x, y)));
      Settle();
      if (FromWx(canvas.GetToolTipText()).find(words) != std::string::npos) return canvas.ClientToScreen(wxPoint(x, y));
    }
    return wxDefaultPosition;
  }
};

TEST_F(GesturesTest, WordsAreSelectedAndTheEndsOfAQuoteMovedByMouse) {
  ASSERT_TRUE(SeeText());
  auto& canvas = *Canvas();
  // A quote of one's own: another's ends are not ours to move.
  ASSERT_TRUE(CodeWords(8));
  Key(WXK_UP, wxMOD_ALT);
  ASSERT_TRUE(Until([&] { return canvas.chosen().has_value() && canvas.PlaceOf(canvas.index()->marks()[*canvas.chosen()].end).x > 0; }));
  const Range quote = canvas.index()->marks()[*canvas.chosen()];
  const Range stored = Body(*pane()).marks[*canvas.chosen()].range;
  const Id id = Body(*pane()).marks[*canvas.chosen()].entities[1].id;
  const auto end = [&] {
    return Aside([&] { return session().store().Read()->Number("SELECT span.end FROM quote JOIN span ON span.id = span_id WHERE quote.id = ?", id); });
  };
  ASSERT_EQ(end(), stored.end);
  // Ten letters back: still on its line or the one before, and still a quote.
  ASSERT_GT(quote.size(), 20);
  Drag(On(canvas, quote.end) - wxPoint(1, 0), On(canvas, quote.end - 10));
  EXPECT_TRUE(Until([&] { return end() < stored.end && end() >= stored.end - 12; })) << end() << " of " << stored.end;
  EXPECT_TRUE(Undone([&] { return end() == stored.end; }, [&] { return end() < stored.end; }));

  // Words by a drag over them; a click lets them go.
  Key(WXK_HOME, wxMOD_CONTROL);
  ASSERT_TRUE(Until([&] { return canvas.PlaceOf(0).x > 0; }));
  Drag(On(canvas, 2), On(canvas, 14));
  ASSERT_TRUE(Until([&] { return pane()->selection().span && canvas.selection().size() > 8; }));
  EXPECT_LE(canvas.selection().start, 3);
}

TEST_F(GesturesTest, StripesAndBadgesAreHoveredAndClicked) {
  ASSERT_TRUE(SeeText());
  Key(WXK_DOWN, wxMOD_ALT);
  ASSERT_TRUE(Until([&] { return Canvas()->chosen().has_value(); }));
  const auto mark = Body(*pane()).marks[*Canvas()->chosen()];
  const std::size_t badges = Body(*pane()).badges.size();
  frame().RunCommand("coding.memo", {{"text", std::string("Hier later op terugkomen")}, {"on-quote", mark.entities[1].id}}, false);
  ASSERT_TRUE(Until([&] { return !pane()->building() && Body(*pane()).badges.size() == badges + 1; }));
  auto& canvas = *Canvas();
  Key(WXK_HOME, wxMOD_CONTROL);
  Key(WXK_DOWN, wxMOD_ALT);
  Key(WXK_ESCAPE);
  ASSERT_TRUE(Until([&] { return !canvas.chosen(); }));
  const int y = canvas.PlaceOf(canvas.index()->ToShown(mark.range).start).y + 6;
  const int right = canvas.GetClientSize().GetWidth() - 4, middle = canvas.PlaceOf(canvas.index()->ToShown(mark.range).start).x;
  const std::string code = FromWx(gui::Shown(mark.code));
  const wxPoint stripe = Hover(canvas, right, middle, y, code);
  ASSERT_NE(stripe, wxDefaultPosition) << code;
  hands_.MouseClick();
  Settle();
  EXPECT_TRUE(Until([&] { return canvas.chosen() && Body(*pane()).marks[*canvas.chosen()].code == mark.code; }));
  EXPECT_EQ(pane()->selection().entities.front().kind, "coding");
  const wxPoint badge = Hover(canvas, 0, middle, y, "Hier later op terugkomen");
  ASSERT_NE(badge, wxDefaultPosition);
  // A plain click on coded words chooses the narrowest quote there.
  Key(WXK_ESCAPE);
  hands_.MouseMove(On(canvas, canvas.index()->ToShown(mark.range).start + 2));
  Settle();
  hands_.MouseClick();
  Settle();
  EXPECT_TRUE(Until([&] { return canvas.chosen().has_value(); }));
}

TEST_F(GesturesTest, ACodeIsDraggedOntoWordsAndWordsOntoACode) {
  frame().OpenAny("coding.room", true);
  gui::Page* page = frame().tabs()->current();
  ASSERT_NE(page, nullptr);
  ASSERT_EQ(page->panes().size(), 3u);
  gui::ViewPane* codes = page->panes()[0];
  gui::ViewPane* text = page->panes()[1];
  const Id source = *Aside([&] {
                       auto& engine = session().engine();
                       return engine.Parse(engine.ViewOf("coding.document").parameters, {{"source", "Baldemore – gezin"}});
                     }).Entity("source");
  frame().OpenTarget({"coding.document", {{"source", source}}}, false, nullptr);
  ASSERT_TRUE(Until([&] { return text->model() && !text->building() && codes->model() && !codes->building(); }));
  ASSERT_EQ(frame().tabs()->current(), page) << "a source that is opened comes into the pane for texts";
  auto* canvas = Find<gui::CodedTextCanvas>(text->widget()->Window());
  auto* tree = Find<wxDataViewCtrl>(codes->widget()->Window());
  ASSERT_TRUE(canvas && tree);
  text->FocusContent();
  Settle();
  Key(WXK_HOME, wxMOD_CONTROL);
  // The second line has no code yet.
  Key(WXK_DOWN);
  for (int i = 0; i < 2; ++i) Key(WXK_RIGHT, wxMOD_CONTROL | wxMOD_SHIFT);
  ASSERT_TRUE(Until([&] { return text->selection().span && canvas->selection().size() > 3; }));
  const SourceSpan words = *text->selection().span;
  wxDataViewItemArray roots, children;
  tree->GetModel()->GetChildren(wxDataViewItem(), roots);
  ASSERT_FALSE(roots.empty());
  tree->GetModel()->GetChildren(roots[0], children);
  ASSERT_GT(children.size(), 1u);
  const auto row = [&](const wxDataViewItem& item) {
    const wxRect area = tree->GetItemRect(item, tree->GetColumn(0));
    return tree->ClientToScreen(wxPoint(area.x + 60, area.y + area.height / 2));
  };
  ASSERT_TRUE(Until([&] { return !tree->GetItemRect(children[0]).IsEmpty() && !tree->GetItemRect(children[1]).IsEmpty() && row(children[0]) != row(children[1]); }));
  const std::int64_t before = Codings();
  const wxPoint inside = On(*canvas, canvas->selection().start + 2);
  EXPECT_TRUE(DragUntil(row(children[0]), inside, [&] { return Codings() == before + 1; })) << "a code onto words";
  EXPECT_GE(Number("SELECT count(*) FROM span JOIN quote ON quote.span_id = span.id WHERE start >= " + std::to_string(words.range.start) + " AND end <= " + std::to_string(words.range.end)), 1);
  ASSERT_TRUE(Until([&] { return !text->building() && canvas->selection().size() > 3; }));
  EXPECT_TRUE(DragUntil(inside, row(children[1]), [&] { return Codings() == before + 2; })) << "words onto a code";
  EXPECT_TRUE(Undone([&] { return Codings() == before + 1; }, [&] { return Codings() == before + 2; }));
}

TEST_F(GesturesTest, WhatASearchFoundStaysBesideTheTextWhileCodingGoesOn) {
  frame().OpenAny("coding.search-beside-text", true);
  gui::Page* page = frame().tabs()->current();
  gui::ViewPane* hits = page->panes()[0];
  gui::ViewPane* text = page->panes()[1];
  wxWindow* field = hits->bar()->Control("text");
  field->SetFocus();
  ASSERT_TRUE(Until([&] { return wxWindow::FindFocus() == field; }));
  const auto found = [&] { return std::get<view::Table>(hits->model()->body).rows->Count(); };
  // Live: no key after the letters.
  hands_.Text("vertrouwen");
  ASSERT_TRUE(Until([&] { return hits->model() && !hits->building() && found() > 3; }));
  hits->FocusContent();
  Settle();
  Key(WXK_HOME);
  Key(WXK_DOWN);
  ASSERT_TRUE(Until([&] { return !hits->selection().empty() && !Chosen(*hits).key.empty(); }));
  const view::Row hit = Chosen(*hits);
  const std::size_t before = found();
  Key(WXK_RETURN);
  const std::int64_t start = hit.target->arguments.Int("start"), end = hit.target->arguments.Int("end");
  ASSERT_TRUE(Until([&] { return !text->building() && text->selection().span && text->selection().span->range == Range{start, end} && HasKeyboard(); }));
  // One: the words are selected already, a key codes them.
  const std::int64_t codings = Codings();
  ASSERT_FALSE(Body(*text).quick.empty());
  Key('1');
  ASSERT_TRUE(Until([&] { return Codings() == codings + 1 && !text->building(); }));
  EXPECT_EQ(frame().tabs()->current(), page);
  EXPECT_EQ(found(), before);
  EXPECT_EQ(Number("SELECT count(*) FROM coding JOIN quote ON quote.id = quote_id JOIN span ON span.id = span_id WHERE start = " + std::to_string(start) + " AND end = " + std::to_string(end) +
                   " AND coding.rowid = (SELECT max(rowid) FROM coding)"), 1);
  // All, as one step.
  const auto& actions = hits->model()->actions;
  const auto all = std::find_if(actions.begin(), actions.end(), [](const view::Action& action) { return action.command == "coding.autocode"; });
  ASSERT_NE(all, actions.end());
  Arguments bound = all->bound;
  bound.Set("code", *Body(*text).quick.back().bound.Entity("code"));
  frame().RunCommand(all->command, bound, false);
  ASSERT_TRUE(Until([&] { return Codings() >= codings + 1 + static_cast<std::int64_t>(before) - 1 && !text->building(); }));
  EXPECT_EQ(found(), before);
  const std::int64_t after = Codings();
  EXPECT_TRUE(Undone([&] { return Codings() == codings + 1; }, [&] { return Codings() == after; }));
}

TEST_F(GesturesTest, PagesBesideATextAreTurnedWhereTheyStand) {
  const std::string file = folder_.Write("p.pdf", TinyPdf({"Anna: dat was lang", "geleden, ja.", "Einde."}));
  auto& engine = session().engine();
  frame().RunCommand("documents.import", Aside([&] { return engine.Parse(engine.CommandOf("documents.import").parameters, {{"file", file}}); }), false);
  ASSERT_TRUE(Until([&] { return Number("SELECT count(*) FROM page") == 3; }));
  frame().OpenAny("documents.text-beside-page", true);
  gui::Page* page = frame().tabs()->current();
  gui::ViewPane* text = page->panes()[0];
  gui::ViewPane* printed = page->panes()[1];
  frame().OpenTarget({"coding.document", Aside([&] { return engine.Parse(engine.ViewOf("coding.document").parameters, {{"source", "p"}}); })}, false, nullptr);
  const auto shown = [&] {
    const auto* chart = printed->model() && !printed->building() ? std::get_if<view::Chart>(&printed->model()->body) : nullptr;
    return chart && chart->picture ? (*Language::English())(chart->categories[chart->pictured].label) : std::string();
  };
  // The page at the cursor of the text.
  ASSERT_TRUE(Until([&] { return text->model() && !text->building() && shown() == "Page 1"; }));
  printed->FocusContent();
  Settle();
  ASSERT_TRUE(Until([&] { return wxWindow::FindFocus() && printed->IsDescendant(wxWindow::FindFocus()); }));
  // Down to its foot, and from there on.
  for (int i = 0; i < 8 && shown() == "Page 1"; ++i) {
    Key(WXK_PAGEDOWN);
    Settle();
    Until([&] { return !printed->building(); });
  }
  EXPECT_EQ(shown(), "Page 2");
  EXPECT_EQ(frame().tabs()->current(), page) << "in its own pane, not in a tab";
  // From its head back.
  Key(WXK_PAGEUP);
  EXPECT_TRUE(Until([&] { return shown() == "Page 1"; }));
  EXPECT_EQ(page->panes()[1], printed);
}

TEST_F(GesturesTest, DeleteTakesACodingAway) {
  ASSERT_TRUE(SeeText());
  const std::int64_t before = Codings();
  ASSERT_TRUE(CodeWords(2));
  const std::int64_t start = pane()->selection().span->range.start;
  // Nothing is chosen: the first time shows what would go.
  Key(WXK_LEFT);
  ASSERT_TRUE(Until([&] { return !Canvas()->chosen() && Canvas()->selection().empty(); }));
  Key(WXK_DELETE);
  ASSERT_TRUE(Until([&] { return Canvas()->chosen().has_value(); }));
  EXPECT_EQ(Codings(), before + 1);
  EXPECT_EQ(Body(*pane()).marks[*Canvas()->chosen()].range.start, start);
  Key(WXK_DELETE);
  EXPECT_TRUE(Until([&] { return Codings() == before; }));
  EXPECT_TRUE(Undone([&] { return Codings() == before + 1; }, [&] { return Codings() == before; }));
  EXPECT_TRUE(HasKeyboard());
}

TEST_F(GesturesTest, EveryKeyIsOnTheSheetAndInThePalette) {
  ASSERT_TRUE(SeeText());
  std::set<std::string> keys;
  for (const auto& command : session().registry().commands()) keys.insert(frame().KeyOf(command.id));
  for (const auto& view : session().registry().views()) keys.insert(frame().KeyOf(view.id));
  for (const auto& move : pane()->widget()->Actions()) keys.insert(move.key);
  keys.erase("");
  EXPECT_GT(keys.size(), 25u);
  const auto texts_of = [](wxDialog& dialog, unsigned column) {
    std::set<std::string> texts;
    auto* list = Find<wxDataViewListCtrl>(&dialog);
    for (unsigned row = 0; list && row < static_cast<unsigned>(list->GetItemCount()); ++row) texts.insert(FromWx(list->GetTextValue(row, column)));
    return texts;
  };
  std::set<std::string> sheet, palette;
  ASSERT_TRUE(InDialog("Keys", [&] { Key(WXK_F1); }, [&](wxDialog& dialog) {
    sheet = texts_of(dialog, 0);
    dialog.EndModal(wxID_CANCEL);
  }));
  ASSERT_TRUE(InDialog("Command palette", [&] { Key('P', wxMOD_CONTROL | wxMOD_SHIFT); }, [&](wxDialog& dialog) {
    palette = texts_of(dialog, 1);
    dialog.EndModal(wxID_CANCEL);
  }));
  for (const auto& key : keys) {
    EXPECT_TRUE(sheet.contains(key)) << key;
    EXPECT_TRUE(palette.contains(key)) << key;
  }
  EXPECT_TRUE(sheet.contains("Delete"));
}

}  // namespace
}  // namespace meerstem::testing
