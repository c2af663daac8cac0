#include <algorithm>

#include <gtest/gtest.h>

#include "core/base/language.h"
#include "plugins/coding/counts.h"
#include "tests/plugins/coding/coding_study.h"

namespace meerstem::coding::testing {
namespace {


std::string Said(const view::Cell& cell) {
  if (const auto* message = std::get_if<Message>(&cell.value)) return (*Language::Load("en", ""))(*message);
  const auto* text = std::get_if<std::string>(&cell.value);
  return text ? *text : "";
}

/// Two conversations, three quotes under "Relatie", one of them with a memo on its coding.
class Codebooks : public ::testing::Test {
 protected:
  Codebooks() {
    study.AddInterview("Een", {{"Ann", "coach", "Ze belt als het moeilijk gaat."}, {"Bea", "family", "Zij bleef komen."}});
    study.AddInterview("Twee", {{"Cis", "family", "Niemand belt ooit terug."}});
    study.Do("coding.add-code", {{"name", "Relatie"}, {"definition", "Hoe ze met elkaar omgaan."}});
    study.Code("Een", "Ze belt als het moeilijk gaat.", "Relatie");
    study.Code("Een", "Zij bleef komen.", "Relatie");
    study.Code("Twee", "Niemand belt ooit terug.", "Relatie");
    study.Do("coding.memo", {{"text", "Bellen is nabij zijn."}, {"on-coding", FirstCoding()}});
  }
  std::int64_t Under(const std::string& path) {
    return study.Count("SELECT count(*) FROM coding JOIN code_path ON code_path.id = code_id WHERE path = '" + path + "'");
  }
  std::string FirstCoding() {
    const auto reading = study.store().Read();
    auto row = reading->Query("SELECT coding.id FROM coding JOIN code ON code.id = code_id WHERE code.name = 'Relatie' ORDER BY coding.rowid LIMIT 1");
    row.Step();
    return ToString(row.GetId(0));
  }
  CodingStudy study;
};

TEST_F(Codebooks, SplittingByWordsMovesTheCodingsThemselvesWithTheirMemos) {
  const auto before = study.Count("SELECT count(*) FROM coding");
  study.Do("coding.split-code", {{"code", "Relatie"}, {"into", "Relatie/Bellen"}, {"text", "BELT"}});
  EXPECT_EQ(Under("Relatie"), 1);
  EXPECT_EQ(Under("Relatie/Bellen"), 2);
  EXPECT_EQ(study.Count("SELECT count(*) FROM coding"), before);
  EXPECT_EQ(study.Count("SELECT count(*) FROM memo JOIN coding ON coding.id = entity_id JOIN code ON code.id = code_id WHERE code.name = 'Bellen'"), 1);
  EXPECT_EQ(study.Text("SELECT definition FROM code WHERE name = 'Bellen'"), "Hoe ze met elkaar omgaan.");
  study.Undo();
  EXPECT_EQ(Under("Relatie"), 3);
  EXPECT_EQ(study.Count("SELECT count(*) FROM code"), 1);
}

TEST_F(Codebooks, SplittingTakesOneSourceOrTheRowsChosenInThePreview) {
  study.Do("coding.split-code", {{"code", "Relatie"}, {"into", "Apart"}, {"source", "Twee"}});
  EXPECT_EQ(Under("Apart"), 1);
  study.Do("coding.split-code", {{"code", "Relatie"}, {"into", "Gekozen"}, {"rows", FirstCoding()}});
  EXPECT_EQ(Under("Gekozen"), 1);
  EXPECT_EQ(Under("Relatie"), 1);
  EXPECT_NE(study.Refusal("coding.split-code", {{"code", "Relatie"}, {"into", "Niets"}, {"text", "zomervakantie"}}), "");
  EXPECT_NE(study.Refusal("coding.split-code", {{"code", "Relatie"}, {"into", "Relatie"}}), "");
  EXPECT_EQ(study.Count("SELECT count(*) FROM code WHERE name = 'Niets'"), 0);
}

TEST_F(Codebooks, SeveralCodesMergeIntoOneAndTheirMemosToo) {
  study.Do("coding.split-code", {{"code", "Relatie"}, {"into", "A"}, {"source", "Twee"}});
  study.Do("coding.split-code", {{"code", "Relatie"}, {"into", "B"}, {"text", "belt"}});
  const auto memos = study.Count("SELECT count(*) FROM memo");
  study.Do("coding.merge-codes", {{"from", "A"}, {"from", "B"}, {"into", "Relatie"}});
  EXPECT_EQ(Under("Relatie"), 3);
  EXPECT_EQ(study.Count("SELECT count(*) FROM code"), 1);
  EXPECT_EQ(study.Count("SELECT count(*) FROM memo JOIN coding ON coding.id = entity_id"), memos);
  study.Undo();
  EXPECT_EQ(study.Count("SELECT count(*) FROM code"), 3);
  EXPECT_TRUE(study.store().Check().empty());
}

TEST_F(Codebooks, ACodeMovesAloneAndThoseBelowItTakeItsPlace) {
  study.Do("coding.add-code", {{"name", "Relatie/Nabij/Dichtbij"}});
  study.Do("coding.add-code", {{"name", "Elders"}});
  study.Do("coding.move-code", {{"code", "Relatie/Nabij"}, {"parent", "Elders"}, {"alone", "yes"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM code_path WHERE path IN ('Relatie/Dichtbij', 'Elders/Nabij')"), 2);
  study.Undo();
  EXPECT_EQ(study.Count("SELECT count(*) FROM code_path WHERE path = 'Relatie/Nabij/Dichtbij'"), 1);
}

TEST_F(Codebooks, ASnapshotTellsWhatBecameOfEachCode) {
  study.Do("coding.add-code", {{"name", "Weg"}});
  study.Do("coding.take-snapshot", {{"name", "Ronde 1"}});
  EXPECT_NE(study.Refusal("coding.take-snapshot", {{"name", "Ronde 1"}}), "");
  EXPECT_TRUE(study.Rows(study.See("coding.compare-codebook", {{"snapshot", "Ronde 1"}})).empty());
  study.Do("coding.delete-code", {{"code", "Weg"}});
  study.Do("coding.rename-code", {{"code", "Relatie"}, {"name", "Band"}});
  study.Do("coding.add-code", {{"name", "Nieuw"}});
  const auto rows = study.Rows(study.See("coding.compare-codebook", {{"snapshot", "Ronde 1"}}));
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(Said(rows[0].cells[0]), "renamed");
  EXPECT_EQ(Said(rows[0].cells[1]), "Relatie");
  EXPECT_EQ(Said(rows[0].cells[2]), "Band");
  EXPECT_EQ(Said(rows[1].cells[0]), "new");
  EXPECT_EQ(Said(rows[2].cells[0]), "gone");
  const auto old = study.See("coding.snapshot", {{"snapshot", "Ronde 1"}});
  EXPECT_EQ(std::get<view::Tree>(old.body).nodes.size(), 2u);
  EXPECT_EQ(std::get<view::Tree>(old.body).nodes[0].label, Verbatim("Relatie"));
  study.Do("coding.delete-snapshot", {{"snapshot", "Ronde 1"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM codebook_snapshot_code"), 0);
  study.Undo();
  EXPECT_EQ(study.Count("SELECT count(*) FROM codebook_snapshot_code"), 2);
}

TEST_F(Codebooks, TheHistoryOfACodeIsReadFromTheJournal) {
  study.Do("coding.add-code", {{"name", "Anders"}});
  study.Do("coding.rename-code", {{"code", "Relatie"}, {"name", "Band"}});
  study.Undo();
  study.Do("coding.split-code", {{"code", "Relatie"}, {"into", "Bellen"}, {"text", "belt"}});
  const auto rows = study.Rows(study.See("coding.history", {{"code", "Relatie"}}));
  std::vector<std::string> what;
  for (const auto& row : rows) what.push_back(Said(row.cells[3]));
  EXPECT_EQ(what, (std::vector<std::string>{"2 codings taken away", "renamed from “Band” to “Relatie”", "renamed from “Relatie” to “Band”", "1 coding added", "1 coding added",
                                            "1 coding added", "made as “Relatie”"}));
  EXPECT_EQ(study.Rows(study.See("coding.history", {{"code", "Bellen"}})).size(), 1u);
}

TEST_F(Codebooks, CountsPerStakeholderTypeLeadToTheirQuotes) {
  const auto model = study.See("coding.codebook", {{"by-type", "yes"}});
  const auto& tree = std::get<view::Tree>(model.body);
  const auto column = std::find_if(tree.columns.begin(), tree.columns.end(), [](const view::Column& c) { return c.id == "type:family"; });
  ASSERT_NE(column, tree.columns.end());
  const auto& cell = tree.nodes[0].cells[static_cast<std::size_t>(column - tree.columns.begin())];
  EXPECT_EQ(std::get<std::int64_t>(cell.value), 2);
  ASSERT_TRUE(cell.target);
  EXPECT_EQ(cell.target->arguments.Entities("stakeholder").size(), 1u);
  for (const auto& node : tree.nodes) EXPECT_EQ(node.cells.size(), tree.columns.size());
}

TEST_F(Codebooks, CountsThatFollowAnEditAreThoseOfAWholeSweep) {
  study.Do("coding.add-code", {{"name", "Relatie/Nabij"}});
  const auto agree = [&](const std::string& after) {
    const auto reading = study.store().Read();
    const auto counts = CodeCountsOf(*reading);
    const CodeCounts whole = CountCodes(counts->study);
    EXPECT_EQ(counts->study, CodedStudyOf(*reading)) << after;
    EXPECT_EQ(counts->of, whole.of) << after;
    EXPECT_EQ(std::pair(counts->quotes, counts->interviewer_only), std::pair(whole.quotes, whole.interviewer_only)) << after;
  };
  agree("the start");
  // Cis speaks in a second source, Bea twice in the same.
  study.AddInterview("Drie", {{"Cis", "family", "Nu belt er soms iemand."}, {"Bea", "family", "Bij mij ook. En dat doet deugd."}});
  agree("a source");
  const std::vector<std::pair<std::string, RawArguments>> edits = {
      {"coding.autocode", {{"code", "Relatie/Nabij"}, {"text", "belt"}}}, {"coding.autocode", {{"code", "Relatie/Nabij"}, {"text", "deugd"}}},
      {"coding.autocode", {{"code", "Relatie"}, {"text", "Bij mij ook"}}}, {"coding.delete-code", {{"code", "Relatie/Nabij"}}}, {"coding.move-code", {{"code", "Relatie/Nabij"}}}};
  for (const auto& [command, raw] : edits) {
    study.Do(command, raw);
    agree(command);
    study.Undo();
    agree("undo of " + command);
    if (command == "coding.delete-code") continue;
    study.Redo();
    agree("redo of " + command);
  }
}

TEST_F(Codebooks, MemosStandInOneTextByKindAndAsBadgesBesideTheWords) {
  study.Do("coding.memo", {{"text", "Ik schrok hiervan."}, {"kind", "reflexive"}, {"on-source", "Een"}});
  const auto book = study.See("coding.memo-book", {});
  const auto& blocks = std::get<view::Prose>(book.body).blocks;
  ASSERT_EQ(std::count_if(blocks.begin(), blocks.end(), [](const view::Block& b) { return b.kind == view::Block::Kind::kHeading && b.level == 1; }), 2);
  EXPECT_TRUE(std::any_of(blocks.begin(), blocks.end(), [](const view::Block& b) { return b.kind == view::Block::Kind::kQuote && b.text == Verbatim("Ze belt als het moeilijk gaat."); }));
  const auto reflexive = study.See("coding.memo-book", {{"kind", "reflexive"}});
  EXPECT_EQ(std::get<view::Prose>(reflexive.body).blocks.size(), 3u);
  const auto document = study.See("coding.document", {{"source", "Een"}});
  const auto& badges = std::get<view::CodedText>(document.body).badges;
  ASSERT_EQ(badges.size(), 2u);
  EXPECT_TRUE(badges[0].range.empty());
  EXPECT_EQ(badges[1].range, std::get<view::CodedText>(document.body).marks[0].range);
  EXPECT_EQ(study.Rows(study.See("coding.memos", {{"about", "coding"}})).size(), 1u);
}

TEST_F(Codebooks, CodesAtHandAreThoseUsedLastAndStayUnderTheirKeys) {
  study.Do("coding.apply", {{"source", "Twee"}, {"text", "Niemand"}, {"new-code", "Afstand"}, {"new-code", "Relatie/Stil"}});
  const auto quick = [&] {
    std::vector<std::string> names;
    const auto model = study.See("coding.document", {{"source", "Een"}});
    for (const auto& action : std::get<view::CodedText>(model.body).quick) names.push_back(action.label.id);
    return names;
  };
  const auto before = quick();
  EXPECT_EQ(before.size(), 3u);
  study.Do("coding.apply", {{"source", "Een"}, {"text", "Zij bleef"}, {"code", "Relatie"}});
  EXPECT_EQ(quick(), before);
  study.Do("coding.apply-last", {{"source", "Een"}, {"text", "Ze belt"}});
  EXPECT_EQ(Under("Relatie"), 5);
  EXPECT_EQ(study.Refusal("coding.apply", {{"source", "Een"}, {"text", "Ze belt"}, {"new-code", "Relatie//x"}}),
            "“Relatie//x” is not a name for a code; between the strokes must stand something.");
}

}  // namespace
}  // namespace meerstem::coding::testing
