#include <gtest/gtest.h>

#include <algorithm>

#include "plugins/coding/regex_literal.h"
#include "tests/plugins/coding/coding_study.h"

namespace meerstem::coding::testing {
namespace {

using Words = std::vector<std::string>;

Words Column(CodingStudy& study, const view::Model& model, const std::string& id) {
  const auto words = study.Words(model);
  const auto column = std::find(words[0].begin(), words[0].end(), id) - words[0].begin();
  Words values;
  for (std::size_t r = 1; r < words.size(); ++r) values.push_back(words[r][static_cast<std::size_t>(column)]);
  return values;
}

Words Hits(CodingStudy& study, const RawArguments& raw) { return Column(study, study.See("coding.search", raw), "words"); }

/// Three people and the interviewer, with something to find in every turn.
void FillForSearch(CodingStudy& study) {
  study.AddInterview("G", {{"Lies", "researcher", "Was er vertrouwen? En vertrouw je hen?"},
                           {"Coach1", "coach", "Ja, vertrouwen. Dhr. Jansen had vertrouwen in ons. Later niet meer."},
                           {"Mama1", "family", "Ik had geen Vertrouwen.\nMaar wel hoop, en vertrouwen in mezelf."}});
  study.AddText("Nota", "Vertrouwen: de vertrouwenspersoon sprak over wantrouwen.");
  study.Do("coding.add-code", {{"name", "V"}});
}

TEST(Search, FoldsCaseAndAccents) {
  CodingStudy study;
  study.AddText("T", "Een café, CAFÉ, cafe\u0301 en cafe. 👍 Straße en strasse.");
  EXPECT_EQ(Hits(study, {{"text", "CAFE"}}), (Words{"café", "CAFÉ", "cafe\u0301", "cafe"}));
  EXPECT_EQ(Hits(study, {{"text", "café"}, {"mode", "exact"}}), (Words{"café"}));
  EXPECT_EQ(Hits(study, {{"text", "STRASSE"}}), (Words{"Straße", "strasse"}));
  const auto rows = study.Rows(study.See("coding.search", {{"text", "cafe\u0301"}, {"mode", "exact"}}));
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].cells[6].value, Value(std::int64_t{16}));
  EXPECT_EQ(rows[0].cells[7].value, Value(std::int64_t{21}));
  EXPECT_EQ(rows[0].target->view, "coding.document");
  EXPECT_EQ(rows[0].target->arguments.Int("start"), 16);
}

TEST(Search, WholeWordsAndWhoSaysIt) {
  CodingStudy study;
  FillForSearch(study);
  EXPECT_EQ(Hits(study, {{"text", "vertrouwen"}}).size(), 6u);
  EXPECT_EQ(Hits(study, {{"text", "vertrouwen"}, {"include-researchers", "yes"}}).size(), 7u);
  EXPECT_EQ(Hits(study, {{"text", "vertrouw"}, {"include-researchers", "yes"}, {"mode", "whole-word"}}).size(), 1u);
  EXPECT_EQ(Hits(study, {{"text", "vertrouwen"}, {"source", "Nota"}, {"mode", "whole-word"}}), (Words{"Vertrouwen"}));
  EXPECT_EQ(Hits(study, {{"text", "vertrouwen"}, {"stakeholder", "family"}}), (Words{"Vertrouwen", "vertrouwen"}));
  const auto words = study.Words(study.See("coding.search", {{"text", "hoop"}}));
  EXPECT_EQ(words[1][0], "G");
  EXPECT_EQ(words[1][1], "Mama1");
  EXPECT_EQ(words[1][3].substr(words[1][3].size() - 9), "Maar wel ");
  EXPECT_EQ(words[1][5].substr(0, 5), ", en ");
  // A speaker's label is not something that somebody said.
  EXPECT_TRUE(Hits(study, {{"text", "Mama1"}}).empty());
  EXPECT_TRUE(Hits(study, {}).empty());
  EXPECT_FALSE(study.See("coding.search").empty.empty());
  EXPECT_EQ(study.See("coding.search", {{"text", "hoop"}}).actions.at(0).command, "coding.autocode");
}

TEST(Search, WildcardsStandForLettersOfOneWord) {
  CodingStudy study;
  study.AddText("T", "Gezin, gezinnen en huisgezin; ge\u0301zin. Het gezinsbudget (groot). Een g.zin?");
  EXPECT_EQ(Hits(study, {{"text", "gezin*"}, {"mode", "wildcard"}}), (Words{"Gezin", "gezinnen", "ge\u0301zin", "gezinsbudget"}));
  EXPECT_EQ(Hits(study, {{"text", "*gezin"}, {"mode", "wildcard"}}), (Words{"Gezin", "huisgezin", "ge\u0301zin"}));
  EXPECT_EQ(Hits(study, {{"text", "g?zin"}, {"mode", "wildcard"}}), (Words{"Gezin", "ge\u0301zin"}));
  EXPECT_EQ(Hits(study, {{"text", "h?t gezins*"}, {"mode", "wildcard"}}), (Words{"Het gezinsbudget"}));
  EXPECT_EQ(Hits(study, {{"text", "g.zin"}, {"mode", "wildcard"}}), (Words{"g.zin"}));
  EXPECT_TRUE(Hits(study, {{"text", "(groot)x"}, {"mode", "wildcard"}}).empty());
}

TEST(Search, AnExpressionFindsTheSameByLinesAsInTheWholeText) {
  CodingStudy study;
  study.AddText("T", "Vertrouwen in de coach,\nvertrouwen of\nwantrouwen; een ﬁets, Straße en strasse.\n\nVerTROUWde coach: „vertrouw me”. caf\u00e9 vertrouw\u0301en\n"
                     "drie vertrouwenspersonen, K1 en \u212A1");
  for (const char* expression : {"vertrouw", "vertrouw\\w+", "vertrouwe?n", "^vertrouw\\w*", "vertrouw\\w+$", "vertrouwen\\s+\\w+", "vertrouwen[^a-z]+\\w+", "ver(trouw|zoek)\\w*", "coach|drie",
                                 "vertrouw[a-z]{2} in", "de coach.", "fiets", "strasse", "stra\\w+e", "(?<=of\\n)wan\\w+", "trouwen.*coach", "(?s)trouwen.*coach", "\\bvertrouw\\b", "vertrouw(en)?", "coach[,:]",
                                 "K1", "een\\W+fi", "vertrouwen*spersonen", "trouw\\S+", "(coach|drie)\\w*", "(?:ver|wan)(trouw)+\\w+", "(de|een) (coach|\uFB01ets)", "\\bvertrouw(en)?\\b", "trouw|vertrouw"}) {
    // Behind what looks ahead no letters are known to be needed.
    const auto whole = Hits(study, {{"text", "(?=)(?:" + std::string(expression) + ")"}, {"mode", "regex"}});
    EXPECT_EQ(Hits(study, {{"text", expression}, {"mode", "regex"}}), whole) << expression;
    EXPECT_FALSE(whole.empty()) << expression;
  }
}

TEST(Search, WhatAnExpressionNeedsOnALine) {
  EXPECT_EQ(LiteralsOfLines("verhui[sz]\\w+").words, Words{"verhui"});
  EXPECT_EQ(LiteralsOfLines("gezinn?en").words, Words{"gezin"});
  EXPECT_EQ(LiteralsOfLines("(een|het) gezin").words, Words{" gezin"});
  EXPECT_EQ(LiteralsOfLines("a{3}bcde").words, Words{"bcde"});
  EXPECT_EQ(LiteralsOfLines("gezin|huis\\w*|\\bwoning").words, (Words{"gezin", "huis", "woning"}));
  EXPECT_EQ(LiteralsOfLines("(verhui|angst)\\w*").words, (Words{"verhui", "angst"}));
  EXPECT_EQ(LiteralsOfLines("(?:de|het) (huis(je)?|woning+) x").words, (Words{"huis", "woning"}));
  EXPECT_EQ(LiteralsOfLines("(verhui|angst)? naar").words, Words{" naar"});
  EXPECT_EQ(LiteralsOfLines("((gezin|(huis|kamer)){2}|woning)").words, Words()) << "what a number in braces follows may come no time";
  EXPECT_EQ(LiteralsOfLines("((gezin|(huis|kamer))+|woning)").words, (Words{"gezin", "huis", "kamer", "woning"}));
  for (const char* first : {"verhui[sz]\\w+|angst", "(verhui|angst)\\w*", "\\bgezin", "gezinn?en", "(?:\\bgezin|huis)x"}) EXPECT_TRUE(LiteralsOfLines(first).first) << first;
  for (const char* later : {"\\w+gezin", "een? gezin|.gezin", "x?gezin", "(x)?gezin", "[ab]gezin", "^gezin|\\Bgezin", "x?(gezin)", "dood"}) {
    EXPECT_FALSE(LiteralsOfLines(later).first) << later;
  }
  for (const char* unsure : {"gezin|\\w+", "gezin|", "gezin\\s+huis", "gezin[^x]huis", "(?s)gezin.huis", "(?<=het )gezin", "gezin\\W", "gezin\nhuis", "gezin[\\s,]", "gezin\\u000ahuis", "gezin[]a]", "ge", "gezin[",
                             "gezin\\", "gezin{", "(gezin", "gezin)", "(gezin|)(huis)?", "(?i:gezin)"}) {
    EXPECT_EQ(LiteralsOfLines(unsure).words, Words()) << unsure;
  }
}

TEST(Search, NearOtherWords) {
  CodingStudy study;
  FillForSearch(study);
  EXPECT_EQ(Hits(study, {{"text", "hoop"}, {"near", "vertrouwen"}, {"words", "1"}}), (Words{"hoop"}));
  EXPECT_TRUE(Hits(study, {{"text", "hoop"}, {"near", "vertrouwen"}, {"words", "0"}}).empty());
  EXPECT_EQ(Hits(study, {{"text", "hoop"}, {"near", "geen"}, {"reach", "turn"}}).size(), 1u);
  EXPECT_TRUE(Hits(study, {{"text", "hoop"}, {"near", "geen"}, {"reach", "paragraph"}}).empty());
  EXPECT_TRUE(Hits(study, {{"text", "hoop"}, {"near", "coach"}, {"reach", "turn"}}).empty());
  // A word is not near itself.
  EXPECT_TRUE(Hits(study, {{"text", "Jansen"}, {"near", "jansen"}}).empty());
  EXPECT_THROW(study.See("coding.search", {{"text", "hoop"}, {"near", "x"}, {"words", "-1"}}), Error);
}

TEST(Search, ScopesOfSpeakersSourcesAndCodes) {
  CodingStudy study;
  FillForSearch(study);
  EXPECT_EQ(Hits(study, {{"text", "vertrouwen"}, {"person", "Coach1"}}).size(), 2u);
  EXPECT_EQ(Hits(study, {{"text", "vertrouwen"}, {"source-kind", "document"}}).size(), 2u);
  study.Code("G", "Dhr. Jansen had vertrouwen in ons.", "V");
  EXPECT_EQ(Hits(study, {{"text", "vertrouwen"}, {"coded-with", "V"}}), (Words{"vertrouwen"}));
  study.Change("INSERT INTO site (id, name) VALUES (x'00000000000000000000000000000009', 'Noord')");
  study.Change("UPDATE person SET site_id = x'00000000000000000000000000000009' WHERE pseudonym = 'Mama1'");
  EXPECT_EQ(Hits(study, {{"text", "vertrouwen"}, {"site", "Noord"}}).size(), 2u);
}

TEST(WordLists, FormsAreFoundTickedAndKept) {
  CodingStudy study;
  FillForSearch(study);
  const auto before = study.Dump();
  const auto forms = study.Words(study.See("coding.word-forms", {{"text", "vertrouw"}}));
  ASSERT_EQ(forms.size(), 3u);
  EXPECT_EQ(forms[1], (Words{"vertrouwen", "5", "2"}));
  EXPECT_EQ(forms[2], (Words{"vertrouwenspersoon", "1", "1"}));
  Job job;
  const auto& command = study.engine().CommandOf("coding.save-word-list");
  const auto arguments = study.engine().Parse(command.parameters, {{"name", "V"}, {"text", "vertrouw"}, {"rows", "vertrouwenspersoon"}, {"form", "Wantrouwen"}});
  Plan plan = study.engine().Prepare(command.id, arguments, job);
  EXPECT_EQ(study.Rows(study.engine().Preview(command.id, arguments, plan)).size(), 1u);
  study.engine().Apply(command.id, plan, study.actor(), job);
  EXPECT_EQ(Hits(study, {{"list", "V"}}), (Words{"vertrouwenspersoon", "wantrouwen"}));
  EXPECT_EQ(Hits(study, {{"list", "V"}, {"text", "hoop"}}).size(), 3u);
  study.Do("coding.set-word-list", {{"list", "V"}, {"forms", "hoop\n\n Hoop \nvrees"}});
  EXPECT_EQ(study.Text("SELECT forms FROM word_list"), "hoop\nvrees");
  EXPECT_EQ(Hits(study, {{"list", "V"}}).size(), 1u);
  EXPECT_NE(study.Refusal("coding.set-word-list", {{"list", "V"}, {"forms", " \n"}}), "");
  EXPECT_NE(study.Refusal("coding.save-word-list", {{"name", "V"}, {"form", "x"}}), "");
  EXPECT_NE(study.Refusal("coding.save-word-list", {{"name", "Leeg"}}), "");
  EXPECT_EQ(study.Do("coding.autocode", {{"code", "V"}, {"list", "V"}}).changed.tables.at("coding").inserted, 1);
  EXPECT_EQ(study.Words(study.See("coding.word-lists"))[1][0], "V");
  study.Do("coding.delete-word-list", {{"list", "V"}});
  for (int i = 0; i < 4; ++i) study.Undo();
  EXPECT_EQ(study.Dump(), before);
}

TEST(Search, NamesAreReplacedInWhatIsShown) {
  CodingStudy study;
  study.AddText("T", "toen zei Fatima dat het goed was, en Fatima lachte");
  study.Change("INSERT INTO replacement (id, words, shown) VALUES (randomblob(16), 'Fatima', '[naam]')");
  const auto words = study.Words(study.See("coding.search", {{"text", "fatima"}}));
  ASSERT_EQ(words.size(), 3u);
  for (const auto& line : words) {
    for (const auto& cell : line) EXPECT_EQ(cell.find("Fatima"), std::string::npos) << cell;
  }
}

TEST(Search, ExpressionsAreReadOrRefused) {
  CodingStudy study;
  FillForSearch(study);
  EXPECT_EQ(Hits(study, {{"text", "(?<!\\w)ver\\w+persoon"}, {"mode", "regex"}}), (Words{"vertrouwenspersoon"}));
  study.AddText("PDF", "Met de \uFB01ets.");
  EXPECT_EQ(Hits(study, {{"text", "fiets?"}, {"mode", "regex"}}), (Words{"\uFB01ets"}));
  EXPECT_EQ(Hits(study, {{"text", "^Maar"}, {"mode", "regex"}}), (Words{"Maar"}));
  EXPECT_TRUE(Hits(study, {{"text", "x*"}, {"mode", "regex"}}).empty());
  try {
    study.See("coding.search", {{"text", "ver(tr"}, {"mode", "regex"}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kRefused);
  }
}

TEST(Search, AHostileExpressionIsStopped) {
  CodingStudy study;
  study.AddText("A's", std::string(5000, 'a') + "!");
  study.Do("coding.add-code", {{"name", "V"}});
  const auto refusal = study.Refusal("coding.autocode", {{"code", "V"}, {"regex", "(a+)+$"}});
  EXPECT_NE(refusal.find("takes too long on “A's”"), std::string::npos) << refusal;
  Job job;
  job.Cancel();
  const auto arguments = study.engine().Parse(study.engine().ViewOf("coding.search").parameters, {{"text", "(a+)+$"}, {"mode", "regex"}});
  EXPECT_THROW(study.engine().Build("coding.search", arguments, job), Error);
}

struct Previewed {
  std::vector<view::Row> rows;
  Outcome outcome;
};

/// The rows of the preview, and what was done when the same plan was applied.
Previewed Autocode(CodingStudy& study, RawArguments raw) {
  raw.emplace_back("code", "V");
  Job job;
  const auto arguments = study.engine().Parse(study.engine().CommandOf("coding.autocode").parameters, raw);
  Plan plan = study.engine().Prepare("coding.autocode", arguments, job);
  Previewed result;
  result.rows = study.Rows(study.engine().Preview("coding.autocode", arguments, plan));
  result.outcome = study.engine().Apply("coding.autocode", plan, study.actor(), job);
  return result;
}

TEST(Autocode, DoesWhatThePreviewShows) {
  CodingStudy study;
  FillForSearch(study);
  for (const auto* extent : {"match", "sentence", "paragraph", "turn"}) {
    const auto before = study.Dump();
    const auto done = Autocode(study, {{"text", "vertrouwen"}, {"extent", extent}});
    EXPECT_EQ(static_cast<std::int64_t>(done.rows.size()), study.Count("SELECT count(*) FROM coding")) << extent;
    EXPECT_EQ(study.Count("SELECT count(*) FROM coding WHERE origin = 'search'"), study.Count("SELECT count(*) FROM coding"));
    EXPECT_EQ(done.outcome.changed.tables.at("coding").inserted, static_cast<std::int64_t>(done.rows.size()));
    EXPECT_TRUE(study.store().Check().empty());
    study.Undo();
    EXPECT_EQ(study.Dump(), before) << extent;
  }
}

TEST(Autocode, ExtentsAreWholeAndStayInTheTurn) {
  CodingStudy study;
  FillForSearch(study);
  const auto texts = [&](const RawArguments& raw) {
    auto done = Autocode(study, raw);
    Words words;
    for (const auto& row : done.rows) words.push_back(std::get<std::string>(row.cells[4].value));
    study.Undo();
    return words;
  };
  EXPECT_EQ(texts({{"text", "vertrouwen"}, {"source", "G"}, {"extent", "sentence"}}),
            (Words{"Ja, vertrouwen.", "Dhr. Jansen had vertrouwen in ons.", "Ik had geen Vertrouwen.", "Maar wel hoop, en vertrouwen in mezelf."}));
  EXPECT_EQ(texts({{"text", "vertrouwen"}, {"source", "G"}, {"extent", "turn"}}),
            (Words{"Ja, vertrouwen. Dhr. Jansen had vertrouwen in ons. Later niet meer.", "Ik had geen Vertrouwen. Maar wel hoop, en vertrouwen in mezelf."}));
  EXPECT_EQ(texts({{"text", "vertrouwen"}, {"source", "G"}, {"extent", "paragraph"}, {"stakeholder", "coach"}}),
            (Words{"Ja, vertrouwen. Dhr. Jansen had vertrouwen in ons. Later niet meer."}));
  EXPECT_EQ(texts({{"text", "vertrouwen"}, {"source", "G"}, {"whole-word", "yes"}, {"include-researchers", "yes"}}).size(), 5u);
  EXPECT_EQ(texts({{"regex", "h\\w+p"}}), (Words{"hoop"}));
}

TEST(Autocode, SkipsWhatTheCoderHasAndKeepsToTheChosenRows) {
  CodingStudy study;
  FillForSearch(study);
  study.Code("G", "hoop", "V");
  study.DoAs("Bo", "coding.apply", {{"source", "Nota"}, {"text", "wantrouwen"}, {"code", "V"}});
  auto done = Autocode(study, {{"regex", "hoop|wantrouwen"}});
  ASSERT_EQ(done.rows.size(), 2u);
  EXPECT_EQ(done.rows[0].cells[8].value, Value(std::string("Ada")));
  EXPECT_EQ(done.rows[1].cells[8].value, Value(std::string("Bo")));
  EXPECT_EQ(done.outcome.changed.tables.at("coding").inserted, 1);
  EXPECT_EQ(done.outcome.notes.size(), 2u);
  EXPECT_EQ(study.Count("SELECT count(*) FROM quote"), 2);
  const auto rows = Autocode(study, {{"text", "vertrouwen"}}).rows;
  study.Undo();
  Autocode(study, {{"text", "vertrouwen"}, {"rows", rows[0].key}, {"rows", rows[2].key}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM coding"), 5);
  EXPECT_NE(study.Refusal("coding.autocode", {{"code", "V"}, {"text", "vertrouwen"}, {"rows", "x"}}), "");
  EXPECT_NE(study.Refusal("coding.autocode", {{"code", "V"}}), "");
  EXPECT_NE(study.Refusal("coding.autocode", {{"code", "V"}, {"text", "a"}, {"regex", "b"}}), "");
  EXPECT_NE(study.Refusal("coding.autocode", {{"code", "V"}, {"regex", "("}}), "");
}

TEST(Autocode, BySpeakerAndByQuestion) {
  CodingStudy study;
  study.AddInterview("G", {{"Lies", "researcher", "Hoe begon het?"},
                           {"Coach1", "coach", "Traag."},
                           {"Mama1", "family", "Heel traag."},
                           {"Lies", "researcher", "En nu?"},
                           {"Lies", "researcher", "Is er hoop?"},
                           {"Mama1", "family", "Ja, hoop is er."},
                           {"Lies", "researcher", "Nog iets?"}});
  study.Do("coding.add-code", {{"name", "V"}});
  const auto words = [&](const std::string& command, RawArguments raw) {
    raw.emplace_back("code", "V");
    Job job;
    const auto arguments = study.engine().Parse(study.engine().CommandOf(command).parameters, raw);
    Plan plan = study.engine().Prepare(command, arguments, job);
    Words shown;
    for (const auto& row : study.Rows(study.engine().Preview(command, arguments, plan))) shown.push_back(std::get<std::string>(row.cells[4].value));
    const auto outcome = study.engine().Apply(command, plan, study.actor(), job);
    EXPECT_EQ(study.Count("SELECT count(*) FROM coding"), static_cast<std::int64_t>(shown.size()));
    if (!shown.empty()) study.Undo();
    return shown;
  };
  EXPECT_EQ(words("coding.code-speakers", {{"person", "Mama1"}}), (Words{"Heel traag.", "Ja, hoop is er."}));
  EXPECT_EQ(words("coding.code-speakers", {{"stakeholder", "coach"}}), (Words{"Traag."}));
  EXPECT_TRUE(words("coding.code-speakers", {{"stakeholder", "coach"}, {"person", "Mama1"}}).empty());
  EXPECT_EQ(words("coding.code-answers", {{"question", "HOOP"}}), (Words{"Ja, hoop is er."}));
  const auto all = words("coding.code-answers", {});
  ASSERT_EQ(all.size(), 2u);
  // The answer of two people is one place, from the first to the last word of it.
  EXPECT_EQ(all[0].substr(0, 6), "Traag.");
  EXPECT_EQ(all[0].substr(all[0].size() - 11), "Heel traag.");
  EXPECT_EQ(words("coding.code-answers", {{"with-question", "yes"}, {"question", "begon"}})[0].substr(0, 3), "Hoe");
  EXPECT_TRUE(words("coding.code-answers", {{"question", "traag"}}).empty());
  EXPECT_NE(study.Refusal("coding.code-speakers", {{"code", "V"}}), "");
}

TEST(Answers, AGridOfWhatSeveralWereAsked) {
  CodingStudy study;
  EXPECT_TRUE(view::IsEmpty(study.See("coding.answers")));
  study.AddInterview("R1", {{"Vraag", "researcher", "Wat hielp?"}, {"Mama1", "family", "Dat ze bleef komen."}, {"Vraag", "researcher", "Wat ontbrak?"}, {"Mama1", "family", "Niets."}});
  EXPECT_TRUE(view::IsEmpty(study.See("coding.answers"))) << "what one source alone asks is no column";
  const Id second = study.AddInterview("R2", {{"Vraag", "researcher", "WAT HIELP?"}, {"Mama2", "family", "Tijd."}, {"Papa2", "family", "Rust."}, {"Vraag", "researcher", "En de school?"}, {"Mama2", "family", "Goed."}});
  study.AddInterview("R3", {{"Vraag", "researcher", "Wat ontbrak?"}, {"Mama3", "family", "Een woning."}});
  const auto words = [&](const RawArguments& more) { return study.Words(study.See("coding.answers", more)); };
  auto rows = words({});
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[1], (std::vector<std::string>{"R1", "Dat ze bleef komen.", "Niets."}));
  EXPECT_EQ(rows[2][1].substr(0, 5), "Tijd.");
  EXPECT_EQ(rows[2][2], "<empty>");
  EXPECT_EQ(rows[3], (std::vector<std::string>{"R3", "<empty>", "Een woning."}));
  rows = words({{"question", "ontbrak"}});
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1], (std::vector<std::string>{"R1", "Niets."}));
  study.Do("coding.add-code", {{"name", "Wonen"}});
  study.Do("coding.apply", {{"source", "R3"}, {"text", "woning"}, {"code", "Wonen"}});
  EXPECT_EQ(words({{"question", "ontbrak"}, {"with-codes", "yes"}})[2][1], "Een woning. [Wonen]");
  const auto model = study.See("coding.answers");
  const auto first = study.Rows(model);
  ASSERT_TRUE(first[1].cells[1].target);
  EXPECT_EQ(first[1].cells[1].target->view, "coding.document") << "a cell opens its place";
  EXPECT_EQ(first[1].entities, (std::vector<view::Entity>{{"source", second}}));
  study.store().Run({"test", Say("Withdraw"), study.actor()}, [&](Writing& writing) {
    writing.Do("UPDATE person SET withdrawn = '2023-01-01' WHERE pseudonym = 'Mama3'");
    writing.Do("UPDATE source SET file_name = 'peiling.csv' WHERE title IN ('R1', 'R2')");
  });
  EXPECT_EQ(words({{"file", "peiling.csv"}})[0].size(), 2u) << "only what both of the file answer";
  EXPECT_EQ(words({{"question", "ontbrak"}})[2][1].find("woning"), std::string::npos);
}

TEST(Autocode, ManyGoInOneStepAndCancellingLeavesNothing) {
  CodingStudy study;
  std::string text;
  for (int i = 0; i < 1300; ++i) text += "hoop en vrees. ";
  study.AddText("Lang", text);
  study.Do("coding.add-code", {{"name", "V"}});
  const auto before = study.Dump();
  const auto journal = study.store().Journal().size();
  Autocode(study, {{"text", "hoop"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM coding"), 1300);
  EXPECT_EQ(study.store().Journal().size(), journal + 3);
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
  study.Redo();
  EXPECT_EQ(study.Count("SELECT count(*) FROM coding"), 1300);
  study.Undo();
  Job* running = nullptr;
  Job job([&](double done, const Message&) {
    if (done > 0.5) running->Cancel();
  });
  running = &job;
  Job other;
  const auto arguments = study.engine().Parse(study.engine().CommandOf("coding.autocode").parameters, {{"code", "V"}, {"text", "hoop"}});
  Plan plan = study.engine().Prepare("coding.autocode", arguments, other);
  plan.apply = [apply = plan.apply](Applying& applying) {
    apply(applying);
    applying.job().Progress(1);
    applying.job().Progress(1);
  };
  EXPECT_THROW(study.engine().Apply("coding.autocode", plan, study.actor(), job), Error);
  EXPECT_EQ(study.Dump(), before);
}

TEST(Memos, OnAnythingEditedAndDeleted) {
  CodingStudy study;
  FillForSearch(study);
  study.Code("G", "hoop", "V");
  const auto empty = study.Dump();
  study.Do("coding.memo", {{"text", "over de studie"}});
  study.Do("coding.memo", {{"text", "over V"}, {"on-code", "V"}, {"kind", "theoretical"}});
  study.Do("coding.memo", {{"text", "over G"}, {"on-source", "G"}, {"kind", "reflexive"}});
  study.Do("coding.memo", {{"text", "over Mama1"}, {"on-person", "Mama1"}});
  EXPECT_EQ(Column(study, study.See("coding.memos"), "on"), (Words{"the study", "code: V", "source: G", "person: Mama1"}));
  EXPECT_EQ(Column(study, study.See("coding.memos", {{"kind", "reflexive"}}), "text"), (Words{"over G"}));
  EXPECT_EQ(Column(study, study.See("coding.memos"), "author"), (Words(4, "Ada")));
  study.Do("coding.edit-memo", {{"memo", "over V"}, {"text", "anders"}, {"kind", "general"}});
  EXPECT_EQ(study.Text("SELECT kind || text FROM memo WHERE entity_kind = 'code'"), "generalanders");
  EXPECT_NE(study.Refusal("coding.edit-memo", {{"memo", "anders"}, {"text", " "}}), "");
  EXPECT_NE(study.Refusal("coding.edit-memo", {{"memo", "anders"}}), "");
  EXPECT_NE(study.Refusal("coding.memo", {{"text", " \n"}}), "");
  EXPECT_NE(study.Refusal("coding.memo", {{"text", "x"}, {"on-code", "V"}, {"on-source", "G"}}), "");
  study.Do("coding.delete-memo", {{"memo", "anders"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM memo"), 3);
  for (int i = 0; i < 6; ++i) study.Undo();
  EXPECT_EQ(study.Dump(), empty);
}

TEST(Memos, HoldAQuoteUntilTheyGo) {
  CodingStudy study;
  FillForSearch(study);
  const auto quote = study.Code("G", "hoop", "V").created.at(0);
  study.Do("coding.memo", {{"text", "mooi"}, {"on-quote", ToString(quote)}});
  study.Do("coding.remove", {{"source", "G"}, {"text", "hoop"}, {"code", "V"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM quote"), 1);
  EXPECT_EQ(study.Rows(study.See("coding.memos"))[0].target->view, "coding.document");
  study.Do("coding.delete-memo", {{"memo", "mooi"}});
  EXPECT_EQ(study.Count("SELECT count(*) FROM quote"), 0);
}

}  // namespace
}  // namespace meerstem::coding::testing
