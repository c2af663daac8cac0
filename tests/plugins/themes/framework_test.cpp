// Summaries of the framework and what makes them stale; translations, member checks, new codes, the search for a quote.
#include "tests/plugins/themes/heard.h"

namespace meerstem::testing {
namespace {

class FrameworkTest : public HeardTest {
 protected:
  FrameworkTest() {
    Change([&](Writing& writing) {
      EnsureMembership(writing, EnsurePerson(writing, "Bea"), EnsureCase(writing, "N-01"), "adult");
      writing.Do("INSERT INTO quote_about (id, quote_id, case_id) VALUES (?, ?, ?)", writing.NewId(), trust, EnsureCase(writing, "N-02"));
    });
  }
  view::Cell Cell(const std::string& row = "N-01", std::size_t theme = 0) {
    const auto& matrix = Matrix("themes.framework", {{"rows", row.starts_with("N-") ? "case" : "person"}});
    for (std::size_t i = 0; i < matrix.rows.size(); ++i) {
      if (Say(matrix.rows[i].label) == row) return matrix.cells[i][theme];
    }
    ADD_FAILURE() << "no row " << row;
    return {};
  }
  void Write(const std::string& text, const std::string& person = {}) {
    study.Do("themes.summarise", {{"theme", "Vertrouwen"}, {person.empty() ? "case" : "person", person.empty() ? "N-01" : person}, {"text", text}});
  }
};

TEST_F(FrameworkTest, EmptySilentNotAskedAndNobodyHeardAreFour) {
  study.Do("themes.add-guide", {{"name", "Gids"}});
  study.Do("themes.add-topic", {{"guide", "Gids"}, {"text", "Geld?"}, {"theme", "Geld"}});
  study.Do("themes.use-guide", {{"guide", "Gids"}, {"source", "Gezin noord"}});
  study.Do("themes.add-theme", {{"name", "School"}});
  EXPECT_EQ(Cell("N-01", 0).state, view::State::kEmpty);
  EXPECT_EQ(Cell("N-01", 0).glyph, "✎");  // There are quotes to summarise.
  EXPECT_EQ(Cell("N-01", 1).state, view::State::kSilent);
  EXPECT_EQ(Cell("N-01", 2).state, view::State::kNotAsked);
  // Someone spoke about this case, nobody of it was heard.
  EXPECT_EQ(Cell("N-02", 0).glyph, "✎");
  EXPECT_EQ(Cell("N-02", 1).state, view::State::kEmpty);
  EXPECT_EQ(Cell("N-02", 1).glyph, "");
}

TEST_F(FrameworkTest, ASummaryIsWrittenInPlaceAndRestsOnItsQuotes) {
  const view::Cell before = Cell();
  ASSERT_TRUE(before.edit);
  Arguments arguments = before.edit->bound;
  arguments.Set(before.edit->parameter, std::string("Vertrouwt niet, en zegt het."));
  Job job;
  study.engine().Execute(before.edit->command, arguments, study.actor(), job);
  const view::Cell after = Cell();
  EXPECT_EQ(std::get<std::string>(after.value), "Vertrouwt niet, en zegt het.");
  EXPECT_EQ(after.state, view::State::kValue);
  EXPECT_EQ(std::get<std::int64_t>(after.parts.at(0).second), 1);
  ASSERT_TRUE(after.target);
  const auto behind = study.Words(study.engine().Build(after.target->view, after.target->arguments, job));
  ASSERT_EQ(behind.size(), 2u);
  EXPECT_EQ(behind[1][0], "Vertrouwen, nee, dat niet.");
  EXPECT_EQ(behind[1][2], "Yes");
  Write("");
  EXPECT_EQ(Cell().glyph, "✎");
  study.Undo();
  EXPECT_EQ(std::get<std::string>(Cell().value), "Vertrouwt niet, en zegt het.");
  ExpectReversible();
}

TEST_F(FrameworkTest, ChangedWordsMakeASummaryStaleUntilSomeoneLooks) {
  Write("Kort.");
  EditText(family, "dat niet.", "nu wel.");
  EXPECT_EQ(Cell().state, view::State::kStale);
  EXPECT_NE(Say(Cell().why).find("words"), std::string::npos);
  study.Do("themes.accept-summary", {{"theme", "Vertrouwen"}, {"case", "N-01"}});
  EXPECT_EQ(Cell().state, view::State::kValue);
  study.Undo();
  EXPECT_EQ(Cell().state, view::State::kStale);
  Write("Nu wel.");  // Writing it anew is looking, too.
  EXPECT_EQ(Cell().state, view::State::kValue);
}

TEST_F(FrameworkTest, AQuoteThatLeavesTheThemeOrTheStudyMakesItStale) {
  Write("Kort.");
  Change([&](Writing& writing) { writing.Do("DELETE FROM coding WHERE quote_id = ?", doubt); });
  EXPECT_EQ(Cell().state, view::State::kStale);
  study.Undo();
  EXPECT_EQ(Cell().state, view::State::kValue);
  Change([&](Writing& writing) { DeleteEntity(writing, "quote", doubt); });
  EXPECT_EQ(Cell().state, view::State::kStale);
  EXPECT_NE(Say(Cell().why).find("no longer in the study"), std::string::npos);
  study.Do("themes.accept-summary", {{"theme", "Vertrouwen"}, {"case", "N-01"}});
  EXPECT_EQ(Cell().state, view::State::kValue);
  ExpectReversible();
}

TEST_F(FrameworkTest, ANewQuoteDoesNotMakeItStaleButIsTold) {
  Write("Kort.");
  study.Do("themes.link-quote", {{"theme", "Vertrouwen"}, {"quote", ToString(near)}});
  EXPECT_EQ(Cell().state, view::State::kValue);
  EXPECT_EQ(Say(Cell().why), "Rests on 1 of the 2 quotes here.");
  study.Do("themes.rest-summary", {{"theme", "Vertrouwen"}, {"case", "N-01"}});
  EXPECT_TRUE(Cell().why.empty());
  study.Do("themes.rest-summary", {{"theme", "Vertrouwen"}, {"case", "N-01"}, {"quote", ToString(doubt)}, {"rests", "no"}});
  EXPECT_EQ(std::get<std::int64_t>(Cell().parts.at(0).second), 1);
  EXPECT_FALSE(study.Refusal("themes.rest-summary", {{"theme", "Vertrouwen"}, {"case", "N-01"}, {"quote", ToString(trust)}}).empty());
  EXPECT_FALSE(study.Refusal("themes.accept-summary", {{"theme", "Geld"}, {"case", "N-01"}}).empty());
}

TEST_F(FrameworkTest, WordsWithdrawnFromAnalysisTakeTheSummaryOutOfSight) {
  Write("Kort.");
  Write("Vertrouwt niet.", "Bea");
  Change([](Writing& writing) { writing.Do("UPDATE person SET may_analyse = 0 WHERE pseudonym = 'Bea'"); });
  const auto& people = Matrix("themes.framework", {{"rows", "person"}});
  EXPECT_EQ(people.rows.size(), 2u);
  EXPECT_EQ(Matrix("themes.framework", {{"rows", "case"}}).rows.size(), 1u);
  // A case of which someone else was heard keeps its row, and the summary stays out of sight.
  study.Undo();
  Change([&](Writing& writing) {
    EnsureMembership(writing, EnsurePerson(writing, "Cas"), EnsureCase(writing, "N-01"), "adult");
    writing.Do("UPDATE person SET may_analyse = 0 WHERE pseudonym = 'Bea'");
  });
  EXPECT_EQ(Cell().state, view::State::kSuppressed);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(Cell().value));
  Job job;
  const auto behind = study.See("themes.summary", {{"theme", "Vertrouwen"}, {"case", "N-01"}});
  EXPECT_TRUE(study.Rows(behind).empty());
  for (const auto& note : behind.notes) EXPECT_EQ(Say(note).find("Kort"), std::string::npos);
}

TEST_F(FrameworkTest, WhoIsDeletedTakesTheirSummariesAlong) {
  Write("Vertrouwt niet.", "Bea");
  EXPECT_EQ(std::get<std::string>(Cell("Bea").value), "Vertrouwt niet.");
  Change([](Writing& writing) { DeleteEntity(writing, "person", EnsurePerson(writing, "Bea")); });
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM person_summary"), 0);
  study.Undo();
  EXPECT_EQ(std::get<std::string>(Cell("Bea").value), "Vertrouwt niet.");
}

TEST_F(FrameworkTest, PeopleMergedKeepBothSummariesInOneCell) {
  Write("Ann zegt dit.", "Ann");
  Write("Cas zegt dat.", "Cas");
  Change([](Writing& writing) { MergeEntity(writing, "person", EnsurePerson(writing, "Cas"), EnsurePerson(writing, "Ann")); });
  EXPECT_EQ(std::get<std::string>(Cell("Ann").value), "Ann zegt dit.\nCas zegt dat.");
  Write("Samen.", "Ann");
  EXPECT_EQ(std::get<std::string>(Cell("Ann").value), "Samen.");
  ExpectReversible();
}

TEST_F(FrameworkTest, OneOfCaseAndPersonIsNamed) {
  EXPECT_FALSE(study.Refusal("themes.summarise", {{"theme", "Vertrouwen"}, {"text", "x"}}).empty());
  EXPECT_FALSE(study.Refusal("themes.summarise", {{"theme", "Vertrouwen"}, {"case", "N-01"}, {"person", "Bea"}, {"text", "x"}}).empty());
}

class TranslationTest : public HeardTest {
 protected:
  TranslationTest() {
    study.Do("themes.add-chapter", {{"title", "Stemmen"}});
    study.Do("themes.add-quote", {{"chapter", "Stemmen"}, {"quote", ToString(trust)}});
    study.Do("themes.translate-quote", {{"source", "Coach noord"}, {"text", "Zij vertrouwt mij nu."}, {"to", "fr"}, {"translation", "Elle me fait confiance."}, {"translator", "L. Peeters"}});
  }
  std::vector<view::Block> Blocks(const std::string& view, const RawArguments& raw) {
    model = study.See(view, raw);
    return std::get<view::Prose>(model.body).blocks;
  }
};

TEST_F(TranslationTest, StandsBehindTheOriginalWhenChosen) {
  EXPECT_EQ(Blocks("themes.chapter", {{"chapter", "Stemmen"}}).size(), 1u);
  const auto blocks = Blocks("themes.chapter", {{"chapter", "Stemmen"}, {"translation", "fr"}});
  ASSERT_EQ(blocks.size(), 2u);
  EXPECT_EQ(Say(blocks[0].text), "Zij vertrouwt mij nu.");
  EXPECT_EQ(Say(blocks[1].text), "Elle me fait confiance.");
  EXPECT_EQ(Say(blocks[1].reference), "translated into fr by L. Peeters");
  EXPECT_NE(blocks[0].key, blocks[1].key);
  const auto report = Blocks("themes.report", {{"translation", "fr"}, {"appendices", "no"}});
  ASSERT_EQ(report.size(), 3u);
  EXPECT_EQ(Say(report[2].text), "Elle me fait confiance.");
}

TEST_F(TranslationTest, IsMarkedWhenTheOriginalChangesAndGoesWithIt) {
  EditText(coach, "mij nu.", "ons nu!");
  EXPECT_EQ(Blocks("themes.chapter", {{"chapter", "Stemmen"}, {"translation", "fr"}})[1].state, view::State::kStale);
  EXPECT_EQ(Rows("themes.translations")[0].cells[3].state, view::State::kStale);
  study.Do("themes.translate-quote", {{"quote", ToString(trust)}, {"to", "fr"}, {"translation", "Elle nous fait confiance."}, {"translator", "L. Peeters"}});
  EXPECT_EQ(See("themes.translations").size(), 2u);  // Replaced, not doubled.
  EXPECT_EQ(Blocks("themes.chapter", {{"chapter", "Stemmen"}, {"translation", "fr"}})[1].state, view::State::kValue);
  Change([](Writing& writing) { writing.Do("UPDATE person SET may_quote = 0 WHERE pseudonym = 'Ann'"); });
  EXPECT_EQ(Blocks("themes.chapter", {{"chapter", "Stemmen"}, {"translation", "fr"}}).size(), 1u);
  EXPECT_EQ(See("themes.translations").size(), 1u);
}

TEST_F(TranslationTest, CanBeTakenBackAndIsRefusedWithoutATranslator) {
  study.Do("themes.delete-translation", {{"quote", ToString(trust)}, {"to", "fr"}});
  EXPECT_EQ(See("themes.translations").size(), 1u);
  EXPECT_FALSE(study.Refusal("themes.delete-translation", {{"quote", ToString(trust)}, {"to", "fr"}}).empty());
  EXPECT_FALSE(study.Refusal("themes.translate-quote", {{"quote", ToString(trust)}, {"to", "fr"}, {"translation", "x"}, {"translator", " "}}).empty());
  EXPECT_FALSE(study.Refusal("themes.translate-quote", {{"quote", ToString(trust)}, {"to", "het frans"}, {"translation", "x"}, {"translator", "y"}}).empty());
  ExpectReversible();
}

class AfterwardsTest : public HeardTest {};

TEST_F(AfterwardsTest, EachConversationTellsItsMemberCheckAndTheAnswer) {
  const Id answer = AddConversation(study, "Antwoord", {{"Bea", "family", "Noord", "Zo was het."}}, "document");
  study.Do("themes.member-check", {{"source", "Gezin noord"}, {"status", "sent"}, {"date", "2023-09-01"}});
  const Id check = study.Do("themes.member-check", {{"source", "Gezin noord"}, {"status", "planned"}, {"date", "2023-10-01"}, {"person", "Bea"}}).created.front();
  study.Do("themes.set-member-check", {{"check", ToString(check)}, {"status", "confirmed"}, {"reply", "Antwoord"}, {"note", "Met dank."}});
  const auto rows = See("themes.member-checks");
  ASSERT_EQ(rows.size(), 5u);  // The columns, two steps of one conversation, two conversations without; the answer is none.
  EXPECT_EQ(rows[2], (std::vector<std::string>{"Gezin noord", "Given to read", "01/09/2023", "everyone", "<empty>", "<empty>"}));
  EXPECT_EQ(rows[3], (std::vector<std::string>{"Gezin noord", "Confirmed", "01/10/2023", "Bea", "Antwoord", "Met dank."}));
  model = study.See("themes.member-checks");
  std::map<std::string, std::int64_t> facts;
  for (const auto& fact : model.population.facts) facts[fact.id] = std::get<std::int64_t>(fact.value);
  EXPECT_EQ(facts, (std::map<std::string, std::int64_t>{{"conversations", 3}, {"none", 2}, {"confirmed", 1}, {"replies", 1}}));
  EXPECT_FALSE(study.Refusal("themes.member-check", {{"source", "Gezin noord"}, {"status", "sent"}, {"reply", "Gezin noord"}}).empty());
  EXPECT_FALSE(study.Refusal("themes.member-check", {{"source", "Gezin noord"}, {"status", "sent"}, {"person", "Cas"}}).empty());
  // The answer goes, the step stays.
  Change([&](Writing& writing) { DeleteEntity(writing, "source", answer); });
  EXPECT_EQ(See("themes.member-checks")[3][4], "<empty>");
  study.Do("themes.delete-member-check", {{"check", ToString(check)}});
  EXPECT_EQ(See("themes.member-checks").size(), 4u);
  ExpectReversible();
}

TEST_F(AfterwardsTest, NewCodesAreCountedInTheOrderOfTimeAndSaidToBeNoProof) {
  CodeWords(study, south, "De bus rijdt niet meer.", "Nabij");
  Change([&](Writing& writing) {
    writing.Do("UPDATE source SET date = '2023-01-01' WHERE id = ?", south);
    writing.Do("UPDATE source SET date = NULL WHERE id = ?", coach);
  });
  const auto chart = [&](const std::string& order) {
    model = study.See("themes.new-codes", {{"order", order}});
    std::vector<std::string> all;
    const auto& body = std::get<view::Chart>(model.body);
    for (std::size_t i = 0; i < body.categories.size(); ++i) {
      all.push_back(Say(body.categories[i].label) + " " + std::to_string(std::get<std::int64_t>(body.cells[i][0].value)) + "+" + std::to_string(std::get<std::int64_t>(body.cells[i][1].value)));
    }
    return all;
  };
  EXPECT_EQ(chart("study"), (std::vector<std::string>{"Coach noord 1+0", "Gezin noord 1+1", "Coach zuid 0+1"}));
  EXPECT_EQ(chart("date"), (std::vector<std::string>{"Coach zuid 1+0", "Gezin noord 1+1", "Coach noord 0+1"}));
  ASSERT_EQ(model.notes.size(), 2u);
  EXPECT_NE(Say(model.notes[0]).find("no proof of saturation"), std::string::npos);
}

TEST_F(AfterwardsTest, AQuoteIsFoundByThemeTypeAndWordsAndPutIntoTheChapter) {
  EXPECT_EQ(See("themes.find-quote").size(), 4u);
  EXPECT_EQ(See("themes.find-quote", {{"theme", "Vertrouwen"}}).size(), 3u);
  EXPECT_EQ(See("themes.find-quote", {{"theme", "Vertrouwen"}, {"stakeholder", "family"}}).size(), 2u);
  EXPECT_EQ(See("themes.find-quote", {{"person", "Bea"}, {"site", "Noord"}}).size(), 3u);
  EXPECT_EQ(See("themes.find-quote", {{"words", "VERTROUWT"}}).size(), 2u);
  study.Do("themes.add-chapter", {{"title", "Stemmen"}});
  const auto found = Rows("themes.find-quote", {{"theme", "Vertrouwen"}, {"stakeholder", "family"}});
  const std::string block = ToString(study.Do("themes.add-block", {{"chapter", "Stemmen"}, {"text", "Zij zegt:"}}).created.front());
  // What dropping a row onto a block does.
  const auto chapter = study.See("themes.chapter", {{"chapter", "Stemmen"}});
  ASSERT_FALSE(chapter.drops.empty());
  EXPECT_EQ(chapter.drops[0].from, found[0].entities[0].kind);
  study.Do(chapter.drops[0].command, {{chapter.drops[0].from_parameter, ToString(found[0].entities[0].id)}, {chapter.drops[0].onto_parameter, block}});
  EXPECT_EQ(See("themes.find-quote", {{"theme", "Vertrouwen"}, {"unused", "yes"}}).size(), 2u);
  EXPECT_EQ(See("themes.find-quote", {{"stakeholder", "family"}, {"words", "nee"}})[1][3], "Stemmen");
  Change([](Writing& writing) { writing.Do("UPDATE person SET may_quote = 0 WHERE pseudonym = 'Bea'"); });
  EXPECT_EQ(See("themes.find-quote").size(), 2u);
}

}  // namespace
}  // namespace meerstem::testing
