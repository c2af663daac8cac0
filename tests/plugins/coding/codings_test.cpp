#include <gtest/gtest.h>

#include "core/base/language.h"
#include "core/view/writers.h"
#include "plugins/coding/lanes.h"
#include "tests/plugins/coding/coding_study.h"

namespace meerstem::coding::testing {
namespace {

std::vector<std::string> Column(CodingStudy& study, const view::Model& model, const std::string& id) {
  const auto words = study.Words(model);
  std::vector<std::string> values;
  for (std::size_t c = 0; c < words[0].size(); ++c) {
    if (words[0][c] != id) continue;
    for (std::size_t r = 1; r < words.size(); ++r) values.push_back(words[r][c]);
  }
  return values;
}

TEST(Lanes, OverlapsNeverShareAndNoLaneIsWasted) {
  const std::vector<Range> ranges{{5, 10}, {0, 10}, {0, 20}, {10, 12}, {0, 10}, {20, 21}};
  const Lanes lanes = AllocateLanes(ranges);
  EXPECT_EQ(lanes.order, (std::vector<std::size_t>{2, 1, 4, 0, 3, 5}));
  EXPECT_EQ(lanes.lane, (std::vector<int>{3, 1, 0, 1, 2, 0}));
  EXPECT_EQ(lanes.count, 4);
  EXPECT_EQ(AllocateLanes({}).count, 0);
  std::uint32_t random = 7;
  const auto next = [&](std::uint32_t below) { return (random = random * 1664525u + 1013904223u) >> 8 & 0xffffu % below; };
  std::vector<Range> many;
  for (int i = 0; i < 400; ++i) {
    const auto start = static_cast<std::int64_t>(next(1000));
    many.push_back({start, start + 1 + static_cast<std::int64_t>(next(60))});
  }
  const Lanes spread = AllocateLanes(many);
  int densest = 0;
  for (std::int64_t at = 0; at < 1100; ++at) {
    int here = 0;
    for (const auto& range : many) here += range.Contains(at);
    densest = std::max(densest, here);
  }
  EXPECT_EQ(spread.count, densest);
  for (std::size_t i = 0; i < many.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_FALSE(many[i].Overlaps(many[j]) && spread.lane[i] == spread.lane[j]) << i << " and " << j;
    }
  }
}

TEST(Apply, CountsCodePointsAndTrims) {
  CodingStudy study;
  // A family of four joined by zero-width joiners, an e with a combining acute, both before the words.
  study.AddText("T", "👨‍👩‍👧‍👦 cafe\u0301  het doel \n en meer");
  study.Do("coding.add-code", {{"name", "A"}});
  const auto outcome = study.Do("coding.apply", {{"source", "T"}, {"start", "13"}, {"end", "25"}, {"code", "A"}});
  EXPECT_EQ(outcome.created.size(), 2u);
  EXPECT_EQ(study.Text("SELECT start || '-' || end FROM span"), "15-23");
  EXPECT_EQ(study.Text("SELECT text FROM quote_text"), "het doel");
  study.Do("coding.apply", {{"source", "T"}, {"text", "👨‍👩‍👧‍👦 cafe\u0301"}, {"code", "A"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM span WHERE start = 0 AND end = 13"), 1);
  const auto model = study.See("coding.retrieve");
  EXPECT_EQ(Column(study, model, "text"), (std::vector<std::string>{"👨‍👩‍👧‍👦 cafe\u0301", "het doel"}));
}

TEST(Apply, SameCodeOnceAndRefusals) {
  CodingStudy study;
  EXPECT_NE(study.Refusal("coding.apply", {{"source", "T"}, {"start", "0"}, {"end", "1"}, {"code", "A"}}), "");
  study.AddText("T", "een  twee ");
  study.Do("coding.add-code", {{"name", "A"}});
  study.Do("coding.add-code", {{"name", "Kop"}, {"not-codable", ""}});
  study.Do("coding.apply", {{"source", "T"}, {"start", "0"}, {"end", "3"}, {"code", "A"}});
  const auto before = study.Dump();
  const auto again = study.Do("coding.apply", {{"source", "T"}, {"start", "0"}, {"end", "4"}, {"code", "A"}});
  EXPECT_TRUE(again.changed.empty());
  EXPECT_EQ(again.notes.size(), 1u);
  EXPECT_NE(study.Refusal("coding.apply", {{"source", "T"}, {"start", "0"}, {"end", "3"}, {"code", "Kop"}}), "");
  EXPECT_NE(study.Refusal("coding.apply", {{"source", "T"}, {"start", "3"}, {"end", "5"}, {"code", "A"}}), "");
  EXPECT_NE(study.Refusal("coding.apply", {{"source", "T"}, {"start", "2"}, {"end", "2"}, {"code", "A"}}), "");
  EXPECT_NE(study.Refusal("coding.apply", {{"source", "T"}, {"start", "5"}, {"end", "11"}, {"code", "A"}}), "");
  EXPECT_NE(study.Refusal("coding.apply", {{"source", "T"}, {"start", "-1"}, {"end", "3"}, {"code", "A"}}), "");
  EXPECT_EQ(study.Dump(), before);
  study.DoAs("Bo", "coding.apply", {{"source", "T"}, {"start", "0"}, {"end", "3"}, {"code", "A"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM coding"), 2);
  EXPECT_EQ(study.Count("SELECT count(*) FROM quote"), 1);
  EXPECT_TRUE(study.store().Check().empty());
}

TEST(Apply, InVivo) {
  CodingStudy study;
  study.AddText("T", "ik voelde mij en/of gehoord. " + std::string(10, 'x') + " " + std::string(60, 'y'));
  study.Do("coding.apply-in-vivo", {{"source", "T"}, {"text", "en/of gehoord"}});
  EXPECT_EQ(study.Text("SELECT name FROM code"), "en-of gehoord");
  study.Do("coding.apply-in-vivo", {{"source", "T"}, {"start", "29"}, {"end", "100"}});
  const auto name = study.Text("SELECT name FROM code WHERE name LIKE 'xx%'");
  EXPECT_LE(CountCodePoints(name), 60);
  EXPECT_EQ(study.Count("SELECT count(*) FROM coding"), 2);
  study.Change("INSERT INTO replacement (id, words, shown) VALUES (randomblob(16), 'gehoord', 'GEZIEN')");
  study.Do("coding.apply-in-vivo", {{"source", "T"}, {"text", "mij en/of gehoord"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM code WHERE name = 'mij en-of GEZIEN'"), 1);
}

TEST(Remove, OnlyMineAndLooseQuotesGo) {
  CodingStudy study;
  study.AddText("T", "een twee drie");
  study.Do("coding.add-code", {{"name", "A"}});
  study.Do("coding.add-code", {{"name", "B"}});
  EXPECT_NE(study.Refusal("coding.remove", {{"source", "T"}, {"text", "een"}, {"code", "A"}}), "");
  study.Code("T", "een", "A");
  study.Code("T", "een", "B");
  study.DoAs("Bo", "coding.apply", {{"source", "T"}, {"text", "een"}, {"code", "A"}});
  const auto before = study.Dump();
  EXPECT_NE(study.Refusal("coding.remove", {{"source", "T"}, {"text", "twee"}, {"code", "A"}}), "");
  EXPECT_NE(study.Refusal("coding.remove"), "");
  const auto theirs = study.store().Read();
  Id other;
  {
    auto row = theirs->Query("SELECT coding.id FROM coding JOIN researcher ON researcher.id = coder_id WHERE researcher.name = 'Bo'");
    ASSERT_TRUE(row.Step());
    other = row.GetId(0);
  }
  EXPECT_EQ(study.Refusal("coding.remove", {{"coding", ToString(other)}}), "This coding is another researcher's; you can remove only your own.");
  study.Do("coding.remove", {{"source", "T"}, {"text", "een "}, {"code", "A"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM coding"), 2);
  study.Do("coding.remove", {{"source", "T"}, {"text", "een"}, {"code", "B"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM quote"), 1);
  study.DoAs("Bo", "coding.remove", {{"coding", ToString(other)}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM quote") + study.Count("SELECT count(*) FROM span"), 0);
  study.Undo();
  study.Undo();
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
}

TEST(Apply, SaysWhenACodeStandsOnOverlappingWords) {
  CodingStudy study;
  study.AddText("T", "een twee drie");
  study.Do("coding.add-code", {{"name", "A"}});
  study.Do("coding.add-code", {{"name", "B"}});
  EXPECT_TRUE(study.Do("coding.apply", {{"source", "T"}, {"text", "een twee"}, {"code", "A"}}).notes.empty());
  EXPECT_TRUE(study.Do("coding.apply", {{"source", "T"}, {"text", "twee drie"}, {"code", "B"}}).notes.empty());
  EXPECT_TRUE(study.Do("coding.apply", {{"source", "T"}, {"text", "drie"}, {"code", "A"}}).notes.empty());
  EXPECT_EQ(study.Do("coding.apply", {{"source", "T"}, {"text", "twee drie"}, {"code", "A"}}).notes.size(), 1u);
  EXPECT_TRUE(study.DoAs("Bo", "coding.apply", {{"source", "T"}, {"text", "twee"}, {"code", "A"}}).notes.empty());
}

TEST(Recode, TheQuoteStaysWithItsMemos) {
  CodingStudy study;
  study.AddText("T", "een twee drie");
  for (const char* name : {"A", "B", "C"}) study.Do("coding.add-code", {{"name", name}});
  study.Code("T", "een", "A");
  study.Code("T", "twee", "A");
  study.Code("T", "twee", "B");
  study.DoAs("Bo", "coding.apply", {{"source", "T"}, {"text", "drie"}, {"code", "A"}});
  const auto coding = [&](const std::string& where) {
    return study.Text("SELECT lower(hex(coding.id)) FROM coding JOIN code ON code.id = code_id JOIN quote ON quote.id = quote_id JOIN span ON span.id = span_id WHERE " + where);
  };
  const auto id = [&](const std::string& where) {
    const std::string hex = coding(where);
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" + hex.substr(20);
  };
  const std::string een = id("start = 0"), twee = id("start = 4 AND code.name = 'A'");
  study.Do("coding.memo", {{"on-coding", een}, {"text", "Eerst zo gelezen."}});
  study.Do("coding.memo", {{"on-coding", twee}, {"text", "Twijfel."}});
  const auto before = study.Dump();
  const auto counted = [&] {
    const auto model = study.See("coding.codebook");
    return view::Write(model, "json", *Language::English(), *study.store().Read());
  };
  const std::string counts = counted();
  study.Do("coding.recode", {{"coding", een}, {"code", "C"}});
  EXPECT_EQ(study.Text("SELECT code.name FROM coding JOIN code ON code.id = code_id JOIN memo ON entity_id = coding.id WHERE memo.text = 'Eerst zo gelezen.'"), "C");
  EXPECT_NE(counted(), counts) << "the counts follow";
  // B stands there already: one remains, with the memo.
  study.Do("coding.recode", {{"coding", twee}, {"code", "B"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM coding JOIN quote ON quote.id = quote_id JOIN span ON span.id = span_id WHERE start = 4"), 1);
  EXPECT_EQ(study.Text("SELECT code.name FROM coding JOIN code ON code.id = code_id JOIN memo ON entity_id = coding.id WHERE memo.text = 'Twijfel.'"), "B");
  study.Undo();
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
  EXPECT_EQ(counted(), counts);
  EXPECT_EQ(study.Refusal("coding.recode", {{"coding", id("start = 9")}, {"code", "B"}}), "This coding is another researcher's; you can give only your own another code.");
  // Several at once, with a code that is made for them.
  study.Do("coding.recode", {{"coding", een}, {"coding", twee}, {"new-code", "Nieuw"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM coding JOIN code ON code.id = code_id WHERE code.name = 'Nieuw'"), 2);
  EXPECT_TRUE(study.store().Check().empty());
}

std::string QuoteAt(CodingStudy& study, int start) {
  return study.Text("SELECT substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-' || substr(h, 13, 4) || '-' || substr(h, 17, 4) || '-' || substr(h, 21) FROM "
                    "(SELECT lower(hex(quote.id)) h FROM quote JOIN span ON span.id = span_id WHERE start = " + std::to_string(start) + ")");
}

TEST(MoveEnds, MineMoveAnothersStay) {
  CodingStudy study;
  study.AddText("T", "een twee drie vier vijf");
  study.Do("coding.add-code", {{"name", "A"}});
  study.Do("coding.add-code", {{"name", "B"}});
  study.Code("T", "twee", "A");
  const auto quote = QuoteAt(study, 4);
  // Mine alone: the quote itself moves, and keeps its id.
  study.Do("coding.move-ends", {{"quote", quote}, {"start", "4"}, {"end", "14"}});
  EXPECT_EQ(QuoteAt(study, 4), quote);
  EXPECT_EQ(study.Text("SELECT group_concat(start || '-' || end) FROM span"), "4-13");
  // Another coder's too: mine go to a quote of their own.
  study.DoAs("Bo", "coding.apply", {{"source", "T"}, {"text", "twee drie"}, {"code", "A"}});
  const auto before = study.Dump();
  study.Do("coding.move-ends", {{"quote", quote}, {"start", "4"}, {"end", "18"}});
  EXPECT_EQ(study.Text("SELECT group_concat(w) FROM (SELECT start || '-' || end || researcher.name w FROM coding JOIN quote ON quote.id = quote_id "
                       "JOIN span ON span.id = span_id JOIN researcher ON researcher.id = coder_id ORDER BY w)"),
            "4-13Bo,4-18Ada");
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
  study.Redo();
  EXPECT_NE(study.Refusal("coding.move-ends", {{"quote", quote}, {"start", "0"}, {"end", "3"}}), "");
  // Onto a quote that stands there: they become one, no code twice.
  study.Code("T", "vijf", "A");
  study.Code("T", "vijf", "B");
  study.Code("T", "een", "A");
  study.Do("coding.move-ends", {{"quote", QuoteAt(study, 0)}, {"start", "19"}, {"end", "23"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM coding JOIN quote ON quote.id = quote_id JOIN span ON span.id = span_id WHERE start = 19"), 2);
  EXPECT_EQ(QuoteAt(study, 0), "");
  EXPECT_NE(study.Refusal("coding.move-ends", {{"quote", quote}, {"start", "0"}, {"end", "99"}}), "");
  EXPECT_TRUE(study.store().Check().empty());
}

TEST(MoveEnds, ATurnKeepsItsSpan) {
  CodingStudy study;
  study.AddInterview("G", {{"Mama1", "family", "het ging goed"}});
  study.Do("coding.add-code", {{"name", "A"}});
  study.Code("G", "het ging goed", "A");
  study.Do("coding.move-ends", {{"quote", QuoteAt(study, 7)}, {"start", "7"}, {"end", "10"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM turn JOIN span ON span.id = span_id WHERE end = 20"), 1);
  EXPECT_EQ(study.Text("SELECT text FROM quote_text"), "het");
}

TEST(About, LinksOnceAndUnlinks) {
  CodingStudy study;
  study.AddText("T", "een twee");
  study.Do("coding.add-code", {{"name", "A"}});
  study.Code("T", "een", "A");
  EXPECT_NE(study.Refusal("coding.about", {{"quote", QuoteAt(study, 0)}, {"case", "G1"}}), "");
  study.store().Run({"test.case", Say("Case"), study.actor()}, [&](Writing& writing) { EnsureCase(writing, "G1"); });
  study.Do("coding.about", {{"quote", QuoteAt(study, 0)}, {"case", "G1"}});
  EXPECT_TRUE(study.Do("coding.about", {{"quote", QuoteAt(study, 0)}, {"case", "G1"}}).changed.empty());
  EXPECT_EQ(Column(study, study.See("coding.retrieve", {{"case", "G1"}}), "case"), (std::vector<std::string>{"G1"}));
  study.Do("coding.about", {{"quote", QuoteAt(study, 0)}, {"case", "G1"}, {"remove", "yes"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM quote_about"), 0);
}

TEST(Document, RunsMapShownToStored) {
  CodingStudy study;
  study.AddInterview("G", {{"Lies", "researcher", "hoe gaat het, 👍?"}, {"Mama1", "family", "Fatima zegt goed"}});
  study.Change("INSERT INTO replacement (id, words, shown) VALUES (randomblob(16), 'Fatima', '[naam]')");
  study.Do("coding.add-code", {{"name", "A/B"}});
  study.Code("G", "goed", "A/B");
  study.Code("G", "Fatima zegt goed", "A");
  study.DoAs("Bo", "coding.apply", {{"source", "G"}, {"text", "zegt"}, {"code", "A"}});
  const auto model = study.See("coding.document", {{"source", "G"}, {"start", "6"}, {"end", "9"}});
  const auto& body = std::get<view::CodedText>(model.body);
  std::string shown;
  std::int64_t at = 0;
  for (const auto& run : body.runs) {
    EXPECT_EQ(run.stored.start, at);
    at = run.stored.end;
    shown += run.text;
  }
  EXPECT_EQ(shown, "Lies: hoe gaat het, 👍?\n\nMama1: [naam] zegt goed");
  EXPECT_EQ(at, CountCodePoints("Lies: hoe gaat het, 👍?\n\nMama1: Fatima zegt goed"));
  EXPECT_EQ(body.runs[0].role, view::Run::Role::kLabel);
  EXPECT_EQ(body.runs[0].text, "Lies: ");
  ASSERT_EQ(body.turns.size(), 2u);
  EXPECT_TRUE(body.turns[0].researcher);
  EXPECT_EQ(body.turns[1].speaker, Verbatim("Mama1"));
  ASSERT_EQ(body.marks.size(), 3u);
  EXPECT_EQ(body.marks[0].code, Verbatim("A"));
  EXPECT_EQ(body.marks[1].coder, Verbatim("Bo"));
  EXPECT_EQ(body.marks[2].code, Verbatim("A/B"));
  EXPECT_EQ(body.lanes, 2);
  EXPECT_EQ(body.show, (Range{6, 9}));
  EXPECT_EQ(std::get<view::CodedText>(study.See("coding.document", {{"source", "G"}, {"coder", "Bo"}}).body).marks.size(), 1u);
  EXPECT_EQ(std::get<view::CodedText>(study.See("coding.document", {{"source", "G"}, {"code", "A/B"}}).body).marks.size(), 1u);
  EXPECT_EQ(std::get<view::CodedText>(study.See("coding.document", {{"source", "G"}, {"code", "A"}}).body).marks.size(), 3u);
  const auto hidden = study.See("coding.document", {{"source", "G"}, {"hide-interviewer-labels", "yes"}});
  EXPECT_EQ(std::get<view::CodedText>(hidden.body).runs[0].role, view::Run::Role::kHidden);
  EXPECT_EQ(std::get<view::CodedText>(hidden.body).runs[0].text, "");
}

TEST(Document, ALabelIsShownAsThePseudonym) {
  CodingStudy study;
  study.AddInterview("G", {{"Lies", "researcher", "en toen?"}, {"Fatima", "family", "toen ging het"}});
  study.Change("UPDATE person SET pseudonym = 'Moeder 3' WHERE pseudonym = 'Fatima'");
  study.Change("UPDATE person SET pseudonym = 'Onderzoeker' WHERE pseudonym = 'Lies'");
  const auto shown = [&](const RawArguments& raw) {
    const auto model = study.See("coding.document", raw);
    std::string text;
    std::int64_t at = 0;
    for (const auto& run : std::get<view::CodedText>(model.body).runs) {
      EXPECT_EQ(run.stored.start, at);
      at = run.stored.end;
      text += run.text;
    }
    return text;
  };
  EXPECT_EQ(shown({{"source", "G"}}), "Onderzoeker: en toen?\n\nMoeder 3: toen ging het");
  EXPECT_EQ(shown({{"source", "G"}, {"hide-interviewer-labels", "yes"}}), "en toen?\n\nMoeder 3: toen ging het");
  study.Do("coding.add-code", {{"name", "A"}});
  study.Do("coding.apply", {{"source", "G"}, {"text", "toen?\n\nFatima: toen"}, {"code", "A"}});
  EXPECT_EQ(Column(study, study.See("coding.retrieve"), "text"), (std::vector<std::string>{"toen?\n\nMoeder 3: toen"}));
}

TEST(Retrieve, FiltersDescendantsConsentAndPseudonyms) {
  CodingStudy study;
  study.AddInterview("G", {{"Lies", "researcher", "hoe gaat het"}, {"Coach1", "coach", "Fatima deed het"}, {"Mama1", "family", "het ging goed"}});
  study.AddInterview("H", {{"Mama2", "family", "niet goed"}});
  study.Change("INSERT INTO replacement (id, words, shown) VALUES (randomblob(16), 'Fatima', '[naam]')");
  study.Do("coding.add-code", {{"name", "A/B"}});
  study.Do("coding.add-code", {{"name", "C"}});
  study.Code("G", "Fatima deed het", "A/B");
  study.Code("G", "het ging goed", "A");
  study.Code("G", "het ging goed", "C");
  study.Code("H", "niet goed", "A/B");
  study.Code("G", "hoe gaat het", "A");
  study.DoAs("Bo", "coding.apply", {{"source", "H"}, {"text", "niet goed"}, {"code", "A/B"}});
  const auto texts = [&](const RawArguments& raw) { return Column(study, study.See("coding.retrieve", raw), "text"); };
  using Texts = std::vector<std::string>;
  EXPECT_EQ(texts({}), (Texts{"[naam] deed het", "het ging goed", "het ging goed", "niet goed", "niet goed"}));
  EXPECT_EQ(texts({{"code", "A"}}), (Texts{"[naam] deed het", "het ging goed", "niet goed", "niet goed"}));
  EXPECT_EQ(texts({{"code", "A"}, {"include-researchers", "yes"}}).size(), 5u);
  EXPECT_EQ(texts({{"code", "A/B"}, {"stakeholder", "coach"}}), (Texts{"[naam] deed het"}));
  EXPECT_EQ(texts({{"coder", "Bo"}}), (Texts{"niet goed"}));
  EXPECT_EQ(texts({{"source", "G"}, {"code", "C"}}), (Texts{"het ging goed"}));
  EXPECT_EQ(texts({{"in", "stakeholder=family"}, {"in", "code=C"}, {"code", "C"}}), (Texts{"het ging goed"}));
  EXPECT_EQ(texts({{"in", "stakeholder=family"}}).size(), 4u);
  EXPECT_EQ(texts({{"source-kind", "focus_group"}}), (Texts{}));
  EXPECT_THROW(study.See("coding.retrieve", {{"in", "nergens=x"}}), Error);
  EXPECT_THROW(study.See("coding.retrieve", {{"in", "stakeholder=x"}}), Error);
  const auto words = study.Words(study.See("coding.retrieve", {{"code", "C"}}));
  const std::vector<std::string> columns{"text", "code", "source", "start", "end", "person", "stakeholder", "site", "case", "coder", "quote_id"};
  EXPECT_EQ(words[0], columns);
  EXPECT_EQ(words[1][5], "Mama1");
  EXPECT_EQ(words[1][6], "family");
  EXPECT_EQ(words[1][9], "Ada");
  const auto row = study.Rows(study.See("coding.retrieve", {{"code", "C"}}))[0];
  EXPECT_EQ(row.target->view, "coding.document");
  EXPECT_EQ(row.target->arguments.Int("end") - row.target->arguments.Int("start"), 13);

  study.Change("UPDATE person SET may_analyse = 0 WHERE pseudonym = 'Mama2'");
  study.Change("UPDATE person SET may_quote = 0 WHERE pseudonym = 'Mama1'");
  EXPECT_EQ(texts({{"for", "screen"}}).size(), 5u);
  EXPECT_EQ(texts({{"for", "analysis"}}).size(), 3u);
  EXPECT_EQ(texts({{"for", "export"}}), (Texts{"[naam] deed het"}));
  const auto model = study.See("coding.retrieve", {{"for", "analysis"}});
  ASSERT_EQ(model.notes.size(), 1u);
  EXPECT_EQ(model.population.facts[4].value, Value(std::int64_t{1}));
}

}  // namespace
}  // namespace meerstem::coding::testing
