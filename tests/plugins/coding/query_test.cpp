#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/base/error.h"
#include "core/base/language.h"
#include "plugins/coding/around.h"
#include "plugins/coding/expression.h"
#include "tests/plugins/coding/coding_study.h"

namespace meerstem::coding::testing {
namespace {

using Words = std::vector<std::string>;

Words Found(CodingStudy& study, const std::string& expression) {
  Words found;
  for (const auto& row : study.Rows(study.See("coding.query", {{"expression", expression}}))) found.push_back(std::get<std::string>(row.cells[0].value));
  return found;
}

std::string Fault(CodingStudy& study, const std::string& expression) {
  try {
    study.See("coding.query", {{"expression", expression}});
    return {};
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kRefused);
    return (*Language::English())(error.message());
  }
}

/// One conversation of two people; letters stand for codes where they are put.
void FillForQueries(CodingStudy& study) {
  study.AddInterview("G", {{"Lies", "researcher", "Hoe was het begin?"},
                           {"Coach1", "coach", "Eerst kwam hoop. Daarna groeide vertrouwen tussen ons, heel traag.\nToen viel het stil."},
                           {"Mama1", "family", "Ik had geen hoop meer, maar wel vertrouwen in haar."}});
  study.AddText("Nota", "Zonder vertrouwen geen hoop.");
  for (const char* code : {"H", "V", "Zin/Heel", "Zin/Deel"}) study.Do("coding.add-code", {{"name", code}});
  study.Code("G", "Eerst kwam hoop", "H");
  study.Code("G", "groeide vertrouwen", "V");
  study.Code("G", "Daarna groeide vertrouwen tussen ons, heel traag.", "Zin/Heel");
  study.Code("G", "Toen viel het stil.", "Zin/Deel");
  study.Code("G", "geen hoop meer", "H");
  study.Code("G", "wel vertrouwen in haar", "V");
  study.Code("Nota", "vertrouwen geen hoop", "H");
  study.Do("coding.apply", {{"source", "Nota"}, {"text", "vertrouwen geen hoop"}, {"code", "V"}});
  study.Do("coding.apply", {{"source", "G"}, {"text", "Hoe was het begin?"}, {"code", "H"}});
}

TEST(Query, CodesAndLogic) {
  CodingStudy study;
  FillForQueries(study);
  EXPECT_EQ(Found(study, "H"), (Words{"Eerst kwam hoop", "geen hoop meer", "vertrouwen geen hoop"}));
  EXPECT_EQ(Found(study, "Zin"), (Words{"Daarna groeide vertrouwen tussen ons, heel traag.", "Toen viel het stil."}));
  EXPECT_TRUE(Found(study, "only Zin").empty());
  EXPECT_EQ(Found(study, "Heel"), (Words{"Daarna groeide vertrouwen tussen ons, heel traag."}));
  EXPECT_EQ(Found(study, "H and V"), (Words{"vertrouwen geen hoop"}));
  EXPECT_EQ(Found(study, "H OR V").size(), 5u);
  EXPECT_EQ(Found(study, "not (H or V)"), Found(study, "Zin"));
  EXPECT_EQ(Found(study, "not H and not V"), Found(study, "Zin"));
  // and before or, not before and.
  EXPECT_EQ(Found(study, "Zin or H and V").size(), 3u);
  EXPECT_EQ(Found(study, "(Zin or H) and V").size(), 1u);
}

TEST(Query, HowQuotesLie) {
  CodingStudy study;
  FillForQueries(study);
  EXPECT_EQ(Found(study, "V within \"Zin/Heel\""), (Words{"groeide vertrouwen"}));
  EXPECT_EQ(Found(study, "Zin encloses V"), (Words{"Daarna groeide vertrouwen tussen ons, heel traag."}));
  EXPECT_EQ(Found(study, "V overlaps Zin"), (Words{"groeide vertrouwen"}));
  EXPECT_EQ(Found(study, "H overlaps V"), (Words{"vertrouwen geen hoop"}));
  // Between "Eerst kwam hoop" and "groeide vertrouwen" stands one word.
  EXPECT_EQ(Found(study, "V near(1) H"), (Words{"groeide vertrouwen", "wel vertrouwen in haar", "vertrouwen geen hoop"}));
  EXPECT_EQ(Found(study, "V near(0) H"), (Words{"vertrouwen geen hoop"}));
  EXPECT_EQ(Found(study, "H followed by(1) V"), (Words{"Eerst kwam hoop", "geen hoop meer"}));
  EXPECT_TRUE(Found(study, "V followed by(paragraph) H").empty());
  EXPECT_EQ(Found(study, "Deel near(turn) H"), (Words{"Toen viel het stil."}));
  EXPECT_TRUE(Found(study, "Deel near(paragraph) H").empty());
  EXPECT_EQ(Found(study, "not V near(turn) H"), (Words{"Eerst kwam hoop", "Daarna groeide vertrouwen tussen ons, heel traag.", "Toen viel het stil.", "geen hoop meer"}));
  EXPECT_EQ(Found(study, "H near (V or Zin)").size(), 3u);
}

TEST(Query, AttributesOfPeopleSourcesAndCases) {
  CodingStudy study;
  FillForQueries(study);
  EXPECT_EQ(Found(study, "H and stakeholder = coach"), (Words{"Eerst kwam hoop"}));
  EXPECT_EQ(Found(study, "H and stakeholder != coach"), (Words{"geen hoop meer", "vertrouwen geen hoop"}));
  EXPECT_EQ(Found(study, "H and person = Mama1"), (Words{"geen hoop meer"}));
  EXPECT_EQ(Found(study, "source = Nota"), (Words{"vertrouwen geen hoop"}));
  EXPECT_EQ(Found(study, "text ~ \"HOOP\"").size(), 3u);
  EXPECT_EQ(Found(study, "coder = Ada").size(), 7u);
  study.Change("INSERT INTO variable (id, name, type, entity_kind) VALUES (x'00000000000000000000000000000001', 'Leeftijd', 'integer', 'person'), "
               "(x'00000000000000000000000000000002', 'Fase', 'text', 'source')");
  study.Change("INSERT INTO variable_value (id, variable_id, entity_id, value) SELECT randomblob(16), x'00000000000000000000000000000001', id, '34' FROM person WHERE pseudonym = 'Mama1'");
  study.Change("INSERT INTO variable_value (id, variable_id, entity_id, value) SELECT randomblob(16), x'00000000000000000000000000000002', id, 'Begin' FROM source WHERE title = 'G'");
  study.Change("UPDATE source SET date = '2023-02-10' WHERE title = 'G'");
  EXPECT_EQ(Found(study, "person.Leeftijd >= 30").size(), 2u);
  EXPECT_TRUE(Found(study, "person.Leeftijd < 9").empty());
  EXPECT_EQ(Found(study, "source.Fase = begin and H").size(), 2u);
  EXPECT_EQ(Found(study, "date < 01/03/2023 and H").size(), 2u);
  study.Change("UPDATE person SET may_analyse = 0 WHERE pseudonym = 'Coach1'");
  EXPECT_EQ(Found(study, "H"), (Words{"geen hoop meer", "vertrouwen geen hoop"}));
  EXPECT_EQ(study.See("coding.query", {{"expression", "H"}}).population.facts.back().value, Value(std::int64_t{4}));
}

TEST(Query, WhatCannotBeReadIsSaidWithItsPlace) {
  CodingStudy study;
  FillForQueries(study);
  EXPECT_EQ(Fault(study, "H and"), "The query ends too early, at character 6: here must stand a code, a condition or a parenthesis.");
  EXPECT_EQ(Fault(study, "(H or V"), "The parenthesis at character 1 is never closed.");
  EXPECT_EQ(Fault(study, "H V"), "Before “V” at character 3 must stand and, or, overlaps or another operator.");
  EXPECT_EQ(Fault(study, "H)"), "The parenthesis at character 2 closes nothing; take it away, or open one before it.");
  EXPECT_EQ(Fault(study, "\"é\" or \"H"), "The quotation mark at character 8 is never closed; put one behind the name.");
  EXPECT_EQ(Fault(study, "H or Heels"), "At character 6: no code is named “Heels”.");
  EXPECT_EQ(Fault(study, "H and stakeholder = koch"), "At character 21: Stakeholder type has no “koch”; there is coordinator, coach, family.");
  EXPECT_NE(Fault(study, "colour = red").find("At character 1: “colour” is nothing that can be compared"), std::string::npos);
  EXPECT_NE(Fault(study, "H overlaps V overlaps Zin").find("at character 14"), std::string::npos);
  EXPECT_NE(Fault(study, "H near(99999) V"), "");
  EXPECT_NE(Fault(study, "person.Leeftijd = 3").find("no variable"), std::string::npos);
  EXPECT_NE(Fault(study, "date > gisteren").find("none"), std::string::npos);
  EXPECT_NE(Fault(study, "and"), "");
  EXPECT_NE(Fault(study, "H & V"), "");
  EXPECT_NE(Fault(study, std::string(5000, '(')), "");
  EXPECT_NE(Fault(study, [] { std::string deep; for (int i = 0; i < 3000; ++i) deep += "not "; return deep + "H"; }()), "");
  EXPECT_NE(Fault(study, std::string(30000, 'x')), "");
}

TEST(Query, NamesAreWrittenSoThatTheyAreReadAgain) {
  for (const char* name : {"Vertrouwen", "Nabij zijn", "and", "Zeg \"ja\"", "Één/Twee", "a(b)"}) {
    const auto expression = ReadExpression(AsName(name));
    EXPECT_EQ(expression.kind, Expression::Kind::kCode);
    EXPECT_EQ(expression.name, name);
  }
}

TEST(Query, SavedByNameItIsAskedAnew) {
  CodingStudy study;
  FillForQueries(study);
  const auto before = study.Dump();
  study.Do("coding.save-query", {{"name", "Hoop"}, {"expression", "H or V"}});
  study.Do("coding.save-query", {{"name", "Coaches"}, {"expression", "query = Hoop and stakeholder = coach"}});
  EXPECT_EQ(Found(study, "query = Coaches").size(), 2u);
  EXPECT_EQ(study.Rows(study.See("coding.query", {{"query", "Coaches"}})).size(), 2u);
  study.Code("G", "viel", "V");
  EXPECT_EQ(Found(study, "query = Coaches").size(), 3u);
  EXPECT_EQ(Found(study, "query != Hoop").size(), 2u);
  const auto rows = study.Rows(study.See("coding.queries"));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].cells[2].value, Value(std::int64_t{3}));
  const auto matrix = study.See("coding.matrix", {{"rows", "query"}, {"columns", "stakeholder"}, {"count", "quotes"}});
  EXPECT_EQ(std::get<view::Matrix>(matrix.body).cells[0][1].value, Value(std::int64_t{3}));
  EXPECT_NE(study.Refusal("coding.save-query", {{"name", "Hoop"}, {"expression", "H"}}), "");
  EXPECT_NE(study.Refusal("coding.save-query", {{"name", "Stuk"}, {"expression", "H and"}}), "");
  // One that stands in itself is told, not followed for ever.
  EXPECT_NE(study.Refusal("coding.set-query", {{"query", "Hoop"}, {"expression", "query = Weg"}}), "");
  study.Change("UPDATE saved_query SET expression = 'query = Coaches' WHERE name = 'Hoop'");
  EXPECT_NE(Fault(study, "query = Hoop").find("stands in itself"), std::string::npos);
  EXPECT_EQ(study.Rows(study.See("coding.queries"))[0].cells[2].state, view::State::kUndefined);
  study.Undo();
  study.Do("coding.set-query", {{"query", "Hoop"}, {"name", "Alles"}});
  EXPECT_NE(Fault(study, "query = Coaches").find("In the saved query “Coaches”"), std::string::npos);
  study.Do("coding.delete-query", {{"query", "Alles"}});
  for (int i = 0; i < 5; ++i) study.Undo();
  EXPECT_EQ(study.Dump(), before);
}

TEST(Query, ResultsAreCodedAsOneStep) {
  CodingStudy study;
  FillForQueries(study);
  study.Do("coding.add-code", {{"name", "Nieuw"}});
  const auto before = study.Dump();
  const auto done = study.Do("coding.code-quotes", {{"code", "Nieuw"}, {"expression", "H"}});
  EXPECT_EQ(done.changed.tables.at("coding").inserted, 3);
  EXPECT_EQ(Found(study, "Nieuw"), Found(study, "H"));
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
  const auto row = study.Rows(study.See("coding.query", {{"expression", "H"}}))[1];
  study.Do("coding.code-quotes", {{"code", "Nieuw"}, {"expression", "H"}, {"rows", row.key}});
  EXPECT_EQ(Found(study, "Nieuw"), (Words{"geen hoop meer"}));
  study.Do("coding.code-quotes", {{"code", "Nieuw"}, {"quote", row.key}, {"quote", study.Rows(study.See("coding.query", {{"expression", "H"}}))[0].key}});
  EXPECT_EQ(Found(study, "Nieuw").size(), 2u);
  EXPECT_NE(study.Refusal("coding.code-quotes", {{"code", "Nieuw"}}), "");
  EXPECT_NE(study.Refusal("coding.code-quotes", {{"code", "Nieuw"}, {"expression", "H"}, {"rows", "x"}}), "");
}

/// Five sources of fifty words in lines and turns, with random quotes of five codes.
void FillByChance(CodingStudy& study, int seed) {
  std::mt19937 random(static_cast<unsigned>(seed));
  for (const char* code : {"A", "B", "C", "D", "E"}) study.Do("coding.add-code", {{"name", code}});
  for (int s = 0; s < 5; ++s) {
    std::vector<Said> turns;
    std::string title = "T" + std::to_string(s);
    for (int t = 0; t < 5; ++t) {
      std::string words;
      for (int w = 0; w < 10; ++w) words += "woord" + std::to_string(t) + std::to_string(w) + (random() % 5 == 0 ? "\n" : " ");
      turns.push_back({t % 2 ? "Lies" : "Mama", t % 2 ? "researcher" : "family", words + "slot"});
    }
    const Id source = study.AddInterview(title, turns);
    const auto length = static_cast<int>(study.Count("SELECT max(end) FROM span"));
    for (int i = 0; i < 14; ++i) {
      const int start = static_cast<int>(random()) & 0xffff;
      const int from = start % (length - 40), to = from + 3 + static_cast<int>(random() % 60);
      const std::string code(1, static_cast<char>('A' + random() % 5));
      study.Do("coding.apply", {{"source", ToString(source)}, {"start", std::to_string(from)}, {"end", std::to_string(std::min(to, length))}, {"code", code}});
    }
  }
}

TEST(Cooccurrence, ACellCountsTheQuotesThatItOpens) {
  for (const int seed : {1, 2, 3}) {
    CodingStudy study;
    FillByChance(study, seed);
    for (const RawArguments& how : {RawArguments{}, RawArguments{{"unit", "near"}, {"words", "3"}}, RawArguments{{"unit", "near"}, {"words", "0"}}}) {
      const auto model = study.See("coding.cooccurrence", how);
      const auto& matrix = std::get<view::Matrix>(model.body);
      ASSERT_EQ(matrix.rows.size(), 5u);
      std::int64_t all = 0;
      for (std::size_t a = 0; a < 5; ++a) {
        for (std::size_t b = 0; b < 5; ++b) {
          const auto& cell = matrix.cells[a][b];
          if (a == b) continue;
          EXPECT_EQ(cell.value, matrix.cells[b][a].value);
          const auto count = std::get<std::int64_t>(cell.value);
          all += count;
          ASSERT_EQ(cell.target.has_value(), count > 0);
          if (!cell.target) continue;
          Job job;
          const auto behind = study.engine().Build("coding.query", cell.target->arguments, job);
          EXPECT_EQ(static_cast<std::int64_t>(study.Rows(behind).size()), count);
          const double share = std::get<double>(cell.parts[0].second);
          const auto either = Found(study, matrix.rows[a].key + " or " + matrix.rows[b].key).size();
          EXPECT_DOUBLE_EQ(share, static_cast<double>(count) / static_cast<double>(either));
        }
      }
      EXPECT_GT(all, 0);
    }
  }
}

TEST(Cooccurrence, TurnsAndParagraphs) {
  CodingStudy study;
  FillForQueries(study);
  const auto pair = [&](const std::string& unit, const std::string& a, const std::string& b) {
    const auto model = study.See("coding.cooccurrence", {{"unit", unit}});
    const auto& matrix = std::get<view::Matrix>(model.body);
    std::size_t row = 0, column = 0;
    for (std::size_t i = 0; i < matrix.rows.size(); ++i) {
      if (matrix.rows[i].key == a) row = i;
      if (matrix.rows[i].key == b) column = i;
    }
    return std::get<std::int64_t>(matrix.cells[row][column].value);
  };
  EXPECT_EQ(pair("turn", "H", "V"), 2);
  EXPECT_EQ(pair("turn", "H", "Zin/Deel"), 1);
  EXPECT_EQ(pair("paragraph", "H", "Zin/Deel"), 0);
  // The note has no turns, but a paragraph.
  EXPECT_EQ(pair("paragraph", "H", "V"), 3);
  EXPECT_EQ(pair("overlap", "H", "V"), 1);
}

TEST(Cooccurrence, PairsGoByFrequencyAndTheMatrixSaysWhatItLeavesOut) {
  CodingStudy study;
  FillByChance(study, 4);
  const auto rows = study.Rows(study.See("coding.cooccurrence-pairs"));
  ASSERT_FALSE(rows.empty());
  for (std::size_t i = 1; i < rows.size(); ++i) EXPECT_GE(std::get<std::int64_t>(rows[i - 1].cells[2].value), std::get<std::int64_t>(rows[i].cells[2].value));
  const auto model = study.See("coding.cooccurrence", {{"most", "3"}, {"show", "jaccard"}});
  EXPECT_EQ(std::get<view::Matrix>(model.body).rows.size(), 3u);
  EXPECT_EQ(model.notes.size(), 2u);
  EXPECT_EQ(std::get<view::Matrix>(study.See("coding.cooccurrence", {{"code", "A"}, {"code", "B"}}).body).rows.size(), 2u);
  for (const RawArguments& wrong : {RawArguments{{"most", "1"}}, RawArguments{{"most", "999"}}, RawArguments{{"words", "-1"}}}) EXPECT_THROW(study.See("coding.cooccurrence", wrong), Error);
  EXPECT_FALSE(CodingStudy().See("coding.cooccurrence").empty.empty());
}

TEST(Around, WordsAndLines) {
  const Text text("Eén, twee drie\nvier d'accord\n\nzes");
  // Around "drie", no word between: from the first letter of "twee" to that of "vier".
  EXPECT_EQ(WordsAround(text, {10, 14}, 0), (Range{5, 16}));
  EXPECT_EQ(WordsAround(text, {10, 14}, 1), (Range{0, 21}));
  EXPECT_LT(WordsAround(text, {10, 14}, 2).start, 0);
  EXPECT_EQ(WordsAround(text, {10, 14}, 2).end, 31);
  // In the middle of a word: it begins before, and is not behind.
  EXPECT_EQ(WordsAround(text, {11, 12}, 0), (Range{10, 16}));
  // The apostrophe is a part of its word.
  EXPECT_EQ(WordsAround(text, {30, 33}, 0).start, 20);
  EXPECT_EQ(LinesAround(text, {10, 14}), (Range{0, 14}));
  EXPECT_EQ(LinesAround(text, {16, 17}), (Range{15, 28}));
  EXPECT_EQ(LinesAround(text, {31, 32}).start, 30);
}

}  // namespace
}  // namespace meerstem::coding::testing
