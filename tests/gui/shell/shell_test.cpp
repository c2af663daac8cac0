#include <algorithm>

#include <wx/dataview.h>
#include <wx/menu.h>
#include <wx/textctrl.h>

#include "core/base/fold.h"
#include "gui/shell/finder.h"
#include "gui/shell/parameter_dialog.h"
#include "gui/shell/runner.h"
#include "gui/shell/tr.h"
#include "tests/gui/shell/window.h"

namespace meerstem::testing {
namespace {

using gui::FromWx;

TEST_F(WindowTest, AViewIsShownAndFollowsWhatChanges) {
  frame().OpenAny("toy.sites", false);
  ASSERT_TRUE(Until([&] { return frame().tabs()->active()->model() != nullptr; }));
  EXPECT_EQ(RowsShown(), 0u);
  AddSite("Gent");
  EXPECT_TRUE(Until([&] { return RowsShown() == 1; }));
  EXPECT_EQ(FromWx(frame().tabs()->GetPageText(0)), "Sites");
}

TEST_F(WindowTest, ThePaletteFindsACommandByTypingAndTheDialogAsksWhatItNeeds) {
  ASSERT_TRUE(InDialog("Found a site",
                       [&] {
                         ASSERT_TRUE(InDialog("Command palette", [&] { frame().Palette(); },
                                              [&](wxDialog&) {
                                                hands_.Text("found site");
                                                hands_.Char(WXK_RETURN);
                                              }));
                       },
                       [&](wxDialog&) {
                         hands_.Text("Leuven");
                         hands_.Char(WXK_RETURN, wxMOD_CONTROL);
                       }));
  EXPECT_TRUE(Until([&] { return Sites() == 1; }));
}

TEST_F(WindowTest, ARefusalStandsInTheDialogAndNothingTypedIsLost) {
  std::string sentence;
  ASSERT_TRUE(InDialog("Found a site", [&] { frame().RunById("toy.add-site"); },
                       [&](wxDialog& dialog) {
                         auto& asking = dynamic_cast<gui::ParameterDialog&>(dialog);
                         dynamic_cast<wxTextCtrl&>(*asking.Field("name")->focus()).SetValue(gui::ToWx("Nowhere"));
                         hands_.Char(WXK_RETURN, wxMOD_CONTROL);
                         Until([&] { return !asking.error().empty(); });
                         sentence = FromWx(asking.error());
                         asking.EndModal(wxID_CANCEL);
                       }));
  EXPECT_NE(sentence.find("“Nowhere” is no place."), std::string::npos) << sentence;
  EXPECT_EQ(Sites(), 0);
}

TEST_F(WindowTest, UndoAndRedoSayWhatTheyWillDo) {
  AddSite("Gent");
  ASSERT_TRUE(Until([&] { return FromWx(gui::Shown(frame().undo()->UndoLabel())) == "Undo: Found a site"; }));
  frame().undo()->Do(true);
  ASSERT_TRUE(Until([&] { return Sites() == 0; }));
  ASSERT_TRUE(Until([&] { return FromWx(gui::Shown(frame().undo()->RedoLabel())) == "Redo: Found a site"; }));
  wxMenu* edit = frame().GetMenuBar()->GetMenu(1);
  EXPECT_EQ(FromWx(edit->FindItemByPosition(1)->GetItemLabelText()), "Redo: Found a site");
  frame().undo()->Do(false);
  EXPECT_TRUE(Until([&] { return Sites() == 1; }));
}

TEST_F(WindowTest, ALiveParameterBuildsTheViewAsOneTypes) {
  AddSite("Gent");
  AddSite("Leuven");
  frame().OpenAny("toy.sites", false);
  ASSERT_TRUE(Until([&] { return RowsShown() == 2; }));
  wxWindow* field = frame().tabs()->active()->bar()->Control("text");
  ASSERT_NE(field, nullptr);
  field->SetFocus();
  ASSERT_TRUE(Until([&] { return wxWindow::FindFocus() == field; }));
  hands_.Text("leu");
  EXPECT_TRUE(Until([&] { return RowsShown() == 1; }));
  EXPECT_EQ(frame().tabs()->active()->arguments().Text("text"), "leu");
}

TEST_F(WindowTest, AKeyPutsATableInTheOrderOfItsColumn) {
  AddSite("Zele");
  AddSite("Aalst");
  frame().OpenAny("toy.sites", false);
  ASSERT_TRUE(Until([&] { return RowsShown() == 2 && !frame().tabs()->active()->building(); }));
  const auto first = [&] { return std::get<view::Table>(frame().tabs()->active()->model()->body).rows->Key(0); };
  const std::string before = first();
  frame().tabs()->active()->FocusContent();
  ASSERT_TRUE(Until([] { return dynamic_cast<wxDataViewCtrl*>(wxWindow::FindFocus()) != nullptr; }));
  hands_.Char(WXK_F8, wxMOD_CONTROL);
  ASSERT_TRUE(Until([&] { return frame().tabs()->active()->arguments().Text("sort") == "name" && !frame().tabs()->active()->building(); }));
  const std::string up = first();
  hands_.Char(WXK_F8, wxMOD_CONTROL);
  ASSERT_TRUE(Until([&] { return frame().tabs()->active()->arguments().Text("sort") == "-name" && !frame().tabs()->active()->building(); }));
  EXPECT_NE(first(), up);
  hands_.Char(WXK_F8, wxMOD_CONTROL);
  ASSERT_TRUE(Until([&] { return frame().tabs()->active()->arguments().Text("sort").empty() && !frame().tabs()->active()->building(); }));
  EXPECT_EQ(first(), before);
}

TEST_F(WindowTest, WhatTakesLongShowsItselfAndCanBeCancelled) {
  frame().OpenAny("toy.endless", false);
  ASSERT_TRUE(Until([&] { return frame().status()->CancelButton() != nullptr; }));
  wxWindow* cancel = frame().status()->CancelButton();
  cancel->SetFocus();
  ASSERT_TRUE(Until([&] { return wxWindow::FindFocus() == cancel; }));
  hands_.Char(WXK_SPACE);
  EXPECT_TRUE(Until([&] { return !frame().tabs()->active()->building(); }));
  EXPECT_TRUE(Until([&] { return frame().status()->CancelButton() == nullptr; }));
}

TEST_F(WindowTest, AnotherLanguageKeepsTheTabs) {
  AddSite("Gent");
  frame().OpenAny("toy.sites", false);
  ASSERT_TRUE(Until([&] { return RowsShown() == 1; }));
  frame().UseLanguage("nl");
  EXPECT_EQ(gui::CurrentLanguage()->tag(), "nl");
  ASSERT_EQ(frame().tabs()->GetPageCount(), 1u);
  EXPECT_TRUE(Until([&] { return RowsShown() == 1; }));
  // What the catalogue knows is nowhere left in English.
  const Language& dutch = *gui::CurrentLanguage();
  for (const auto& action : frame().actions()) {
    const std::string said = dutch(action.label);
    if (said == action.label.id) continue;
    for (std::size_t i = 0; i < frame().GetMenuBar()->GetMenuCount(); ++i) {
      for (const wxMenuItem* item : frame().GetMenuBar()->GetMenu(i)->GetMenuItems()) EXPECT_NE(FromWx(item->GetItemLabelText()), action.label.id);
    }
  }
  frame().UseLanguage("en");
}

TEST_F(WindowTest, EveryKeyStandsOnTheSheetAndNoKeyTwice) {
  std::vector<std::string> keys;
  for (const auto& line : frame().keys().lines()) keys.push_back(line.key);
  for (const auto& action : frame().actions()) {
    if (!action.key.empty()) { EXPECT_EQ(std::count(keys.begin(), keys.end(), action.key), 1) << action.key; }
  }
  for (const auto& command : session().registry().commands()) {
    if (!command.key.empty()) { EXPECT_EQ(std::count(keys.begin(), keys.end(), command.key), 1) << command.key; }
  }
}

TEST_F(WindowTest, TheSelectionGivesACommandWhatItNeedsButNothingOptional) {
  const Command& command = session().engine().CommandOf("toy.remove-site");
  const Id site{{1}}, other{{2}}, person{{3}};
  const gui::Selection selection{{{"site", site}, {"site", other}, {"person", person}}, {}};
  const Arguments filled = gui::FillFromSelection(command.parameters, {}, selection);
  EXPECT_EQ(filled.Entity("site"), site);
  EXPECT_FALSE(filled.Has("other"));
  EXPECT_EQ(gui::Suggest(command.parameters, {}, selection).Entity("other"), person);
  EXPECT_EQ(gui::FillFromSelection(command.parameters, {{"site", other}}, selection).Entity("site"), other);
  EXPECT_TRUE(gui::TakesSelection(command, selection));
  EXPECT_FALSE(gui::TakesSelection(command, {{{"person", person}}, {}}));
}

TEST_F(WindowTest, ClosingAStudyWhileItWorksLeavesNothingBehind) {
  frame().OpenAny("toy.endless", false);
  frame().CloseStudy();
  EXPECT_FALSE(frame().has_study());
  EXPECT_TRUE(frame().OpenStudy(folder_.path("toys.meerstem")));
  EXPECT_TRUE(session().store().Check().empty());
}

TEST(Finder, LettersInTheirOrderAreEnoughWhenNothingHasTheWord) {
  const std::vector<std::string> folded{FoldText("Relatie/Vertrouwen winnen"), FoldText("Relatie/Nabijheid"), FoldText("Gezin/Verwachtingen")};
  EXPECT_EQ(gui::FindItems(folded, "verwin", 10), (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(gui::FindItems(folded, "rnab", 10), (std::vector<std::size_t>{1}));
  // What has the word itself leaves no room for guesses.
  EXPECT_EQ(gui::FindItems(folded, "verw", 10), (std::vector<std::size_t>{2}));
  EXPECT_TRUE(gui::FindItems(folded, "zelfredzaamheid", 10).empty());
}

TEST(Finder, EveryWordMustBeThereAndABeginningComesFirst) {
  const std::vector<std::string> folded{FoldText("Relatie/Vertrouwen"), FoldText("Vertrouwen"), FoldText("Wantrouwen"), FoldText("Één zaak")};
  EXPECT_EQ(gui::FindItems(folded, "vertr", 10), (std::vector<std::size_t>{1, 0}));
  EXPECT_EQ(gui::FindItems(folded, "trouwen rel", 10), (std::vector<std::size_t>{0}));
  EXPECT_EQ(gui::FindItems(folded, "een", 10), (std::vector<std::size_t>{3}));
  EXPECT_EQ(gui::FindItems(folded, "", 2).size(), 2u);
}

}  // namespace
}  // namespace meerstem::testing
