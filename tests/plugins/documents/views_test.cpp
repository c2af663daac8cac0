// Lists, the overview of who was heard, and what can be changed in them.
#include <gtest/gtest.h>

#include "core/base/language.h"
#include "core/study/display.h"
#include "core/study/people.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "plugins/documents/part.h"
#include "tests/support/test_study.h"

namespace meerstem::documents {
namespace {

using meerstem::testing::TestStudy;
using Lines = std::vector<std::string>;

struct Views : ::testing::Test {
  TestStudy study{{&Register}};

  Id Bring(const std::string& title, const std::string& text, RawArguments more) {
    more.emplace_back("file", study.folder().Write(title + ".txt", text));
    return study.Do("documents.import", more).created.at(0);
  }
  void Fill() {
    Bring("coord", "Interviewer: Ja?\nHilde: Nee, dank u.\nInterviewer: Ja?\nHilde: Nee.", {{"site", "Bilzen"}, {"stakeholder", "coordinator"}, {"date", "10/02/2023"}, {"person", "Hilde"}});
    Bring("gezin", "Interviewer: Ja?\nAnja: Nee.\nInterviewer: Ja?\nAnja: Nee.", {{"site", "Bilzen"}, {"stakeholder", "family"}, {"date", "14/06/2023"}, {"person", "Anja"}});
    Bring("gezin 2", "Elif: Nee.\nMehmet: Ja.\nElif: Ja.", {{"site", "Bilzen"}, {"stakeholder", "family"}, {"date", "15/06/2023"}});
    study.Do("documents.assign-speaker", {{"source", "gezin 2"}, {"label", "Elif"}, {"person", "Elif"}, {"case", "BI-11"}});
    Bring("groep", "Moderator: Ja?\nAmina: Nee.\nRosa: Nee.\nAmina: Ja.\nRosa: Ja.", {{"site", "Leuven"}, {"stakeholder", "coach"}, {"date", "22/05/2023"}, {"kind", "focus_group"}});
    study.Do("documents.assign-speaker", {{"source", "groep"}, {"label", "Amina"}, {"person", "Amina"}});
    study.Do("documents.assign-speaker", {{"source", "groep"}, {"label", "Rosa"}, {"person", "Rosa"}, {"stakeholder", "family"}, {"site", "Oostende"}});
    Bring("plan", "Een plan voor Bilzen.", {{"kind", "document"}, {"site", "Bilzen"}, {"stakeholder", "coach"}});
  }
  std::string Said(const Message& message) { return (*Language::English())(message); }
};

TEST_F(Views, EmptyOnesNameTheCommandThatFillsThem) {
  for (const char* view : {"documents.list", "documents.overview", "people.list", "people.names"}) {
    const view::Model model = study.See(view);
    EXPECT_TRUE(view::IsEmpty(model)) << view;
    EXPECT_FALSE(model.empty.empty()) << view;
    ASSERT_FALSE(model.actions.empty()) << view;
    EXPECT_NE(study.registry().FindCommand(model.actions[0].command), nullptr) << view;
  }
}

TEST_F(Views, TheListOfSources) {
  Fill();
  const auto list = study.See("documents.list");
  const auto words = study.Words(list);
  EXPECT_EQ(words[0], (Lines{"title", "kind", "stakeholder", "site", "date", "speakers", "words", "quotes"}));
  EXPECT_EQ(words[1], (Lines{"coord", "Interview", "Coördinator", "Bilzen", "10/02/2023", "2", "10", "0"}));
  EXPECT_EQ(words[5], (Lines{"plan", "Document", "Coach", "Bilzen", "<empty>", "0", "4", "0"}));
  const auto rows = study.Rows(list);
  EXPECT_EQ(rows[0].target->view, "coding.document");
  EXPECT_EQ(rows[0].entities[0].kind, "source");
  EXPECT_EQ(rows[0].cells[0].edit->command, "documents.rename");
  EXPECT_EQ(rows[0].cells[0].edit->parameter, "title");
}

TEST_F(Views, TheListIsFilteredByWhoIsHeard) {
  Fill();
  const auto titles = [&](const RawArguments& filter) {
    std::string joined;
    for (const auto& row : study.Rows(study.See("documents.list", filter))) joined += std::get<std::string>(row.cells[0].value) + ".";
    return joined;
  };
  EXPECT_EQ(titles({{"kind", "document"}}), "plan.");
  EXPECT_EQ(titles({{"stakeholder", "family"}}), "gezin.gezin 2.groep.");
  EXPECT_EQ(titles({{"stakeholder", "family"}, {"site", "Oostende"}}), "groep.");
  EXPECT_EQ(titles({{"stakeholder", "coach"}, {"site", "Oostende"}}), "");
  EXPECT_EQ(titles({{"person", "Elif"}}), "gezin 2.");
  EXPECT_EQ(titles({{"kind", "remark"}}), "");
}

TEST_F(Views, TheOverviewSaysWhoWasHeardAndWhoWasNot) {
  Fill();
  const auto model = study.See("documents.overview");
  const auto& matrix = std::get<view::Matrix>(model.body);
  ASSERT_EQ(matrix.rows.size(), 3u);
  ASSERT_EQ(matrix.columns.size(), 3u);
  EXPECT_EQ(Said(matrix.rows[0].label), "Bilzen");
  EXPECT_EQ(Said(matrix.columns[2].label), "Gezin");
  const auto& families = matrix.cells[0][2];
  EXPECT_EQ(families.value, Value(std::int64_t{2}));
  EXPECT_EQ(families.parts[0], (std::pair<std::string, Value>("people", std::int64_t{2})));
  EXPECT_EQ(Language::English()->Show(families.parts[2].second), "14/06/2023, 15/06/2023");
  EXPECT_EQ(families.target->view, "documents.list");
  EXPECT_EQ(Said(families.alternative), "2 conversations with at least 2 people: 14/06/2023, 15/06/2023");
  // The plan is no conversation: no coach of Bilzen was heard, and that is said.
  const auto& coaches = matrix.cells[0][1];
  EXPECT_EQ(coaches.state, view::State::kEmpty);
  EXPECT_EQ(coaches.value, Value{});
  EXPECT_EQ(Said(coaches.why), "nobody heard");
  // A focus group of two types and sites stands in both, and once in the total.
  EXPECT_EQ(matrix.cells[1][1].value, Value(std::int64_t{1}));
  EXPECT_EQ(matrix.cells[2][2].value, Value(std::int64_t{1}));
  EXPECT_EQ(matrix.cells[2][2].parts[2].second, Value(Date{2023, 5, 22}));
  EXPECT_EQ(matrix.cells[2][2].target->view, "coding.document");
  EXPECT_EQ(matrix.total->value, Value(std::int64_t{4}));
  EXPECT_EQ(matrix.total->parts[0].second, Value(std::int64_t{5}));
  EXPECT_EQ(matrix.row_totals[1].value, Value(std::int64_t{1}));
  EXPECT_EQ(matrix.column_totals[2].value, Value(std::int64_t{3}));
  ASSERT_EQ(model.notes.size(), 2u);  // Mehmet, and what a dash means.
  EXPECT_EQ(Said(model.notes[0]).find("1 speaker is not a person yet"), 0u);
}

TEST_F(Views, AConversationOfNowhereIsShownToo) {
  Bring("ergens", "Anna: ja\nAnna: nee", {});
  const auto model = study.See("documents.overview");
  const auto& matrix = std::get<view::Matrix>(model.body);
  ASSERT_EQ(matrix.rows.size(), 1u);
  EXPECT_EQ(Said(matrix.rows[0].label), "no site");
  EXPECT_EQ(Said(matrix.columns.back().label), "no stakeholder type");
  EXPECT_EQ(matrix.cells[0].back().value, Value(std::int64_t{1}));
}

TEST_F(Views, PeopleAndTheirConsent) {
  Fill();
  auto words = study.Words(study.See("people.list"));
  EXPECT_EQ(words[0], (Lines{"person", "stakeholder", "site", "cases", "sources", "turns", "may_analyse", "may_quote", "may_archive", "asked", "minor"}));
  EXPECT_EQ(words[1], (Lines{"Hilde", "Coördinator", "Bilzen", "<empty>", "1", "2", "yes, not recorded", "yes, not recorded", "yes, not recorded", "<empty>", "no"}));
  EXPECT_EQ(words[4], (Lines{"Elif", "Gezin", "Bilzen", "BI-11", "1", "2", "yes, not recorded", "yes, not recorded", "yes, not recorded", "<empty>", "no"}));
  EXPECT_EQ(words.back()[0], "Interviewer");
  EXPECT_EQ(words.back()[4], "3");
  const std::string before = study.Dump();
  study.Do("people.consent", {{"person", "Elif"}, {"may-quote", "no"}});
  words = study.Words(study.See("people.list"));
  EXPECT_EQ(words[4][6], "yes, not recorded");
  EXPECT_EQ(words[4][7], "no");
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
  EXPECT_EQ(study.Refusal("people.consent", {{"person", "Elif"}}), "Say what this person agrees to: --may-analyse yes|no, --may-quote yes|no, --may-archive yes|no.");
}

TEST_F(Views, ANameIsNowhereShown) {
  const Id source = Bring("brief", "Samira: ik ken Lars.\nDirk: Lars Peeters?\nSamira: ja", {});
  study.Do("people.replace-name", {{"words", "Samira"}, {"shown", "[moeder]"}});
  EXPECT_EQ(study.Words(study.See("documents.speakers", {{"source", "brief"}}))[1][0], "[moeder]");
  EXPECT_EQ(DisplayText(*study.store().Read(), {source, {0, 20}}, Purpose::kScreen), "[moeder]: ik ken Lars.");
  EXPECT_EQ(study.Words(study.See("people.names"))[1], (Lines{"Samira", "[moeder]", "2", "no"}));
  EXPECT_FALSE(study.See("people.names").notes.empty());
  EXPECT_EQ(study.Refusal("documents.assign-speaker", {{"source", "brief"}, {"person", "S."}}),
            "Several people speak in this source; say with --label which of them is meant: [moeder], Dirk.");
  study.Do("people.replace-name", {{"words", "samira"}, {"shown", "[mama]"}});  // The same name.
  EXPECT_EQ(study.Words(study.See("people.names")).size(), 2u);
  EXPECT_EQ(study.Refusal("people.replace-name", {{"words", "Lars"}, {"shown", "kleine Lars"}}), "What is shown instead still holds the name; choose other words.");
  study.Do("people.remove-replacement", {{"replacement", "samira"}});
  EXPECT_EQ(study.Words(study.See("documents.speakers", {{"source", "brief"}}))[1][0], "Samira");
}

TEST_F(Views, SourcesAreRenamedChangedAndRemoved) {
  Fill();
  const std::string before = study.Dump();
  EXPECT_EQ(study.Refusal("documents.rename", {{"source", "gezin"}, {"title", "groep"}}), "There is already a source with the title “groep”; give this one another title.");
  EXPECT_EQ(study.Refusal("documents.rename", {{"source", "gezin"}, {"title", "  "}}), "A source needs a title; it is named by it.");
  EXPECT_EQ(study.Refusal("documents.set", {{"source", "gezin"}}), "Say what to change: --kind, --stakeholder, --site, --date or --language.");
  EXPECT_EQ(study.Dump(), before);
  study.Do("documents.rename", {{"source", "gezin"}, {"title", "Anja"}});
  study.Do("documents.set", {{"source", "Anja"}, {"kind", "focus_group"}, {"site", "Herenthout"}, {"date", "2023-01-02"}, {"stakeholder", "coach"}, {"language", "de"}});
  EXPECT_EQ(study.Words(study.See("documents.list"))[2], (Lines{"Anja", "Focus group", "Coach", "Herenthout", "02/01/2023", "2", "8", "0"}));
  study.Do("documents.set", {{"source", "Anja"}, {"site", ""}});
  EXPECT_EQ(study.Words(study.See("documents.list"))[2][3], "<empty>");
  study.Do("documents.about", {{"source", "Anja"}, {"case", "BI-03"}});
  study.Do("documents.about", {{"source", "Anja"}, {"case", "BI-03"}});
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM source_about"), 1);
  study.Do("documents.about", {{"source", "Anja"}, {"case", "BI-03"}, {"remove", ""}});
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM source_about"), 0);

  const Id source = GetSource(*study.store().Read(), ResolveEntity(study.registry(), *study.store().Read(), "source", "Anja")).id;
  study.store().Run({"test", Say("Quote"), study.actor()}, [&](Writing& writing) { EnsureQuote(writing, {source, {17, 23}}); });
  const std::string whole = study.Dump();
  const Outcome gone = study.Do("documents.remove", {{"source", "Anja"}});
  EXPECT_EQ(Said(gone.notes.at(0)), "1 quote went with it, with 0 codings.");
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM span WHERE source_id = ?", source), 0);
  EXPECT_TRUE(study.store().Check().empty());
  study.Undo();
  EXPECT_EQ(study.Dump(), whole);
  for (int i = 0; i < 6; ++i) study.Undo();
  EXPECT_EQ(study.Dump(), before);
}

TEST_F(Views, ADocumentThatBecomesAnInterviewGetsItsTurns) {
  Bring("tekst", "Interviewer: ja\nAnna: nee\nInterviewer: ja", {{"kind", "document"}});
  EXPECT_TRUE(view::IsEmpty(study.See("documents.speakers", {{"source", "tekst"}})));
  study.Do("documents.set", {{"source", "tekst"}, {"kind", "interview"}});
  EXPECT_EQ(study.Words(study.See("documents.speakers", {{"source", "tekst"}})).size(), 3u);
}

TEST_F(Views, EveryEntityKindNamesItsThings) {
  Fill();
  auto reading = study.store().Read();
  for (const char* kind : {"speaker", "turn"}) {
    const auto all = study.registry().FindKind(kind)->list(*reading);
    EXPECT_GT(all.size(), 8u) << kind;
    EXPECT_EQ(study.registry().FindKind(kind)->name(*reading, all[0].first), all[0].second);
  }
}

}  // namespace
}  // namespace meerstem::documents
