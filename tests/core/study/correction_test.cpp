// A corrected text keeps every quote in place.
#include <random>

#include <gtest/gtest.h>

#include "core/study/alignment.h"
#include "core/study/correction.h"
#include "core/study/places.h"
#include "core/study/quotes.h"
#include "tests/core/base/random_text.h"
#include "tests/support/conversation.h"

namespace meerstem::testing {
namespace {

std::string Followed(const std::string& before, const std::string& words, const std::string& after) {
  const Text old_text(before), new_text(after);
  const auto at = before.find(words);
  const Alignment alignment(old_text, new_text);
  return std::string(new_text.Slice(alignment.Follow({old_text.CodePoint(at), old_text.CodePoint(at + words.size())})));
}

TEST(AlignmentTest, WordsThatStandUnchangedStayWhatTheyAre) {
  EXPECT_EQ(Followed("Ik bel elke week.", "elke week", "Ja, ik bel elke week."), "elke week");
  EXPECT_EQ(Followed("de man en de vrouw", "de vrouw", "de man en de jongen en de vrouw"), "de vrouw");
  EXPECT_EQ(Followed("ja ja ja nee", "nee", "nee"), "nee");
  EXPECT_EQ(Followed("A x\n\nA y", "A y", "A x\n\nA z\n\nA y"), "A y");
  EXPECT_EQ(Followed("🙂 é 🙂 ja", "ja", "🙂🙂 e\u0301 ja"), "ja");
}

TEST(AlignmentTest, WordsThatWerePutInInsideBelongToTheQuoteAndThoseBesideItDoNot) {
  EXPECT_EQ(Followed("ik kom morgen terug", "ik kom morgen", "ik kom overmorgen morgen terug"), "ik kom overmorgen morgen");
  EXPECT_EQ(Followed("ik kom terug", "ik kom", "dus ik kom straks terug"), "ik kom");
}

TEST(AlignmentTest, ReplacedWordsTakeTheEndsOfWhatReplacedThem) {
  EXPECT_EQ(Followed("dat zijn mijn kinderen", "zijn", "dat waren mijn kinderen"), "waren");
  EXPECT_EQ(Followed("dat zijn mijn kinders", "mijn kinders", "dat zijn mijn kinderen"), "mijn kinderen");
  EXPECT_EQ(Followed("een huis in Aalst", "huis in Aalst", "een flat in Gent"), "flat in Gent");
}

TEST(AlignmentTest, WordsThatAreGoneAreGone) {
  EXPECT_EQ(Followed("een twee drie", " twee", "een drie"), "");
  EXPECT_EQ(Followed("een\n\ntwee\n\ndrie", "twee", "een\n\ndrie"), "");
}

TEST(AlignmentTest, AMovedPassageIsFollowed) {
  const std::string moved = "Zij belde elke week om te horen hoe het ging.";
  EXPECT_EQ(Followed("Eerst.\n\n" + moved + "\n\nDan dit.\n\nEn dat.", moved, "Eerst.\n\nDan dit.\n\nEn dat.\n\n" + moved), moved);
}

TEST(AlignmentTest, MatchesAreEqualStretchesInOrderWhateverTheTexts) {
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    const Text before(RandomText(random, static_cast<int>(random() % 120))), after(RandomText(random, static_cast<int>(random() % 120)));
    std::int64_t old_at = 0, new_at = 0;
    const Alignment alignment(before, after);
    for (const auto& match : alignment.matches()) {
      ASSERT_GE(match.before, old_at);
      ASSERT_GE(match.after, new_at);
      ASSERT_GT(match.size, 0);
      old_at = match.before + match.size;
      new_at = match.after + match.size;
      ASSERT_EQ(before.Slice({match.before, old_at}), after.Slice({match.after, new_at}));
    }
    ASSERT_LE(old_at, before.size());
    ASSERT_LE(new_at, after.size());
    for (std::int64_t start = 0; start < before.size(); start += 7) {
      const Range now = alignment.Follow({start, std::min(before.size(), start + 9)});
      ASSERT_LE(0, now.start);
      ASSERT_LE(now.start, now.end);
      ASSERT_LE(now.end, after.size());
    }
  }
}

TEST(AlignmentTest, TwoLongTextsWithNothingInCommonAreBounded) {
  std::mt19937 random(3);
  std::string before, after;
  for (int i = 0; i < 60000; ++i) before += "w" + std::to_string(random() % 5000) + " ", after += "w" + std::to_string(random() % 5000) + " ";
  const Text old_text(before), new_text(after);
  const Alignment alignment(old_text, new_text);
  const Range now = alignment.Follow({100, 200});
  EXPECT_LE(now.end, new_text.size());
}

/// A talk in which words come back all the time, as they do.
std::vector<std::string> Talk(std::mt19937& random, int words) {
  static const std::vector<std::string> kWords = {"ja", "nee", "dus", "ik", "we", "het", "de", "gezin", "kinderen", "dan", "en", "bel", "elke", "week", "🙂", "één", "huis", "euh"};
  std::vector<std::string> talk;
  for (int i = 0; i < words; ++i) talk.push_back(kWords[random() % kWords.size()] + (random() % 9 == 0 ? ".\n\n" : random() % 7 == 0 ? ", " : " "));
  return talk;
}

struct Edited {
  std::string before, after;
  std::vector<std::pair<Range, bool>> quotes;  ///< In the old text; touched?
};

/// Words put in, taken out and replaced at random places, and quotes at random places. A quote is touched when an edit
/// falls inside it.
Edited RandomEdits(std::mt19937& random, int words, int edits) {
  const auto talk = Talk(random, words);
  std::vector<int> edit(talk.size() + 1, 0);
  for (int i = 0; i < edits; ++i) edit[random() % edit.size()] = 1 + static_cast<int>(random() % 3);
  Edited edited;
  std::vector<std::int64_t> starts;
  std::int64_t position = 0;
  for (std::size_t i = 0; i <= talk.size(); ++i) {
    starts.push_back(position);
    if (edit[i] == 1) edited.after += "ingevoegd" + std::to_string(random() % 3) + " ";
    if (i == talk.size()) break;
    edited.before += talk[i];
    position += CountCodePoints(talk[i]);
    if (edit[i] == 2) continue;
    edited.after += edit[i] == 3 ? "anders" + talk[i] : talk[i];
  }
  for (int i = 0; i < 20; ++i) {
    const std::size_t first = random() % talk.size(), count = 3 + random() % 12, last = std::min(talk.size(), first + count);
    bool touched = edit[first] > 1;
    for (std::size_t word = first + 1; word < last; ++word) touched = touched || edit[word] != 0;
    edited.quotes.push_back({{starts[first], starts[last]}, touched});
  }
  return edited;
}

TEST(AlignmentTest, AQuoteWhoseWordsWereNotTouchedKeepsPreciselyItsWords) {
  std::mt19937 random(2026);
  for (int round = 0; round < 300; ++round) {
    const Edited edited = RandomEdits(random, 20 + static_cast<int>(random() % 400), 1 + static_cast<int>(random() % 25));
    const Text before(edited.before), after(edited.after);
    const Alignment alignment(before, after);
    for (const auto& [range, touched] : edited.quotes) {
      if (touched) continue;
      ASSERT_EQ(after.Slice(alignment.Follow(range)), before.Slice(range)) << "round " << round << "\n" << edited.before << "\n=====\n" << edited.after;
    }
  }
}

class CorrectionTest : public ::testing::Test {
 protected:
  CorrectionTest() : study({}) {
    talk = AddConversation(study, "Groep", {{"Ann", "coach", "Noord", "Ik bel elke week."}, {"Bea", "family", "Noord", "En ik neem op. Altijd, altijd."}}, "focus_group");
  }
  std::string TextNow() { return TextOf(*study.store().Read(), talk)->utf8(); }
  void Give(const std::string& text, bool drop = false) {
    study.store().Run({"test", Say("Corrected"), study.actor()}, [&](Writing& writing) { Correct(writing, PlanCorrection(writing, talk, text), drop); });
  }
  std::vector<std::string> QuotesNow() {
    auto reading = study.store().Read();
    std::vector<std::string> words;
    auto rows = reading->Query("SELECT text FROM quote_text ORDER BY start, end");
    while (rows.Step()) words.push_back(rows.Text(0));
    return words;
  }
  std::int64_t Listed() { return study.store().Read()->Number("SELECT count(*) FROM changed_words"); }
  std::string With(const std::string& from, const std::string& to) {
    std::string text = TextNow();
    return text.replace(text.find(from), from.size(), to);
  }
  TestStudy study;
  Id talk;
};

TEST_F(CorrectionTest, QuotesTurnsMomentsAndPagesMoveAlong) {
  CodeWords(study, talk, "ik neem op", "Contact");
  study.store().Run({"test", Say("Places"), study.actor()}, [&](Writing& writing) {
    AddMoment(writing, talk, {FindOnce(writing, talk, "En ik neem op."), 61000, 63000});
    SetPages(writing, talk, {{{0, TextOf(writing, talk)->size()}, 4}}, {});
  });
  const std::string before = study.Dump();
  Give(With("Ik bel elke week.", "Ik bel haar elke twee weken, ja."));
  EXPECT_EQ(QuotesNow(), std::vector<std::string>{"ik neem op"});
  auto reading = study.store().Read();
  const auto text = TextOf(*reading, talk);
  EXPECT_EQ(text->Slice(MomentsOf(*reading, talk).at(0).range), "En ik neem op.");
  EXPECT_EQ(PagesOf(*reading, talk).at(0).range, (Range{0, text->size()}));
  const auto turns = TurnsOf(*reading, talk);
  EXPECT_EQ(text->Slice(turns.at(0).words), "Ik bel haar elke twee weken, ja.");
  EXPECT_EQ(text->Slice(turns.at(1).words), "En ik neem op. Altijd, altijd.");
  EXPECT_EQ(Listed(), 0);
  EXPECT_TRUE(study.store().Check().empty());
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
}

TEST_F(CorrectionTest, AQuoteWhoseWordsChangedIsListedUntilTheyAreWhatTheyWere) {
  CodeWords(study, talk, "bel elke week", "Contact");
  const std::string first = TextNow();
  Give(With("elke week", "iedere week"));
  EXPECT_EQ(QuotesNow(), std::vector<std::string>{"bel iedere week"});
  EXPECT_EQ(Listed(), 1);
  Give(With("iedere week", "iedere maand"));
  EXPECT_EQ(Listed(), 1);
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM changed_words JOIN content ON hash = before_hash "
                                         "WHERE substr(text, before_start + 1, before_end - before_start) = 'bel elke week'"), 1);
  Give(first);
  EXPECT_EQ(Listed(), 0);
}

TEST_F(CorrectionTest, AQuoteGoesOnlyWhenThatIsSaid) {
  CodeWords(study, talk, "Altijd, altijd.", "Nadruk");
  const std::string before = study.Dump();
  EXPECT_THROW(Give(With(" Altijd, altijd.", "")), Error);
  EXPECT_EQ(study.Dump(), before);
  Give(With(" Altijd, altijd.", ""), true);
  EXPECT_TRUE(QuotesNow().empty());
  EXPECT_TRUE(study.store().Check().empty());
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
}

TEST_F(CorrectionTest, TwoQuotesThatComeToStandOnTheSameWordsBecomeOne) {
  CodeWords(study, talk, "Altijd, altijd", "Nadruk");
  CodeWords(study, talk, "altijd", "Tijd");
  Give(With("Altijd, altijd", "altijd"));
  EXPECT_EQ(QuotesNow(), std::vector<std::string>{"altijd"});
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM coding"), 2);
  EXPECT_TRUE(study.store().Check().empty());
}

TEST_F(CorrectionTest, ATextWithoutWordsIsRefused) { EXPECT_THROW(Give(" \n "), Error); }

TEST_F(CorrectionTest, RandomCorrectionsLeaveAWholeStudyAndUndoBringsItBack) {
  std::mt19937 random(11);
  for (int round = 0; round < 25; ++round) {
    const Edited edited = RandomEdits(random, 60, 8);
    Give(edited.before, true);
    study.store().Run({"test", Say("Coded"), study.actor()}, [&](Writing& writing) {
      for (const auto& [range, touched] : edited.quotes) EnsureQuote(writing, {talk, range});
    });
    const std::string before = study.Dump();
    Give(edited.after, true);
    ASSERT_TRUE(study.store().Check().empty()) << study.store().Check().front();
    const auto quotes = QuotesNow();
    const Text old_text(edited.before);
    for (const auto& [range, touched] : edited.quotes) {
      if (!touched) { ASSERT_NE(std::find(quotes.begin(), quotes.end(), old_text.Slice(range)), quotes.end()); }
    }
    study.Undo();
    ASSERT_EQ(study.Dump(), before);
  }
}

}  // namespace
}  // namespace meerstem::testing
