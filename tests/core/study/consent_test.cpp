// What follows from consent: whose words are shown for what, what withdrawal takes away, and what purging leaves nowhere.
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "core/base/language.h"
#include "core/study/consent.h"
#include "core/study/display.h"
#include "core/study/names.h"
#include "core/study/purge.h"
#include "tests/support/conversation.h"

namespace meerstem::testing {
namespace {

constexpr Date kDay{2023, 7, 1};

class Consent : public ::testing::Test {
 protected:
  void SetUp() override {
    source_ = AddConversation(study_, "Gesprek", {{"Ann", "coach", "Noord", "Luisteren is het halve werk."},
                                                  {"Bea", "family", "Noord", "Wij aten zilveruitjes bij kaarslicht omdat het moest."},
                                                  {"Ann", "coach", "Noord", "Dat zei je zus ook."}});
    theirs_ = CodeWords(study_, source_, "zilveruitjes bij kaarslicht", "Armoede");
    hers_ = CodeWords(study_, source_, "het halve werk", "Werk");
    across_ = CodeWords(study_, source_, "omdat het moest.\n\nAnn: Dat zei", "Werk");
  }
  void Run(const std::function<void(Writing&)>& body) { study_.store().Run({"test", Say("Edit"), study_.actor()}, body); }
  Id PersonOf(const std::string& pseudonym) {
    auto reading = study_.store().Read();
    auto row = reading->Query("SELECT id FROM person WHERE pseudonym = ?", pseudonym);
    return row.Step() ? row.GetId(0) : Id{};
  }
  std::string Shown(Purpose purpose) {
    auto reading = study_.store().Read();
    return DisplayText(*reading, {source_, {0, TextOf(*reading, source_)->size()}}, purpose);
  }
  bool May(const Id& quote, Purpose purpose) {
    auto reading = study_.store().Read();
    return MayUse(*reading, SpanOf(*reading, quote), purpose);
  }
  std::size_t Seen() { return Quotes(*study_.store().Read(), {}).size(); }

  TestStudy study_{{}};
  Id source_, theirs_, hers_, across_;
};

TEST_F(Consent, EachUseStandsOnItsOwnAndTheRoadAsksItself) {
  Run([&](Writing& writing) { RecordConsent(writing, PersonOf("Bea"), "quotation", false, kDay, {}); });
  EXPECT_TRUE(May(theirs_, Purpose::kScreen));
  EXPECT_TRUE(May(theirs_, Purpose::kAnalysis));
  EXPECT_FALSE(May(theirs_, Purpose::kExport));
  EXPECT_TRUE(May(theirs_, Purpose::kArchive));
  EXPECT_NE(Shown(Purpose::kAnalysis).find("zilveruitjes"), std::string::npos);
  EXPECT_EQ(Shown(Purpose::kExport), "Ann: Luisteren is het halve werk.\n\nBea: […]\n\nAnn: Dat zei je zus ook.\n\n");
  Run([&](Writing& writing) {
    RecordConsent(writing, PersonOf("Bea"), "quotation", true, kDay, {});
    RecordConsent(writing, PersonOf("Bea"), "archive", false, kDay, {});
  });
  EXPECT_TRUE(May(theirs_, Purpose::kExport));
  EXPECT_FALSE(May(theirs_, Purpose::kArchive));
  const auto answers = ConsentsOf(*study_.store().Read(), PersonOf("Bea"));
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_EQ(answers[0].purpose, "archive");
  EXPECT_EQ(answers[2].answer, "refused");
  EXPECT_EQ(answers[2].date, kDay);
}

TEST_F(Consent, WithdrawalTakesQuotesAwayAndUndoBringsThemBack) {
  const std::string before = study_.Dump();
  EXPECT_EQ(Seen(), 3u);
  Run([&](Writing& writing) { Withdraw(writing, PersonOf("Bea"), kDay); });
  for (const auto purpose : {Purpose::kScreen, Purpose::kAnalysis, Purpose::kExport, Purpose::kArchive}) {
    EXPECT_EQ(Shown(purpose).find("zilveruitjes"), std::string::npos);
    EXPECT_NE(Shown(purpose).find("halve werk"), std::string::npos);
    EXPECT_FALSE(May(theirs_, purpose));
    EXPECT_FALSE(May(across_, purpose)) << "it touches their words";
    EXPECT_TRUE(May(hers_, purpose));
  }
  EXPECT_EQ(Seen(), 1u);
  auto voices = Voices(*study_.store().Read(), false);
  EXPECT_EQ(voices.size(), 1u) << "who withdrew was not heard";
  for (const auto& entry : study_.store().Journal()) EXPECT_EQ(entry.entities.find("zilver"), std::string::npos);
  study_.Undo();
  EXPECT_EQ(study_.Dump(), before);
  EXPECT_EQ(Seen(), 3u);
  EXPECT_NE(Shown(Purpose::kScreen).find("zilveruitjes"), std::string::npos);
}

TEST_F(Consent, AMinorsWordsStayInTheHouseUntilAGuardianConsents) {
  const Id bea = PersonOf("Bea");
  Run([&](Writing& writing) { writing.Do("UPDATE person SET birth_year = 2010 WHERE id = ?", bea); });
  EXPECT_TRUE(IsMinor(*study_.store().Read(), bea));
  EXPECT_TRUE(May(theirs_, Purpose::kAnalysis));
  EXPECT_FALSE(May(theirs_, Purpose::kExport));
  EXPECT_EQ(Shown(Purpose::kExport).find("zilveruitjes"), std::string::npos);
  EXPECT_THROW(Run([&](Writing& writing) { RecordConsent(writing, bea, "quotation", true, kDay, {}); }), Error);
  Run([&](Writing& writing) { RecordConsent(writing, bea, "quotation", true, kDay, "moeder"); });
  EXPECT_TRUE(May(theirs_, Purpose::kExport));
  Run([&](Writing& writing) { writing.Do("UPDATE person SET birth_year = 1980 WHERE id = ?", bea); });
  EXPECT_FALSE(IsMinor(*study_.store().Read(), bea));
}

TEST_F(Consent, NamesAreReplacedInTheirGenitiveAndAWordIsNoNameWithoutItsCapital) {
  Id text;
  const std::string words = "Jans zoon, Jan's fiets en Joris' boek. Jansen blijft. Ik wil dat Wil komt, en wils wil ook. jan ook.";
  Run([&](Writing& writing) {
    text = AddSource(writing, {.title = "Namen", .kind = "document", .content = StoreContent(writing, words)});
    writing.Do("INSERT INTO replacement (id, words, shown) VALUES (?, 'Jan', 'P1')", writing.NewId());
    writing.Do("INSERT INTO replacement (id, words, shown) VALUES (?, 'Joris', 'P2')", writing.NewId());
    writing.Do("INSERT INTO replacement (id, words, shown, capital) VALUES (?, 'Wil', 'P3', 1)", writing.NewId());
  });
  auto reading = study_.store().Read();
  EXPECT_EQ(DisplayText(*reading, {text, {0, CountCodePoints(words)}}, Purpose::kScreen), "P1s zoon, P1's fiets en P2' boek. Jansen blijft. Ik wil dat P3 komt, en wils wil ook. P1 ook.");
  Displaying displaying(*reading, Purpose::kScreen);
  EXPECT_FALSE(displaying.IsVerbatim({text, {0, 3}}));
  EXPECT_TRUE(displaying.IsVerbatim({text, {5, 9}}));
  std::int64_t shown = 0;
  for (const auto& run : DisplayRuns(*reading, {text, {0, CountCodePoints(words)}}, Purpose::kScreen)) {
    EXPECT_EQ(run.stored.start, shown) << "no offset shifts";
    shown = run.stored.end;
  }
  EXPECT_EQ(shown, CountCodePoints(words));
}

TEST_F(Consent, CapitalsInsideSentencesLookLikeNames) {
  Id text;
  Run([&](Writing& writing) {
    text = AddSource(writing, {.title = "Namen", .kind = "document",
                               .content = StoreContent(writing, "Toen kwam Els van den Broeck binnen. Daarna ging Karel naar Gent. “Kom,” zei Els van den Broeck. Het OCMW belde. Morgen komt Karels broer naar Noord.")});
  });
  auto candidates = NameCandidatesOf(*study_.store().Read());
  ASSERT_TRUE(candidates->found.contains("els van den broeck"));
  EXPECT_EQ(candidates->found.at("els van den broeck").places, 2);
  ASSERT_TRUE(candidates->found.contains("gent"));
  EXPECT_EQ(candidates->found.at("gent").guess, NameGuess::kPlace);
  EXPECT_EQ(candidates->found.at("ocmw").guess, NameGuess::kAbbreviation);
  EXPECT_TRUE(candidates->found.contains("karel"));
  for (const char* word : {"toen", "daarna", "kom", "het", "morgen", "noord"}) EXPECT_FALSE(candidates->found.contains(word)) << word;
  Run([&](Writing& writing) {
    writing.Do("INSERT INTO no_name (id, words) VALUES (?, 'Gent')", writing.NewId());
    writing.Do("INSERT INTO replacement (id, words, shown) VALUES (?, 'Karel', 'P1')", writing.NewId());
  });
  candidates = NameCandidatesOf(*study_.store().Read());
  EXPECT_FALSE(candidates->found.contains("gent"));
  EXPECT_FALSE(candidates->found.contains("karel"));
  EXPECT_FALSE(candidates->found.contains("karels")) << "a genitive of a name of the list";
  EXPECT_TRUE(candidates->found.contains("els van den broeck"));
}

class Purging_ : public Consent {
 protected:
  std::string Bytes() {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(study_.store().path()).parent_path())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  }
};

TEST_F(Purging_, LeavesNoByteOfTheWordsInTheFile) {
  const Id bea = PersonOf("Bea");
  Run([&](Writing& writing) {
    writing.Do("UPDATE person SET name = 'Beatrijs Vanhoutte' WHERE id = ?", bea);
    writing.Do("INSERT INTO memo (id, entity_kind, entity_id, text, at) VALUES (?, 'quote', ?, 'zilveruitjes, wat een beeld', 0)", writing.NewId(), theirs_);
    writing.Do("INSERT INTO memo (id, entity_kind, entity_id, text, at) VALUES (?, 'study', ?, 'Zij zei: “wij aten zilveruitjes bij kaarslicht omdat het moest”, en zweeg.', 0)", writing.NewId(), Id{});
    writing.Do("INSERT INTO replacement (id, words, shown) VALUES (?, 'Beatrijs', 'Bea')", writing.NewId());
    AddSource(writing, {.title = "Nota", .kind = "field_note", .content = StoreContent(writing, "Beatrijs vertelde lang. Ik schreef op: aten zilveruitjes bij kaarslicht omdat het moest.")});
  });
  // An older version of the text, and an edit that was taken back.
  Run([&](Writing& writing) { writing.Do("UPDATE memo SET text = 'De zilveruitjes van Beatrijs Vanhoutte' WHERE entity_kind = 'study'"); });
  study_.Undo();
  study_.store().Scratch([](Database& database) { database.Do("INSERT INTO draft (key, text, at) VALUES ('k', 'wij aten zilveruitjes bij kaarslicht omdat het moest', 0)"); });
  Run([&](Writing& writing) { Withdraw(writing, bea, kDay); });
  Job job;
  const auto looked = LookAtPurging(*study_.store().Read(), bea, job);
  EXPECT_EQ(looked.turns, 1);
  EXPECT_EQ(looked.words, 8);
  EXPECT_EQ(looked.quotes, 1);
  EXPECT_EQ(looked.memos, 1);
  EXPECT_EQ(looked.names, 2);
  EXPECT_EQ(looked.other_texts, 1);
  ASSERT_EQ(looked.copied.size(), 1u);
  EXPECT_EQ(looked.copied[0].table, "memo");
  EXPECT_NE(Bytes().find("zilveruitjes"), std::string::npos);

  Purge(study_.store(), {"people.purge", Say("Purge for good"), study_.actor()}, bea, job);
  EXPECT_EQ(Bytes().find("zilveruitjes"), std::string::npos);
  EXPECT_EQ(Bytes().find("ilveruitje"), std::string::npos);
  EXPECT_EQ(Bytes().find("kaarslicht"), std::string::npos);
  EXPECT_EQ(Bytes().find("Beatrijs"), std::string::npos);
  EXPECT_EQ(Bytes().find("Vanhoutte"), std::string::npos);
  EXPECT_TRUE(study_.store().Check().empty());
  // What others said stands where it stood.
  auto reading = study_.store().Read();
  EXPECT_EQ(DisplayText(*reading, SpanOf(*reading, hers_), Purpose::kScreen), "het halve werk");
  EXPECT_EQ(reading->Number("SELECT count(*) FROM quote WHERE id = ?", theirs_), 0);
  EXPECT_NE(Shown(Purpose::kScreen).find("Dat zei je zus ook."), std::string::npos);
  auto memo = reading->Query("SELECT text FROM memo WHERE entity_kind = 'study'");
  ASSERT_TRUE(memo.Step());
  EXPECT_EQ(memo.Text(0), "Zij zei: “[…]”, en zweeg.");
}

TEST_F(Purging_, TheJournalKeepsThatItWasDoneAndUndoEndsThere) {
  const Id bea = PersonOf("Bea");
  Run([&](Writing& writing) { Withdraw(writing, bea, kDay); });
  Job job;
  Purge(study_.store(), {"people.purge", Say("Purge for good"), study_.actor()}, bea, job);
  EXPECT_FALSE(study_.store().NextUndo());
  EXPECT_FALSE(study_.store().NextRedo());
  const auto newest = study_.store().Journal(1).at(0);
  EXPECT_EQ(newest.command, "people.purge");
  EXPECT_NE(newest.entities.find("quote"), std::string::npos);
  const auto answers = ConsentsOf(*study_.store().Read(), bea);
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_EQ(answers[0].answer, "purged");
  // The record of codings of others stays, for the history of codes.
  EXPECT_GT(study_.store().Read()->Number("SELECT count(*) FROM journal_change"), 0);
  study_.Reopen();
  Run([&](Writing& writing) { writing.Do("UPDATE code SET definition = 'x'"); });
  study_.Undo();
  Purge(study_.store(), {"people.purge", Say("Purge for good"), study_.actor()}, bea, job);
  EXPECT_EQ(ConsentsOf(*study_.store().Read(), bea).size(), 2u) << "once more changes nothing";
}

TEST_F(Purging_, CannotBeAPartOfALongerEditAndFindsBackups) {
  const Id bea = PersonOf("Bea");
  Job job;
  {
    Store::Group group(study_.store(), {"test", Say("Edit"), study_.actor()});
    EXPECT_THROW(Purge(study_.store(), {"people.purge", Say("Purge for good"), study_.actor()}, bea, job), Error);
    group.Close();
  }
  namespace fs = std::filesystem;
  const fs::path folder = study_.store().path() + ".backups";
  fs::create_directories(folder);
  study_.Reopen();
  fs::copy_file(study_.store().path(), folder / "2023-06-30.meerstem");
  std::ofstream(folder / "2023-07-01.meerstem") << "no study";
  std::vector<std::string> holding, unreadable;
  FindBackups(*study_.store().Read(), bea, holding, unreadable);
  EXPECT_EQ(holding, std::vector<std::string>{(folder / "2023-06-30.meerstem").string()});
  EXPECT_EQ(unreadable, std::vector<std::string>{(folder / "2023-07-01.meerstem").string()});
}

}  // namespace
}  // namespace meerstem::testing
