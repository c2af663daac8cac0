// What a theme is built from: codes, single quotes, saved queries; what was expected; what is asked.
#include "tests/plugins/themes/heard.h"

#include "plugins/themes/themes.h"

namespace meerstem::testing {
namespace {

const Id kQuery = *ParseId("018f0000-0000-7000-8000-000000000001");

/// Stands in for the plugin of queries: one query, for what is coded as near. It also asks for themes, as a query may.
void RegisterQueries(Registry& registry) {
  EntityKind kind{.kind = "query", .table = "setting", .label = Say("query")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    if (id != kQuery || reading.Number("SELECT count(*) FROM setting WHERE key = 'no-query'") > 0) return std::nullopt;
    return "Dichtbij";
  };
  kind.list = [](Reading&) { return std::vector<std::pair<Id, std::string>>{{kQuery, "Dichtbij"}}; };
  registry.Add(std::move(kind));
  registry.Add(Dimension{"query", Say("Saved query"), "quote", [&whole = registry.whole()](Reading& reading) {
                           whole.FindDimension("theme")->groups(reading);
                           Grouping grouping;
                           if (reading.Number("SELECT count(*) FROM setting WHERE key = 'no-query'") > 0) return grouping;
                           grouping.groups = {{.key = "Dichtbij", .label = Verbatim("Dichtbij"), .entities = {{"query", kQuery}}}};
                           auto rows = reading.Query("SELECT quote_id FROM coding JOIN code ON code.id = code_id WHERE code.name = 'Nabij'");
                           while (rows.Step()) grouping.members.emplace_back(rows.GetId(0), 0);
                           return grouping;
                         }});
}

class RootsTest : public HeardTest {
 protected:
  RootsTest() : HeardTest({&themes::Register, &RegisterQueries}) {}
  std::size_t QuotesOf(const std::string& theme) { return See("themes.quotes", {{"theme", theme}}).size() - 1; }
};

TEST_F(RootsTest, WhatAQueryFindsSpeaksForTheThemeAndStaysCurrent) {
  EXPECT_EQ(QuotesOf("Geld"), 0u);
  study.Do("themes.link-query", {{"theme", "Geld"}, {"query", "Dichtbij"}});
  EXPECT_EQ(QuotesOf("Geld"), 1u);
  CodeWords(study, south, "De bus rijdt", "Nabij");
  EXPECT_EQ(QuotesOf("Geld"), 2u);
  EXPECT_EQ(study.Do("themes.link-query", {{"theme", "Geld"}, {"query", "Dichtbij"}}).notes.size(), 1u);
  study.Undo();
  EXPECT_EQ(QuotesOf("Geld"), 1u);
  study.Do("themes.unlink-query", {{"theme", "Geld"}, {"query", "Dichtbij"}});
  EXPECT_EQ(QuotesOf("Geld"), 0u);
  EXPECT_FALSE(study.Refusal("themes.unlink-query", {{"theme", "Geld"}, {"query", "Dichtbij"}}).empty());
  study.Undo();
  ExpectReversible();
}

TEST_F(RootsTest, AQueryThatIsGoneSaysSoWhereItStoodAndCanBeLetGo) {
  study.Do("themes.link-query", {{"theme", "Geld"}, {"query", "Dichtbij"}});
  const auto stale = [&] {
    model = study.See("themes.list");
    const auto& nodes = std::get<view::Tree>(model.body).nodes;
    return std::count_if(nodes.begin(), nodes.end(), [](const view::Node& node) { return node.cells[2].state == view::State::kStale; });
  };
  EXPECT_EQ(stale(), 0);
  Change([](Writing& writing) { writing.Do("INSERT INTO setting (key, value) VALUES ('no-query', '')"); });
  EXPECT_EQ(stale(), 1);
  EXPECT_EQ(QuotesOf("Geld"), 0u);
  study.Do("themes.unlink-query", {{"theme", "Geld"}});
  EXPECT_EQ(stale(), 0);
}

TEST_F(RootsTest, AQuoteIsTaggedWithSeveralThemesAtOnce) {
  const Outcome outcome = study.Do("themes.link-quote", {{"theme", "Vertrouwen"}, {"theme", "Geld"}, {"source", "Coach zuid"}, {"text", "De bus rijdt"}});
  EXPECT_EQ(outcome.created.size(), 2u);
  EXPECT_EQ(QuotesOf("Geld"), 1u);
  EXPECT_EQ(QuotesOf("Vertrouwen"), 3u);
  EXPECT_EQ(See("themes.quotes", {{"theme", "Geld"}})[1][3], "Vertrouwen; Geld");
  EXPECT_EQ(See("themes.quotes", {{"theme", "Geld"}, {"theme", "Vertrouwen"}}).size(), 4u);  // Each once.
}

TEST_F(RootsTest, EachEditOfAThemeIsSeenAtOnce) {
  // From memory: what was counted before an edit must not be counted after it.
  EXPECT_EQ(QuotesOf("Vertrouwen"), 2u);
  study.Do("themes.unlink-code", {{"theme", "Vertrouwen"}, {"code", "Vertrouwen"}});
  EXPECT_EQ(QuotesOf("Vertrouwen"), 0u);
  study.Undo();
  EXPECT_EQ(QuotesOf("Vertrouwen"), 2u);
  Change([&](Writing& writing) { writing.Do("DELETE FROM coding WHERE quote_id = ?", doubt); });
  EXPECT_EQ(QuotesOf("Vertrouwen"), 1u);
}

class FrameTest : public HeardTest {
 protected:
  std::string Csv() { return study.folder().Write("kader.csv", "naam;omschrijving;onder\nVertrouwen;Groeit traag;\nRandvoorwaarden;;\nTijd;Zonder doel;Randvoorwaarden\n"); }
  std::vector<std::string> Verdicts(const RawArguments& raw = {}) {
    std::vector<std::string> verdicts;
    for (const auto& row : See("themes.frame", raw)) verdicts.push_back(row[0] + ": " + row[1]);
    verdicts.erase(verdicts.begin());
    return verdicts;
  }
};

TEST_F(FrameTest, ExpectedThemesAreConfirmedNotFoundOrNew) {
  const Outcome loaded = study.Do("themes.load-frame", {{"file", Csv()}});
  EXPECT_EQ(loaded.notes.size(), 1u);  // One is matched by its name, and says so.
  study.Do("themes.add-theme", {{"name", "Nabijheid"}, {"code", "Nabij"}});
  EXPECT_EQ(Verdicts({{"frame", "kader"}}), (std::vector<std::string>{"Vertrouwen: confirmed", "Randvoorwaarden: not found", "Randvoorwaarden/Tijd: not found", "<empty>: new"}));
  study.Do("themes.match-expected", {{"expected", "kader/Randvoorwaarden/Tijd"}, {"theme", "Nabijheid"}, {"theme", "Geld"}});
  EXPECT_EQ(Verdicts()[2], "kader/Randvoorwaarden/Tijd: confirmed");
  EXPECT_EQ(Verdicts().size(), 3u);
  study.Do("themes.unmatch-expected", {{"expected", "kader/Randvoorwaarden/Tijd"}, {"theme", "Nabijheid"}});
  EXPECT_EQ(Verdicts()[2], "kader/Randvoorwaarden/Tijd: not found: its theme has no quote");
  EXPECT_EQ(Verdicts({{"show", "not-found"}}).size(), 2u);
  EXPECT_EQ(Verdicts({{"show", "new"}}).size(), 1u);
  ExpectReversible();
}

TEST_F(FrameTest, EvidenceStandsBehindEachCellAndContradictionShows) {
  study.Do("themes.load-frame", {{"file", Csv()}});
  study.Do("themes.mark-contradiction", {{"theme", "Vertrouwen"}, {"quote", ToString(doubt)}});
  EXPECT_EQ(Verdicts()[0], "kader/Vertrouwen: confirmed, with contradiction");
  study.Do("themes.mark-contradiction", {{"theme", "Vertrouwen"}, {"quote", ToString(trust)}});
  EXPECT_EQ(Verdicts()[0], "kader/Vertrouwen: only contradicted");
  const auto rows = Rows("themes.frame");
  ASSERT_TRUE(rows[0].cells[4].target);
  EXPECT_EQ(rows[0].cells[4].target->view, "themes.quotes");
  EXPECT_EQ(std::get<std::int64_t>(rows[0].cells[4].value), 1);  // One coach.
  EXPECT_EQ(rows[1].cells[4].state, view::State::kNotApplicable);
  Job job;
  const auto behind = study.engine().Build(rows[0].cells[4].target->view, rows[0].cells[4].target->arguments, job);
  EXPECT_EQ(study.Words(behind).size(), 2u);
}

TEST_F(FrameTest, ThemesCanBeMadeOfWhatWasExpected) {
  study.Do("themes.load-frame", {{"file", Csv()}, {"name", "Vooraf"}, {"make-themes", "yes"}});
  model = study.See("themes.matrix");
  EXPECT_EQ(std::get<view::Matrix>(model.body).rows.size(), 4u);
  EXPECT_EQ(Verdicts({{"frame", "Vooraf"}})[2], "Randvoorwaarden/Tijd: not found: its theme has no quote");
  study.Do("themes.delete-frame", {{"frame", "Vooraf"}});
  EXPECT_TRUE(Verdicts().empty());
}

TEST_F(FrameTest, AFrameCanBeWrittenByHand) {
  study.Do("themes.add-expected", {{"frame", "Hand"}, {"name", "Vertrouwen"}});
  study.Do("themes.add-expected", {{"frame", "Hand"}, {"name", "Traag"}, {"parent", "Hand/Vertrouwen"}});
  study.Do("themes.set-expected", {{"expected", "Hand/Vertrouwen/Traag"}, {"name", "Langzaam"}});
  EXPECT_EQ(Verdicts()[1], "Hand/Vertrouwen/Langzaam: not found");
  EXPECT_FALSE(study.Refusal("themes.add-expected", {{"frame", "Hand"}, {"name", "Vertrouwen"}}).empty());
  EXPECT_FALSE(study.Refusal("themes.add-expected", {{"frame", "Ander"}, {"name", "Kind"}, {"parent", "Hand/Vertrouwen"}}).empty());
  study.Do("themes.delete-expected", {{"expected", "Hand/Vertrouwen"}});
  EXPECT_TRUE(Verdicts().empty());
  ExpectReversible();
}

TEST_F(FrameTest, AFileThatIsNoFrameIsRefusedWithItsPlaceAndChangesNothing) {
  const std::string before = study.Dump();
  const auto refusal = [&](const std::string& name, const std::string& bytes) { return study.Refusal("themes.load-frame", {{"file", study.folder().Write(name, bytes)}}); };
  EXPECT_EQ(refusal("a.csv", "omschrijving\nx\n"), "a.csv: the first line has no column “name”.");
  EXPECT_EQ(refusal("b.csv", "name;parent\nA;\nB;C\n"), "b.csv, line 3: “B” is to stand below “C”, which does not come before it.");
  EXPECT_EQ(refusal("c.csv", "name\nA\nA\n"), "c.csv, line 3: “A” stands in the file twice.");
  EXPECT_EQ(refusal("d.csv", "name\n"), "d.csv holds no expected theme.");
  EXPECT_NE(refusal("e.json", "{\"format\": \"meerstem-frame\", \"format_version\": 1, \"themes\": [{\"naam\": \"A\"}]}").find("themes[0]"), std::string::npos);
  EXPECT_NE(refusal("f.json", "{\"format\": \"meerstem-guide\"}").find("format"), std::string::npos);
  EXPECT_FALSE(refusal("g.csv", "name\nA/B\n").empty());
  std::string deep = "{\"format\": \"meerstem-frame\", \"format_version\": 1, \"themes\": ", end = "}";
  for (int i = 0; i < 20; ++i) {
    deep += "[{\"name\": \"A\", \"themes\": ";
    end = "}]" + end;
  }
  EXPECT_FALSE(refusal("h.json", deep + "[]" + end).empty());
  EXPECT_EQ(study.Dump(), before);
}

class GuideTest : public HeardTest {};

TEST_F(GuideTest, AGuideComesFromAFileAndIsEditedAfterwards) {
  const std::string file = study.folder().Write("gids.csv", "onderwerp;thema's\nHoe begon het?;Vertrouwen | Geld\nWat nog?;\n");
  study.Do("themes.load-guide", {{"file", file}, {"source", "Gezin noord"}});
  const auto labels = [&] {
    std::vector<std::string> all;
    model = study.See("themes.guides");
    for (const auto& node : std::get<view::Tree>(model.body).nodes) all.push_back(Say(node.label) + " = " + (*Language::English()).Show(node.cells[0].value));
    return all;
  };
  EXPECT_EQ(labels(), (std::vector<std::string>{"gids = used in 1 conversation", "Hoe begon het? = Vertrouwen; Geld", "Wat nog? = ", "Used in: Gezin noord = "}));
  study.Do("themes.set-topic", {{"topic", "gids/Wat nog?"}, {"text", "Wat wilt u nog zeggen?"}});
  study.Do("themes.move-topic", {{"topic", "gids/Wat wilt u nog zeggen?"}, {"to", "up"}});
  study.Do("themes.link-topic", {{"topic", "gids/Wat wilt u nog zeggen?"}, {"theme", "Geld"}});
  study.Do("themes.unlink-topic", {{"topic", "gids/Hoe begon het?"}, {"theme", "Geld"}});
  study.Do("themes.rename-guide", {{"guide", "gids"}, {"name", "Gezinnen"}});
  EXPECT_EQ(labels(), (std::vector<std::string>{"Gezinnen = used in 1 conversation", "Wat wilt u nog zeggen? = Geld", "Hoe begon het? = Vertrouwen", "Used in: Gezin noord = "}));
  EXPECT_EQ(study.Do("themes.move-topic", {{"topic", "Gezinnen/Wat wilt u nog zeggen?"}, {"to", "up"}}).notes.size(), 1u);
  study.Do("themes.delete-topic", {{"topic", "Gezinnen/Hoe begon het?"}});
  EXPECT_EQ(labels().size(), 3u);
  ExpectReversible();
  study.Do("themes.delete-guide", {{"guide", "Gezinnen"}});
  EXPECT_TRUE(labels().empty());
}

TEST_F(GuideTest, AThemeThatDoesNotExistIsRefusedWithItsLine) {
  const std::string before = study.Dump();
  const std::string file = study.folder().Write("gids.csv", "topic,themes\nHoe?,Vertrouwn\n");
  EXPECT_EQ(study.Refusal("themes.load-guide", {{"file", file}}), "line 2: No theme is named “Vertrouwn”; there is Vertrouwen, Geld.");
  EXPECT_EQ(study.Dump(), before);
  const std::string json = study.folder().Write("gids.json", "{\"format\": \"meerstem-guide\", \"format_version\": 1, \"name\": \"Uit JSON\", \"topics\": [{\"topic\": \"Hoe?\", \"themes\": [\"Geld\"]}]}");
  study.Do("themes.load-guide", {{"file", json}});
  EXPECT_FALSE(study.Refusal("themes.load-guide", {{"file", json}}).empty());  // Once is enough.
  EXPECT_FALSE(study.Refusal("themes.add-topic", {{"guide", "Uit JSON"}, {"text", "Hoe?"}}).empty());
}

}  // namespace
}  // namespace meerstem::testing
