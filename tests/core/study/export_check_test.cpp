// What could identify somebody in a view that leaves, and how counts of few are left out of it.
#include <algorithm>

#include <gtest/gtest.h>

#include "core/base/language.h"
#include "core/study/export_check.h"
#include "core/view/suppress.h"
#include "tests/support/conversation.h"

namespace meerstem::testing {
namespace {

using Kind = Identifying::Kind;

view::Cell Count(std::int64_t n) { return {.value = n}; }
view::Heading Named(const std::string& name) { return {.key = name, .label = Verbatim(name)}; }

view::Model SiteByType() {
  view::Matrix matrix;
  matrix.rows = {Named("Noord"), Named("Zuid"), Named("Oost")};
  matrix.columns = {Named("Coach"), Named("Gezin"), Named("School")};
  matrix.cells = {{Count(2), Count(9), Count(7)}, {Count(6), Count(11), Count(8)}, {Count(12), Count(0), Count(14)}};
  matrix.row_totals = {Count(18), Count(25), Count(26)};
  matrix.column_totals = {Count(20), Count(20), Count(29)};
  matrix.total = Count(69);
  return {.view = "test", .title = Say("Test"), .body = matrix};
}

class ExportCheck : public ::testing::Test {
 protected:
  std::vector<Identifying> Check(const view::Model& model) {
    Job job;
    return CheckExport(*study_.store().Read(), model, job);
  }
  static std::int64_t Of(const std::vector<Identifying>& found, Kind kind, const std::string& what = {}) {
    return std::count_if(found.begin(), found.end(), [&](const Identifying& each) { return each.kind == kind && (what.empty() || (*Language::English())(each.what) == what); });
  }
  TestStudy study_{{}};
};

TEST_F(ExportCheck, FindsNamesPlacesDatesAndConsentWhereTheyStand) {
  const Id source = AddConversation(study_, "Gesprek", {{"Ann", "coach", "Noord", "Toen ging Karel van Dam naar Gent op 12 maart 2021. In Noord was dat. Karel van Dam zweeg."}});
  const Id quote = CodeWords(study_, source, "ging Karel van Dam naar Gent", "A");
  view::Prose prose;
  prose.blocks = {{.key = "1", .kind = view::Block::Kind::kHeading, .text = Verbatim("Begin")},
                  {.key = "2", .kind = view::Block::Kind::kQuote, .text = Verbatim("Toen ging Karel van Dam naar Gent op 12 maart 2021."), .entities = {{"quote", quote}}, .target = view::Target{"coding.document", {{"source", source}}}},
                  {.key = "3", .text = Verbatim("Dit werd gezegd in Noord, door iemand anders.")},
                  {.key = "4", .kind = view::Block::Kind::kQuote, .text = Verbatim("Karel zei niets."), .state = view::State::kSuppressed}};
  view::Model model{.view = "test", .title = Say("Test"), .body = prose};
  const auto found = Check(model);
  EXPECT_EQ(Of(found, Kind::kName, "Karel van Dam"), 1);
  EXPECT_EQ(Of(found, Kind::kPlace, "Gent"), 1);
  EXPECT_EQ(Of(found, Kind::kPlace, "Noord"), 1);
  EXPECT_EQ(Of(found, Kind::kDate, "12 maart 2021"), 1);
  EXPECT_EQ(Of(found, Kind::kConsent), 1) << "nobody recorded whether Ann may be quoted";
  EXPECT_EQ(found.size(), 5u);
  EXPECT_TRUE(found.front().target);
  EXPECT_EQ((*Language::English())(CountIdentifying(found)), "1 name, 2 places, 1 date, 1 question of consent");
  study_.store().Run({"test", Say("Edit"), study_.actor()}, [&](Writing& writing) {
    writing.Do("INSERT INTO no_name (id, words) VALUES (?, 'Karel van Dam')", writing.NewId());
    SetSetting(writing, "reference_small_sites", "yes");
  });
  EXPECT_EQ(Of(Check(model), Kind::kName), 0);
  EXPECT_EQ(Of(Check(model), Kind::kFewSpeak), 1) << "the reference names the site of one coach";
}

TEST_F(ExportCheck, ReferencesNameTheSiteOnlyWhereFiveSpeak) {
  std::vector<Said> few, many;
  for (const char* name : {"Ann", "Bea", "Cis", "Dirk"}) few.push_back({name, "coach", "Noord", "Ja, zeker."});
  const Id source = AddConversation(study_, "Vier", few);
  const auto reference = [&] { return (*Language::English())(Reference(*study_.store().Read(), {source, {5, 8}})); };
  EXPECT_EQ(reference().find("Noord"), std::string::npos) << reference();
  AddConversation(study_, "Vijfde", {{"Els", "coach", "Noord", "Ook."}});
  EXPECT_NE(reference().find("Noord"), std::string::npos) << reference();
}

TEST_F(ExportCheck, SmallCountsGoAndWhatTheyCouldBeComputedFromToo) {
  auto model = SiteByType();
  EXPECT_EQ(Of(Check(model), Kind::kSmallCell), 1);
  view::SuppressBelow(model, 5, *study_.store().Read());
  const auto& matrix = std::get<view::Matrix>(model.body);
  EXPECT_EQ(matrix.cells[0][0].state, view::State::kSuppressed);
  EXPECT_EQ(matrix.cells[0][0].value, Value{});
  // Its row and its column add up to what is shown: the smallest other ones go too, and what those could be computed from.
  for (const auto& [row, column] : {std::pair(0, 2), std::pair(1, 0), std::pair(1, 2)}) EXPECT_EQ(matrix.cells[row][column].state, view::State::kSuppressed) << row << "," << column;
  for (const auto& [row, column] : {std::pair(0, 1), std::pair(1, 1), std::pair(2, 0), std::pair(2, 2)}) EXPECT_EQ(matrix.cells[row][column].state, view::State::kValue) << row << "," << column;
  EXPECT_EQ(matrix.row_totals[0].state, view::State::kValue);
  EXPECT_EQ(std::get<std::int64_t>(matrix.cells[2][1].value), 0) << "nobody is nobody";
  EXPECT_EQ(model.notes.size(), 1u);
  EXPECT_EQ(Of(Check(model), Kind::kSmallCell), 0);
}

TEST_F(ExportCheck, OfATableTheColumnsThatCountPeopleAndTheirShares) {
  std::vector<view::Row> rows;
  for (const auto& [name, n, share, words] : {std::tuple("a", 3, 5.0, 2), std::tuple("b", 30, 50.0, 3), std::tuple("c", 27, 45.0, 4)}) {
    rows.push_back({name, {{.value = std::string(name)}, Count(n), {.value = share}, Count(words)}, {}, {}});
  }
  view::Model model{.view = "test", .title = Say("Test")};
  model.body = view::Table{{{"what", Say("What")}, {"n", Say("n"), view::ColumnType::kInteger}, {"share", Say("Share"), view::ColumnType::kPercent}, {"words", Say("Words"), view::ColumnType::kInteger}}, view::MakeRows(rows)};
  auto reading = study_.store().Read();
  EXPECT_EQ(view::SmallCells(model, 5, *reading).size(), 1u);
  view::SuppressBelow(model, 5, *reading);
  const auto left = std::get<view::Table>(model.body).rows->Page(*reading, 0, 3);
  EXPECT_EQ(left[0].cells[1].state, view::State::kSuppressed);
  EXPECT_EQ(left[0].cells[2].state, view::State::kSuppressed);
  EXPECT_EQ(left[2].cells[1].state, view::State::kSuppressed) << "the total of 60 stands elsewhere";
  EXPECT_EQ(std::get<std::int64_t>(left[1].cells[1].value), 30);
  EXPECT_EQ(std::get<std::int64_t>(left[0].cells[3].value), 2) << "words are nobody";
}

TEST_F(ExportCheck, ACellOfManyQuotesOfFewPeopleIsSmall) {
  view::Cell cell{.value = std::int64_t{12}};
  cell.parts = {{"people", std::int64_t{2}}, {"quotes", std::int64_t{12}}};
  EXPECT_EQ(view::PeopleIn(cell), 2);
}

}  // namespace
}  // namespace meerstem::testing
