#include <cstdlib>
#include <filesystem>

#include <wx/textctrl.h>

#include "tests/gui/shell/real_house.h"

namespace meerstem::testing {
namespace {

using gui::FromWx;

/// A sitting at the keyboard: a transcript comes in, passages are coded, codes are merged, everything is undone and done
/// again. After each step the whole study is written down; undo and redo must come by the same states.
class SessionTest : public RealHouseTest {
 protected:
  void SetUp() override {
    OpenHouse();
    ASSERT_TRUE(frame().NewStudy(folder_.path("session.meerstem")));
    ASSERT_TRUE(Until([this] { return frame().IsActive() && pane() && pane()->model(); }));
    states_.push_back(State());
  }
  std::string State() { return Aside([&] { return DumpOf(session().store(), session().registry()); }); }
  /// The step is in the store, and the view shows it.
  bool Stepped() {
    if (!Until([&] { return State() != states_.back(); })) return false;
    states_.push_back(State());
    return Until([&] { return !pane()->building() && Marks() == Number("SELECT count(*) FROM coding"); });
  }
  std::int64_t Marks() {
    const auto* text = pane()->model() ? std::get_if<view::CodedText>(&pane()->model()->body) : nullptr;
    return text ? static_cast<std::int64_t>(text->marks.size()) : -1;
  }
  std::size_t CodesAtHand() { return std::get<view::CodedText>(pane()->model()->body).quick.size(); }
  bool CodeByName(const std::string& letters) {
    return InDialog("Code the selected words: Code", [&] { Key('K', wxMOD_CONTROL); },
                    [&](wxDialog&) {
                      hands_.Text(letters.c_str());
                      hands_.Char(WXK_RETURN);
                    });
  }
  bool SelectNextPassage() {
    Key(WXK_PAGEDOWN, wxMOD_ALT);
    return Until([&] { return pane()->selection().span && !pane()->selection().span->range.empty(); });
  }
  void Import() {
    const char* given = std::getenv("MEERSTEM_TRANSCRIPT");
    const std::string file = given && *given ? given : TRANSCRIPT;
    std::filesystem::copy_file(file, folder_.path("talk" + std::filesystem::path(file).extension().string()));
    ASSERT_TRUE(InDialog("Bring in texts", [&] { Key('I', wxMOD_CONTROL); },
                         [&](wxDialog&) {
                           // As it would be pasted: the simulator types no capitals of a folder's name on every keyboard.
                           auto* field = dynamic_cast<wxTextCtrl*>(wxWindow::FindFocus());
                           ASSERT_NE(field, nullptr);
                           field->SetValue(gui::ToWx(folder_.path("talk" + std::filesystem::path(file).extension().string())));
                           hands_.Char(WXK_RETURN, wxMOD_CONTROL);
                         }));
    ASSERT_TRUE(Until([&] { return pane() && pane()->view() == "coding.document" && pane()->model() && HasKeyboard(); }));
    ASSERT_TRUE(Stepped());
  }
  std::vector<std::string> states_;
};

TEST_F(SessionTest, TwentyPassagesAreCodedTwoCodesMergedAndAllOfItUndoneAndRedone) {
  ASSERT_NO_FATAL_FAILURE(Import());
  ASSERT_TRUE(SelectNextPassage());
  ASSERT_TRUE(CodeByName("nabij"));
  ASSERT_TRUE(Stepped());
  // Where nothing is left uncoded, the first words of a line get a second code.
  for (int i = 1; i < 20; ++i) {
    const Range before = pane()->selection().span ? pane()->selection().span->range : Range();
    Key(WXK_PAGEDOWN, wxMOD_ALT);
    if (!pane()->selection().span || pane()->selection().span->range == before || pane()->selection().span->range.empty()) {
      Key(WXK_HOME, wxMOD_CONTROL);
      for (int line = 0; line < i; ++line) Key(WXK_DOWN);
      Key(WXK_HOME);
      for (int word = 0; word < 3; ++word) Key(WXK_RIGHT, wxMOD_CONTROL | wxMOD_SHIFT);
    }
    ASSERT_TRUE(Until([&] { return pane()->selection().span && !pane()->selection().span->range.empty(); })) << i;
    if (i == 1) ASSERT_TRUE(CodeByName("steun"));
    else if (i % 5 == 2) Key('L', wxMOD_CONTROL);
    else if (i % 5 == 3) Key('J', wxMOD_CONTROL);
    else Key(i % 2 ? '1' : '2');
    ASSERT_TRUE(Stepped()) << i;
  }
  EXPECT_GE(Number("SELECT count(*) FROM coding"), 20);
  EXPECT_GE(CodesAtHand(), 2u);

  // The last quote of more than a word, a word shorter.
  constexpr std::int64_t kSomeWords = 25;
  Key(WXK_UP, wxMOD_ALT);
  for (int i = 0; i < 20 && pane()->selection().span->range.size() < kSomeWords; ++i) Key(WXK_UP, wxMOD_ALT);
  const Range quote = pane()->selection().span->range;
  Key(WXK_F8, wxMOD_SHIFT);
  ASSERT_TRUE(Stepped());
  EXPECT_EQ(Number("SELECT count(*) FROM quote JOIN span ON span.id = span_id WHERE start = " + std::to_string(quote.start) + " AND end < " + std::to_string(quote.end)), 1);

  // The code of the quote that is chosen goes into another, by the palette; both are found by typing.
  Id going;
  for (const auto& entity : pane()->selection().entities) {
    if (entity.kind == "code") going = entity.id;
  }
  const std::int64_t codes = Number("SELECT count(*) FROM code"), codings = Number("SELECT count(*) FROM coding");
  const std::string into = Aside([&] { return session().NameOf(*session().store().Read(), {"code", going}); }) == "nabij" ? "steun" : "nabij";
  ASSERT_TRUE(InDialog("Merge codes: Into this one",
                       [&] {
                         ASSERT_TRUE(InDialog("Command palette", [&] { Key('P', wxMOD_CONTROL | wxMOD_SHIFT); },
                                              [&](wxDialog&) {
                                                hands_.Text("merge codes");
                                                hands_.Char(WXK_RETURN);
                                              }));
                       },
                       [&](wxDialog&) {
                         hands_.Text(into.c_str());
                         hands_.Char(WXK_RETURN);
                       }));
  ASSERT_TRUE(Stepped());
  EXPECT_EQ(Number("SELECT count(*) FROM code"), codes - 1);
  EXPECT_EQ(Number("SELECT count(*) FROM coding"), codings);

  const std::vector<std::string> done = states_;
  for (std::size_t i = done.size() - 1; i > 0; --i) {
    ASSERT_TRUE(Until([&] { return frame().undo()->UndoLabel() == Say("Undo: {0}", Aside([&] { return session().store().NextUndo(); })->entry.label); }));
    Key('Z', wxMOD_CONTROL);
    ASSERT_TRUE(Until([&] { return State() == done[i - 1]; })) << "undoing step " << i;
  }
  EXPECT_EQ(Number("SELECT count(*) FROM source"), 0);
  for (std::size_t i = 1; i < done.size(); ++i) {
    ASSERT_TRUE(Until([&] {
      const auto next = Aside([&] { return session().store().NextRedo(); });
      return next && frame().undo()->RedoLabel() == Say("Redo: {0}", next->entry.label);
    }));
    Key('Z', wxMOD_CONTROL | wxMOD_SHIFT);
    ASSERT_TRUE(Until([&] { return State() == done[i]; })) << "redoing step " << i;
  }
  EXPECT_TRUE(IsWhole());
}

}  // namespace
}  // namespace meerstem::testing
