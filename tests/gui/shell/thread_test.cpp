#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include <wx/app.h>
#include <wx/button.h>
#include <wx/dataview.h>
#include <wx/textctrl.h>

#include "gui/shell/export.h"
#include "gui/shell/parameter_dialog.h"
#include "gui/shell/preview_dialog.h"
#include "gui/shell/tr.h"
#include "tests/gui/shell/sample_house.h"

namespace meerstem::testing {
namespace {

using gui::FromWx;

/// As SQL writes it.
std::string Hex(const Id& id) {
  std::string text = ToString(id);
  std::erase(text, '-');
  return text;
}

class ThreadTest : public SampleHouseTest {
 protected:
  /// The last registration of those for which `where` holds.
  Id LastRegistration(const std::string& where) {
    return Aside([&] {
      const auto reading = session().store().Read();
      auto rows = reading->Query("SELECT id FROM registration WHERE " + where + " ORDER BY date DESC, id DESC LIMIT 1");
      return rows.Step() ? rows.GetId(0) : Id();
    });
  }
};

/// Its family had one before: most of what it opens on is carried.
constexpr char kNotTheFirst[] = "(SELECT count(*) FROM registration earlier WHERE earlier.case_id = registration.case_id) > 1";

TEST_F(ThreadTest, SelectingWordsAKeyAndSomeLettersOfACodeIsACoding) {
  ASSERT_TRUE(See("coding.document", {{"source", "Baldemore – gezin"}}));
  const std::int64_t codings = Number("SELECT count(*) FROM coding");
  const std::size_t marks = std::get<view::CodedText>(pane()->model()->body).marks.size();
  Key(WXK_DOWN);
  for (int i = 0; i < 3; ++i) Key(WXK_RIGHT, wxMOD_CONTROL | wxMOD_SHIFT);
  ASSERT_TRUE(Until([&] { return pane()->selection().span && !pane()->selection().span->range.empty(); }));
  const Range selected = pane()->selection().span->range;
  ASSERT_TRUE(InDialog("Code the selected words: Code", [&] { Key('K', wxMOD_CONTROL); },
                       [&](wxDialog&) {
                         hands_.Text("vertr");
                         hands_.Char(WXK_RETURN);
                       }));
  ASSERT_TRUE(Until([&] { return Number("SELECT count(*) FROM coding") == codings + 1; }));
  const std::string last = "FROM coding JOIN code ON code.id = code_id JOIN quote ON quote.id = quote_id JOIN span ON span.id = span_id ORDER BY coding.rowid DESC LIMIT 1";
  EXPECT_EQ(Text("SELECT code.name " + last), "Vertrouwen winnen");
  EXPECT_LE(selected.start, Number("SELECT span.start " + last));
  EXPECT_GE(selected.end, Number("SELECT span.end " + last));
  const auto shown = [&] { return std::get<view::CodedText>(pane()->model()->body).marks.size(); };
  EXPECT_TRUE(Until([&] { return shown() == marks + 1; }));
  EXPECT_TRUE(HasKeyboard());
  EXPECT_TRUE(Undone([&] { return Number("SELECT count(*) FROM coding") == codings && shown() == marks; },
                     [&] { return Number("SELECT count(*) FROM coding") == codings + 1 && shown() == marks + 1; }));
}

TEST_F(ThreadTest, AQuoteOpensItsSourceAtThePlace) {
  ASSERT_TRUE(See("coding.retrieve", {{"code", "Relatie"}}));
  Key(WXK_HOME);
  Key(WXK_DOWN);
  ASSERT_TRUE(Until([&] { return !pane()->selection().entities.empty(); }));
  const auto row = Chosen(*pane());
  ASSERT_TRUE(row.target);
  Key(WXK_RETURN);
  ASSERT_TRUE(Until([&] { return pane()->view() == "coding.document" && pane()->model() && HasKeyboard(); }));
  ASSERT_TRUE(pane()->selection().span);
  EXPECT_EQ(pane()->selection().span->source, *row.target->arguments.Entity("source"));
  EXPECT_EQ(pane()->selection().span->range.start, row.target->arguments.Int("start"));
  EXPECT_EQ(pane()->selection().span->range.end, row.target->arguments.Int("end"));
}

TEST_F(ThreadTest, ACellOpensWhatIsBehindIt) {
  ASSERT_TRUE(See("indices.transitions"));
  const std::string before = pane()->view();
  Key(WXK_HOME);
  const auto& matrix = std::get<view::Matrix>(pane()->model()->body);
  ASSERT_FALSE(matrix.cells.empty());
  for (std::size_t row = 0; row < matrix.rows.size() && pane()->view() == before; ++row) {
    Key(WXK_RETURN);
    Key(WXK_DOWN);
  }
  ASSERT_TRUE(Until([&] { return pane()->view() != before && pane()->model(); })) << before;
}

TEST_F(ThreadTest, ACodeIsRenamedWhereItStands) {
  ASSERT_TRUE(See("coding.codebook"));
  Key(WXK_HOME);
  Key(WXK_DOWN);
  ASSERT_TRUE(Until([&] { return !pane()->selection().entities.empty(); }));
  const Id code = pane()->selection().entities.front().id;
  const auto name = [&] { return Text("SELECT name FROM code WHERE id = x'" + Hex(code) + "'"); };
  const std::string before = name();
  Key(WXK_F2);
  ASSERT_TRUE(Until([&] { return dynamic_cast<wxTextCtrl*>(wxWindow::FindFocus()) != nullptr; }));
  Key('A', wxMOD_CONTROL);
  hands_.Text("anders");
  Key(WXK_RETURN);
  EXPECT_TRUE(Until([&] { return name() == "anders"; })) << name();
  EXPECT_TRUE(Undone([&] { return name() == before; }, [&] { return name() == "anders"; }));
}

TEST_F(ThreadTest, ARegistrationIsEnteredByKeys) {
  const Id registration = LastRegistration("true");
  ASSERT_TRUE(See("registrations.entry", {{"registration", ToString(registration)}}));
  const auto answers = [&](const std::string& where) { return Number("SELECT count(*) FROM answer WHERE registration_id = x'" + Hex(registration) + "'" + where); };
  const std::int64_t entered = answers(""), not_applicable = answers(" AND status = 'not_applicable'");
  Key('4');
  ASSERT_TRUE(Until([&] { return answers("") == entered + 1 && !pane()->building(); }));
  EXPECT_TRUE(Until([&] { return HasKeyboard(); }));
  // Down to the first question that may not apply.
  const auto may_not_apply = [&] {
    for (const auto& field : std::get<view::Form>(pane()->model()->body).fields) {
      if (field.entities != pane()->selection().entities) continue;
      for (const auto& action : field.actions) {
        if (action.command == "registrations.not-applicable") return true;
      }
    }
    return false;
  };
  for (int i = 0; i < 60 && !may_not_apply(); ++i) Key(WXK_DOWN);
  ASSERT_TRUE(may_not_apply());
  Key('N');
  ASSERT_TRUE(Until([&] { return answers(" AND status = 'not_applicable'") == not_applicable + 1 && !pane()->building(); }));
  EXPECT_TRUE(Undone([&] { return answers("") == entered + 1; }, [&] { return answers("") == entered + 2; }));
}

TEST_F(ThreadTest, AFormWithARemarkMayBecomeWiderAndNarrowerWhileItIsMade) {
  const Id registration = LastRegistration("id IN (SELECT registration_id FROM answer WHERE remark_id IS NOT NULL)");
  ASSERT_TRUE(See("registrations.entry", {{"registration", ToString(registration)}}));
  const wxSize size = frame().GetSize();
  // A width needs some rounds of the loop to be taken in, and then the controls are made anew.
  for (int i = 0; i < 16; ++i) {
    frame().SetSize(i % 2 == 0 ? 900 : 1250, size.y);
    int rounds = 0;
    Until([&] { return ++rounds > 20 + i; });
  }
  frame().SetSize(size);
  const std::string last = std::get<view::Form>(pane()->model()->body).fields.back().key;
  const auto here = [&] {
    const auto& fields = std::get<view::Form>(pane()->model()->body).fields;
    const auto chosen = std::find_if(fields.begin(), fields.end(), [&](const view::Field& field) { return field.entities == pane()->selection().entities; });
    return chosen == fields.end() ? std::string() : chosen->key;
  };
  for (int i = 0; i < 90 && here() != last; ++i) Key(WXK_DOWN);
  EXPECT_EQ(here(), last);
  EXPECT_TRUE(Until([&] { return HasKeyboard(); }));
}

TEST_F(ThreadTest, KeysFasterThanTheStudyAnswerEachItsOwnQuestion) {
  const Id registration = LastRegistration(kNotTheFirst);
  ASSERT_TRUE(See("registrations.entry", {{"registration", ToString(registration)}}));
  const auto fields = [&] { return std::get<view::Form>(pane()->model()->body).fields; };
  std::map<std::string, std::int64_t> given;
  for (const char digit : {'2', '4', '2', '4'}) {
    for (const auto& field : fields()) {
      if (field.entities == pane()->selection().entities) given[field.key] = digit - '0';
    }
    Key(digit);
  }
  EXPECT_EQ(given.size(), 4u);
  const auto entered = [&] {
    const auto now = fields();
    return std::count_if(now.begin(), now.end(), [&](const view::Field& field) {
      const auto mine = given.find(field.key);
      return mine != given.end() && field.value.state == view::State::kValue && field.value.value == Value(mine->second);
    });
  };
  EXPECT_TRUE(Until([&] { return entered() == 4; })) << entered();
}

TEST_F(ThreadTest, WhatStillHoldsIsConfirmedWithOneKey) {
  const Id registration = LastRegistration(kNotTheFirst);
  ASSERT_TRUE(See("registrations.entry", {{"registration", ToString(registration)}}));
  const auto answers = [&](const std::string& where) { return Number("SELECT count(*) FROM answer WHERE registration_id = x'" + Hex(registration) + "'" + where); };
  const auto chosen = [&]() -> view::Field {
    for (const auto& field : std::get<view::Form>(pane()->model()->body).fields) {
      if (!field.entities.empty() && field.entities == pane()->selection().entities) return field;
    }
    return {};
  };
  const auto may = [&](const std::string& command) {
    const auto actions = chosen().actions;
    return std::any_of(actions.begin(), actions.end(), [&](const view::Action& action) { return action.command == command; });
  };
  const auto go_to = [&](const std::string& command) {
    for (int i = 0; i < 90 && !may(command); ++i) Key(WXK_UP);
    for (int i = 0; i < 90 && !may(command); ++i) Key(WXK_DOWN);
    return may(command);
  };
  const auto rests = [&] { return !pane()->building() && HasKeyboard(); };
  // The form has been built again and asks another question.
  const auto goes_on = [&](const std::string& from) { return Until([&] { return rests() && !chosen().key.empty() && chosen().key != from; }); };

  ASSERT_TRUE(go_to("registrations.confirm"));
  const view::Field carried = chosen();
  ASSERT_EQ(carried.value.state, view::State::kCarried);
  const std::string still = " AND status = 'confirmed' AND item_id = x'" + Hex(carried.entities.front().id) + "'";
  const std::int64_t confirmed = answers(still);
  Key(WXK_RETURN);
  ASSERT_TRUE(Until([&] { return answers(still) == confirmed + 1 && rests(); }));
  EXPECT_TRUE(goes_on(carried.key));
  EXPECT_TRUE(Undone([&] { return answers(still) == confirmed && rests(); }, [&] { return answers(still) == confirmed + 1 && rests(); }));

  ASSERT_TRUE(go_to("registrations.unknown"));
  const std::int64_t unknown = answers(" AND status = 'unknown'");
  const std::string not_known = chosen().key;
  Key('U');
  ASSERT_TRUE(Until([&] { return answers(" AND status = 'unknown'") == unknown + 1; }));
  EXPECT_TRUE(goes_on(not_known));

  ASSERT_TRUE(go_to("registrations.unknown"));
  const std::int64_t remarks = answers(" AND remark_id IS NOT NULL");
  Key('R');
  ASSERT_TRUE(Until([&] { return dynamic_cast<wxTextCtrl*>(wxWindow::FindFocus()) != nullptr; }));
  hands_.Text("gesproken");
  Key(WXK_TAB);
  ASSERT_TRUE(Until([&] { return answers(" AND remark_id IS NOT NULL") == remarks + 1; }));
  EXPECT_EQ(Text("SELECT text FROM content JOIN source ON hash = content_hash WHERE text = 'gesproken' LIMIT 1"), "gesproken");
  EXPECT_TRUE(Undone([&] { return answers(" AND remark_id IS NOT NULL") == remarks; }, [&] { return answers(" AND remark_id IS NOT NULL") == remarks + 1; }));
}

TEST_F(ThreadTest, AParagraphOfAChapterIsWritten) {
  ASSERT_TRUE(See("themes.chapter", {{"chapter", Text("SELECT title FROM chapter LIMIT 1")}}));
  wxTextCtrl* field = nullptr;
  Until([&] {
    field = dynamic_cast<wxTextCtrl*>(wxWindow::FindFocus());
    return field && field->IsEditable();
  });
  ASSERT_NE(field, nullptr);
  // To the table below the first paragraph, and on to the second.
  Key(WXK_DOWN, wxMOD_CONTROL);
  Key(WXK_DOWN, wxMOD_CONTROL);
  Key(WXK_END, wxMOD_CONTROL);
  hands_.Text("zeker ");
  Key(WXK_TAB);
  const auto written = [&] { return Number("SELECT count(*) FROM chapter_block WHERE text LIKE '%zeker %'") ; };
  EXPECT_TRUE(Until([&] { return written() == 1; }));
}

/// The study's file as it stands at this moment, as if the machine had stopped: what a crash leaves.
void CopyAsCrashed(const std::string& from, const std::string& to) {
  for (const char* part : {"", "-wal"}) {
    if (std::filesystem::exists(from + part)) std::filesystem::copy_file(from + part, to + part);
  }
}

TEST_F(ThreadTest, WhatIsBeingTypedSurvivesACrash) {
  const std::string chapter = Text("SELECT title FROM chapter LIMIT 1");
  ASSERT_TRUE(See("themes.chapter", {{"chapter", chapter}}));
  Key(WXK_DOWN, wxMOD_CONTROL);
  Key(WXK_DOWN, wxMOD_CONTROL);
  Key(WXK_END, wxMOD_CONTROL);
  hands_.Text("half ");
  // Not sent, for the typing has not rested: the draft alone has it.
  ASSERT_TRUE(Until([&] { return Number("SELECT count(*) FROM draft WHERE text LIKE '%half '") == 1; }));
  CopyAsCrashed(folder_.path("sample.meerstem"), folder_.path("crashed.meerstem"));
  ASSERT_TRUE(frame().OpenStudy(folder_.path("crashed.meerstem")));
  EXPECT_TRUE(frame().notice()->IsShown());
  const auto written = [&] { return Number("SELECT count(*) FROM chapter_block WHERE text LIKE '%half '"); };
  EXPECT_EQ(written(), 0);
  ASSERT_TRUE(See("themes.chapter", {{"chapter", chapter}}));
  EXPECT_TRUE(Until([&] { return written() == 1; }));
  EXPECT_TRUE(Until([&] { return Number("SELECT count(*) FROM draft") == 0; }));
}

TEST_F(ThreadTest, OnlyTheChosenRowsOfAPreviewAreCoded) {
  ASSERT_TRUE(See("coding.document", {{"source", "Baldemore – gezin"}}));
  const auto codings = [&] { return Number("SELECT count(*) FROM coding"); };
  const std::int64_t before = codings();
  const Command& command = session().engine().CommandOf("coding.autocode");
  const auto press = [](wxWindow* button) {
    ASSERT_NE(button, nullptr);
    ASSERT_TRUE(button->IsEnabled());
    wxCommandEvent event(wxEVT_BUTTON, button->GetId());
    event.SetEventObject(button);
    button->GetEventHandler()->ProcessEvent(event);
  };
  ASSERT_TRUE(InDialog(FromWx(gui::Shown(command.label)), [&] { frame().RunById("coding.autocode"); },
                       [&](wxDialog& asking) {
                         auto& dialog = dynamic_cast<gui::ParameterDialog&>(asking);
                         dialog.Field("code")->Load(Aside([&] { return session().engine().Parse(command.parameters, {{"code", "Gezin/Zelf doen"}}); }));
                         dynamic_cast<wxTextCtrl&>(*dialog.Field("text")->focus()).SetValue(gui::ToWx("Katrien"));
                         InDialog("Preview: Code by search", [&] { press(wxWindow::FindWindowByLabel(gui::Tr("Preview…"), &dialog)); },
                                  [&](wxDialog& shown) {
                                    wxDataViewCtrl* list = Find<wxDataViewCtrl>(&shown);
                                    ASSERT_NE(list, nullptr);
                                    ASSERT_TRUE(Until([&] { return list->GetModel() != nullptr; }));
                                    auto* rows = dynamic_cast<wxDataViewVirtualListModel*>(list->GetModel());
                                    ASSERT_NE(rows, nullptr);
                                    ASSERT_GT(rows->GetCount(), 2u);
                                    const wxDataViewItem item = rows->GetItem(1);
                                    list->Select(item);
                                    wxDataViewEvent chosen(wxEVT_DATAVIEW_SELECTION_CHANGED, list, item);
                                    list->GetEventHandler()->ProcessEvent(chosen);
                                    press(wxWindow::FindWindowByLabel(gui::Tr("Only the chosen rows"), &shown));
                                  });
                         Until([&] { return codings() == before + 1; });
                       }));
  EXPECT_TRUE(Until([&] { return codings() == before + 1; }));
}

TEST_F(ThreadTest, TheKeyOfACommandIsNotTakenForSelectingEverything) {
  ASSERT_TRUE(See("coding.document", {{"source", "Baldemore – gezin"}}));
  EXPECT_TRUE(InDialog("Code by search", [&] { Key('A', wxMOD_CONTROL | wxMOD_SHIFT); }, [](wxDialog& dialog) { dialog.EndModal(wxID_CANCEL); }));
  EXPECT_TRUE(!pane()->selection().span || pane()->selection().span->range.empty());
}

TEST_F(ThreadTest, CodingBySearchIsPreviewedAndNothingIsChanged) {
  ASSERT_TRUE(See("coding.document", {{"source", "Baldemore – gezin"}}));
  const std::int64_t codings = Number("SELECT count(*) FROM coding");
  const Command& command = session().engine().CommandOf("coding.autocode");
  bool previewed = false;
  ASSERT_TRUE(InDialog(FromWx(gui::Shown(command.label)), [&] { frame().RunById("coding.autocode"); },
                       [&](wxDialog& asking) {
                         auto& dialog = dynamic_cast<gui::ParameterDialog&>(asking);
                         dialog.Field("code")->Load(Aside([&] { return session().engine().Parse(command.parameters, {{"code", "Relatie/Vertrouwen winnen"}}); }));
                         dynamic_cast<wxTextCtrl&>(*dialog.Field("text")->focus()).SetValue(gui::ToWx("vertrouwen"));
                         wxWindow* preview = wxWindow::FindWindowByLabel(gui::Tr("Preview…"), &dialog);
                         ASSERT_NE(preview, nullptr);
                         previewed = InDialog("Preview: Code by search",
                                              [&] {
                                                wxCommandEvent press(wxEVT_BUTTON, preview->GetId());
                                                preview->GetEventHandler()->ProcessEvent(press);
                                              },
                                              [&](wxDialog& shown) {
                                                EXPECT_NE(dynamic_cast<gui::PreviewDialog*>(&shown), nullptr);
                                                shown.EndModal(wxID_CANCEL);
                                              });
                         dialog.EndModal(wxID_CANCEL);
                       }));
  EXPECT_TRUE(previewed);
  EXPECT_EQ(Number("SELECT count(*) FROM coding"), codings);
}

TEST_F(ThreadTest, ACodeDroppedOnACodeStandsUnderIt) {
  ASSERT_TRUE(See("coding.codebook"));
  wxDataViewCtrl* tree = Find<wxDataViewCtrl>(pane()->widget()->Window());
  ASSERT_NE(tree, nullptr);
  wxDataViewItemArray roots, children;
  tree->GetModel()->GetChildren(wxDataViewItem(), roots);
  ASSERT_GT(roots.size(), 2u);
  tree->GetModel()->GetChildren(roots[0], children);
  ASSERT_FALSE(children.empty());
  const auto middle = [&](const wxDataViewItem& item) {
    const wxRect area = tree->GetItemRect(item, tree->GetColumn(0));
    return tree->ClientToScreen(wxPoint(area.x + 60, area.y + area.height / 2));
  };
  // Before GTK has laid the tree out, no row has a place, and a press would land on whatever stands there.
  ASSERT_TRUE(Until([&] { return !tree->GetItemRect(children[0]).IsEmpty() && !tree->GetItemRect(roots[2]).IsEmpty() && middle(children[0]) != middle(roots[2]); }));
  const auto under_second = [&] {
    return Number("SELECT count(*) FROM code WHERE parent_id = (SELECT id FROM code WHERE parent_id IS NULL ORDER BY order_key LIMIT 1 OFFSET 2)");
  };
  const std::int64_t before = under_second();
  DragUntil(middle(children[0]), middle(roots[2]), [&] { return under_second() > before; });
  EXPECT_TRUE(Until([&] { return under_second() == before + 1; }));

  // Several that are chosen go together; one that is only pressed is then the only one chosen.
  roots.clear();
  children.clear();
  tree->GetModel()->GetChildren(wxDataViewItem(), roots);
  tree->GetModel()->GetChildren(roots[0], children);
  ASSERT_GT(children.size(), 1u);
  wxDataViewItemArray two;
  two.Add(children[0]);
  two.Add(children[1]);
  tree->SetSelections(two);
  DragUntil(middle(children[1]), middle(roots[2]), [&] { return under_second() > before + 1; });
  EXPECT_TRUE(Until([&] { return under_second() == before + 3; }));
  EXPECT_TRUE(Undone([&] { return under_second() == before + 1; }, [&] { return under_second() == before + 3; })) << "as one step";
  // The tree may be built again meanwhile: its items are asked for anew each time.
  const auto root = [&](unsigned i) {
    wxDataViewItemArray now;
    tree->GetModel()->GetChildren(wxDataViewItem(), now);
    return now[i];
  };
  const auto label = [&](const wxDataViewItem& item) {
    wxVariant value;
    tree->GetModel()->GetValue(value, item, 0);
    wxDataViewIconText text;
    text << value;
    return text.GetText();
  };
  const auto choose_two = [&] {
    wxDataViewItemArray first_two;
    for (unsigned i = 0; i < 2; ++i) first_two.Add(root(i));
    tree->SetSelections(first_two);
  };
  ASSERT_TRUE(Until([&] {
    choose_two();
    return !pane()->building() && tree->GetSelectedItemsCount() == 2 && !tree->GetItemRect(root(1)).IsEmpty();
  }));
  hands_.MouseMove(middle(root(1)));
  // The tip is of the row that the mouse is on.
  EXPECT_TRUE(Until([&] { return tree->GetToolTipText() == label(root(1)); }));
  EXPECT_EQ(tree->GetSelectedItemsCount(), 2);
  hands_.MouseClick();
  EXPECT_TRUE(Until([&] { return tree->GetSelectedItemsCount() == 1 && tree->IsSelected(root(1)); }));
}

TEST_F(ThreadTest, WhatACommandMakesIsChosenInTheViewInFront) {
  ASSERT_TRUE(See("coding.codebook"));
  frame().RunCommand("coding.add-code", {{"name", std::string("Relatie/Nieuw gemaakt")}}, false);
  const auto made = [&] {
    const auto& chosen = pane()->selection().entities;
    return chosen.size() == 1 && Aside([&] { return session().registry().FindKind("code")->name(*session().store().Read(), chosen.front().id); }) == "Relatie/Nieuw gemaakt";
  };
  EXPECT_TRUE(Until(made)) << "in a tree";
  ASSERT_TRUE(See("registrations.cases"));
  frame().RunCommand("registrations.add-case", {{"code", std::string("ZZ-99")}}, false);
  EXPECT_TRUE(Until([&] {
    const auto& chosen = pane()->selection().entities;
    return chosen.size() == 1 && Aside([&] { return session().registry().FindKind("case")->name(*session().store().Read(), chosen.front().id); }) == "ZZ-99";
  })) << "in a table";
}

TEST_F(ThreadTest, AQuoteDroppedOnAParagraphStandsBehindIt) {
  frame().OpenAny("themes.chapter-beside-quotes", true);
  gui::Page* page = frame().tabs()->current();
  ASSERT_NE(page, nullptr);
  ASSERT_EQ(page->panes().size(), 2u);
  gui::ViewPane* chapter = page->panes()[0];
  gui::ViewPane* quotes = page->panes()[1];
  Arguments which;
  which.Set("chapter", Aside([&] {
    const auto reading = session().store().Read();
    auto rows = reading->Query("SELECT id FROM chapter ORDER BY order_key LIMIT 1");
    return rows.Step() ? rows.GetId(0) : Id();
  }));
  chapter->Rebuild(which);
  ASSERT_TRUE(Until([&] { return chapter->model() && !chapter->building() && quotes->model() && !quotes->building() && Find<wxTextCtrl>(chapter->widget()->Window()); }));
  wxDataViewCtrl* list = Find<wxDataViewCtrl>(quotes->widget()->Window());
  ASSERT_NE(list, nullptr);
  const auto row = [&] {
    wxDataViewItem item = list->GetTopItem();
    const wxRect area = item.IsOk() ? list->GetItemRect(item, list->GetColumn(0)) : wxRect();
    return list->ClientToScreen(wxPoint(area.x + 60, area.y + area.height / 2));
  };
  ASSERT_TRUE(Until([&] { return list->GetTopItem().IsOk() && !list->GetItemRect(list->GetTopItem(), list->GetColumn(0)).IsEmpty(); }));
  const auto second = [&] { return Number("SELECT count(*) FROM (SELECT kind FROM chapter_block ORDER BY order_key LIMIT 1 OFFSET 1) WHERE kind = 'quote'"); };
  ASSERT_EQ(second(), 0);
  DragUntil(row(), Find<wxTextCtrl>(chapter->widget()->Window())->ClientToScreen(wxPoint(40, 12)), [&] { return second() == 1; });
  EXPECT_EQ(second(), 1);
  EXPECT_TRUE(Undone([&] { return second() == 0; }, [&] { return second() == 1; }));
}

TEST_F(ThreadTest, SearchBesideTheTextFollowsTheHit) {
  frame().OpenAny("coding.search-beside-text", true);
  gui::Page* page = frame().tabs()->current();
  ASSERT_NE(page, nullptr);
  ASSERT_EQ(page->panes().size(), 2u);
  gui::ViewPane* hits = page->panes()[0];
  gui::ViewPane* text = page->panes()[1];
  wxWindow* field = hits->bar()->Control("text");
  ASSERT_NE(field, nullptr);
  field->SetFocus();
  ASSERT_TRUE(Until([&] { return wxWindow::FindFocus() == field; }));
  hands_.Text("vertrouwen");
  Key(WXK_RETURN);
  ASSERT_TRUE(Until([&] { return hits->model() && !hits->building() && std::get<view::Table>(hits->model()->body).rows->Count() > 3; }));
  hits->FocusContent();
  Settle();
  Key(WXK_HOME);
  Key(WXK_DOWN);
  ASSERT_TRUE(Until([&] { return !hits->selection().empty(); }));
  EXPECT_TRUE(Until([&] { return text->model() && text->arguments().Has("source"); }));
  const auto row = Chosen(*hits);
  Key(WXK_RETURN);
  ASSERT_TRUE(row.target);
  EXPECT_TRUE(Until([&] { return !text->building() && text->selection().span && text->selection().span->range.start == row.target->arguments.Int("start"); }));
  EXPECT_EQ(frame().tabs()->current(), page);
}

TEST_F(ThreadTest, AViewIsWrittenToAFileAsItStands) {
  ASSERT_TRUE(See("indices.transitions"));
  const std::string path = folder_.path("matrix.svg");
  gui::WriteView(frame(), pane()->model(), "svg", path);
  ASSERT_TRUE(Until([&] { return std::filesystem::exists(path); }));
  std::ifstream file(path);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  EXPECT_NE(bytes.find("<svg"), std::string::npos);
}

}  // namespace
}  // namespace meerstem::testing
