#include <algorithm>
#include <optional>

#include <wx/dataview.h>
#include <wx/menu.h>
#include <wx/textctrl.h>

#include "core/base/fold.h"
#include "gui/shell/finder.h"
#include "gui/shell/parameter_dialog.h"
#include "gui/shell/runner.h"
#include "gui/shell/tr.h"
#include "tests/gui/shell/toy_part.h"
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

TEST_F(WindowTest, ThePaletteFindsACommandByWordsOfItsHelpToo) {
  bool asked = false;
  ASSERT_TRUE(InDialog("Found a site",
                       [&] {
                         ASSERT_TRUE(InDialog("Command palette", [&] { frame().Palette(); },
                                              [&](wxDialog&) {
                                                hands_.Text("people meet");
                                                hands_.Char(WXK_RETURN);
                                              }));
                       },
                       [&](wxDialog& dialog) {
                         asked = true;
                         dialog.EndModal(wxID_CANCEL);
                       }));
  EXPECT_TRUE(asked);
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
                         // The keyboard stays with the button that was pressed: it is greyed for as long as the work takes.
                         wxWindow* ok = asking.FindWindow(wxID_OK);
                         ok->SetFocus();
                         hands_.Char(WXK_SPACE);
                         Until([&] { return asking.error().empty() || !ok->IsEnabled(); });
                         EXPECT_TRUE(Until([&] { return !asking.error().empty() && ok->HasFocus(); }));
                         hands_.Char(WXK_ESCAPE);
                         Settle();
                         EXPECT_FALSE(asking.IsModal());
                         if (asking.IsModal()) asking.EndModal(wxID_CANCEL);
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

TEST_F(WindowTest, LettersAndEnterCountBeforeThePickerKnowsWhatThereIs) {
  AddSite("Gent");
  AddSite("Leuven");
  std::optional<ShutGate> gate(std::in_place);
  ASSERT_TRUE(InDialog("Visit a place: Place", [&] { frame().RunById("toy.visit"); },
                       [&](wxDialog& dialog) {
                         hands_.Text("leuven");
                         Until([&] { return FromWx(dynamic_cast<wxTextCtrl&>(*wxWindow::FindFocus()).GetValue()) == "leuven"; });
                         hands_.Char(WXK_RETURN);
                         Settle();
                         EXPECT_TRUE(dialog.IsModal());
                         gate.reset();
                       }));
  // The one that is there, not a second of its name.
  EXPECT_TRUE(Until([&] { return Number("SELECT count(*) FROM site WHERE name = 'Leuven again'") == 1; }));
  EXPECT_EQ(Sites(), 2);
}

TEST_F(WindowTest, APickerThatIsClosedLeavesItsQuestionBehind) {
  std::optional<ShutGate> gate(std::in_place);
  ASSERT_TRUE(InDialog("Visit a place: Place", [&] { frame().RunById("toy.visit"); }, [&](wxDialog&) { hands_.Char(WXK_ESCAPE); }));
  gate.reset();
  AddSite("Gent");
  EXPECT_EQ(Sites(), 1);
}

TEST_F(WindowTest, AMenuGreysOutWhatAWorkerFindsImpossible) {
  wxMenuBar& bar = *frame().GetMenuBar();
  wxMenu* menu = nullptr;
  const wxMenuItem* item = nullptr;
  for (std::size_t i = 0; i < bar.GetMenuCount(); ++i) {
    for (const wxMenuItem* group : bar.GetMenu(i)->GetMenuItems()) {
      if (!group->IsSubMenu() || group->GetItemLabelText() != wxASCII_STR("Ends")) continue;
      for (const wxMenuItem* each : group->GetSubMenu()->GetMenuItems()) {
        if (!each->GetItemLabelText().StartsWith(wxASCII_STR("Close down"))) continue;
        menu = bar.GetMenu(i);
        item = each;
      }
    }
  }
  ASSERT_NE(item, nullptr) << "stands with its group";
  const auto tell = [&](wxEventType type, bool group = false) {
    wxMenuEvent event(type, 0, group ? item->GetMenu() : menu);
    frame().GetEventHandler()->ProcessEvent(event);
  };
  tell(wxEVT_MENU_OPEN);
  tell(wxEVT_MENU_CLOSE, true);
  EXPECT_TRUE(Until([&] { return !item->IsEnabled(); }));
  EXPECT_EQ(FromWx(item->GetHelp()), "There is no site to close.");
  tell(wxEVT_MENU_CLOSE);
  EXPECT_TRUE(Until([&] { return item->IsEnabled(); }));
  AddSite("Gent");
  tell(wxEVT_MENU_OPEN);
  EXPECT_TRUE(Until([&] { return FromWx(item->GetHelp()).empty(); }));
  EXPECT_TRUE(item->IsEnabled());
}

TEST_F(WindowTest, WhatIsImpossibleIsSaidInTheDialog) {
  std::string sentence;
  ASSERT_TRUE(InDialog("Close down", [&] { frame().RunById("toy.close-down"); },
                       [&](wxDialog& dialog) {
                         auto& asking = dynamic_cast<gui::ParameterDialog&>(dialog);
                         Until([&] { return !asking.error().empty(); });
                         sentence = FromWx(asking.error());
                         hands_.Text("why not");
                         hands_.Char(WXK_RETURN, wxMOD_CONTROL);
                         Settle();
                         EXPECT_TRUE(asking.IsModal());
                         asking.EndModal(wxID_CANCEL);
                       }));
  EXPECT_NE(sentence.find("There is no site to close."), std::string::npos) << sentence;
}

TEST_F(WindowTest, RowsFarAwayAreFetchedWhenTheyAreReached) {
  frame().OpenAny("toy.many", false);
  ASSERT_TRUE(Until([&] { return pane()->model() && !pane()->building() && HasKeyboard(); }));
  Key(WXK_DOWN);
  ASSERT_TRUE(Until([&] { return pane()->selection().rows == std::vector<std::string>{"0"}; }));
  Key(WXK_END);
  ASSERT_TRUE(Until([&] { return pane()->selection().rows == std::vector<std::string>{"999999"}; }));
  EXPECT_EQ(pane()->selection().entities.size(), 1u);
  // A selection of more pages than are kept is told once all of it is known.
  Key(WXK_HOME, wxMOD_SHIFT);
  ASSERT_TRUE(Until([&] { return pane()->selection().rows.size() == 1'000'000; }));
  EXPECT_EQ(pane()->selection().entities.size(), 1'000'000u);
}

TEST_F(WindowTest, ACellOfATableIsChangedWhereItStands) {
  AddSite("Gent");
  AddSite("Leuven");
  frame().OpenAny("toy.sites", false);
  ASSERT_TRUE(Until([&] { return RowsShown() == 2 && !pane()->building(); }));
  pane()->FocusContent();
  ASSERT_TRUE(Until([&] { return dynamic_cast<wxDataViewCtrl*>(wxWindow::FindFocus()) != nullptr; }));
  Key(WXK_DOWN);
  ASSERT_TRUE(Until([&] { return pane()->selection().rows.size() == 1; }));
  const auto named = [&](const std::string& name) { return Number("SELECT count(*) FROM site WHERE name = '" + name + "'"); };
  const auto edits = [&] {
    Key(WXK_F2);
    return Until([&] { return dynamic_cast<wxTextCtrl*>(wxWindow::FindFocus()) != nullptr; });
  };
  ASSERT_TRUE(edits());
  hands_.Text("aarschot");
  Key(WXK_ESCAPE);
  ASSERT_TRUE(Until([&] { return HasKeyboard(); }));
  ASSERT_TRUE(edits());
  hands_.Text("aalst");
  Key(WXK_RETURN);
  EXPECT_TRUE(Until([&] { return named("aalst") == 1; }));
  EXPECT_EQ(named("Gent") + named("aarschot"), 0);
  EXPECT_EQ(named("Leuven"), 1);
  EXPECT_TRUE(Until([&] { return HasKeyboard() && pane()->selection().rows.size() == 1 && !pane()->building(); }));
  ASSERT_TRUE(Until([&] { return FromWx(gui::Shown(frame().undo()->UndoLabel())) == "Undo: Rename a site"; }));
  Key('Z', wxMOD_CONTROL);
  EXPECT_TRUE(Until([&] { return named("Gent") == 1; }));
}

TEST_F(WindowTest, ACellOfAMatrixIsChangedWhereItStands) {
  AddSite("Gent");
  AddSite("Leuven");
  frame().OpenAny("toy.grid", false);
  ASSERT_TRUE(Until([&] { return pane()->model() && !pane()->building() && HasKeyboard(); }));
  Key(WXK_DOWN);
  const auto named = [&](const std::string& name) { return Number("SELECT count(*) FROM site WHERE name = '" + name + "'"); };
  Key(WXK_F2);
  ASSERT_TRUE(Until([&] { return dynamic_cast<wxTextCtrl*>(wxWindow::FindFocus()) != nullptr; }));
  hands_.Text("aalst");
  Key(WXK_RETURN);  // Prose: a line more.
  hands_.Text("bij gent");
  Key(WXK_RETURN, wxMOD_CONTROL);
  EXPECT_TRUE(Until([&] { return named("aalst' || char(10) || 'bij gent") == 1; }));
  EXPECT_EQ(named("Leuven"), 0);
  EXPECT_TRUE(Until([&] { return HasKeyboard(); }));
  ASSERT_TRUE(Until([&] { return FromWx(gui::Shown(frame().undo()->UndoLabel())) == "Undo: Rename a site"; }));
  Key('Z', wxMOD_CONTROL);
  EXPECT_TRUE(Until([&] { return named("Leuven") == 1; }));
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
  // What the view is about is offered where nothing is pointed at, and never taken unasked.
  gui::Selection about;
  about.subjects = selection.entities;
  EXPECT_EQ(gui::Suggest(command.parameters, {}, about), gui::Suggest(command.parameters, {}, selection));
  EXPECT_EQ(gui::FillFromSelection(command.parameters, {}, about), Arguments());
  EXPECT_EQ(gui::FillFromSelection(command.parameters, {{"site", other}}, selection).Entity("site"), other);
  EXPECT_TRUE(gui::TakesSelection(command, selection));
  EXPECT_FALSE(gui::TakesSelection(command, {{{"person", person}}, {}}));
}

TEST_F(WindowTest, ClosingAStudyWhileItWorksLeavesNothingBehind) {
  frame().OpenAny("toy.endless", false);
  frame().CloseStudy();
  EXPECT_FALSE(frame().has_study());
  EXPECT_TRUE(frame().OpenStudy(folder_.path("toys.meerstem")));
  EXPECT_TRUE(IsWhole());
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
  const std::vector<std::string> commands{FoldText("Registraties: Gezinnen importeren"), FoldText("Registraties: Registraties importeren")};
  EXPECT_EQ(gui::FindItems(commands, "registraties importeren", 10), (std::vector<std::size_t>{1, 0})) << "as it was typed before here and there";
  EXPECT_EQ(gui::FindItems(folded, "een", 10), (std::vector<std::size_t>{3}));
  EXPECT_EQ(gui::FindItems(folded, "", 2).size(), 2u);
}

}  // namespace
}  // namespace meerstem::testing
