// Texts are corrected after coding: typed in the window or brought in again.
#include <gtest/gtest.h>

#include "core/base/language.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "plugins/documents/part.h"
#include "tests/support/test_study.h"

namespace meerstem::documents {
namespace {

using meerstem::testing::TestStudy;
using Lines = std::vector<std::string>;

struct Correcting : ::testing::Test {
  TestStudy study{{&Register}};
  Id source = study.Do("documents.import", {{"file", study.folder().Write("t.txt", "Interviewer: Hoe gaat het?\n\nAnna: Ik bel Rosa elke week.\n\nInterviewer: Ja.\n\nAnna: En dan komt ze.\n")}}).created.at(0);

  std::string TextNow() { return TextOf(*study.store().Read(), source)->utf8(); }
  Lines Spoken() {
    auto reading = study.store().Read();
    const auto text = TextOf(*reading, source);
    Lines spoken;
    for (const auto& turn : TurnsOf(*reading, source)) spoken.push_back(turn.speaker_label + "|" + turn.person_name + "|" + std::string(text->Slice(turn.words)));
    return spoken;
  }
  Id Quote(const std::string& words) {
    Id quote;
    study.store().Run({"test", Say("Quote"), study.actor()}, [&](Writing& writing) {
      quote = EnsureQuote(writing, {source, FindOnce(writing, source, words)});
      writing.Do("INSERT INTO memo (id, entity_kind, entity_id, text, at) VALUES (?, 'quote', ?, 'm', 0)", writing.NewId(), quote);
    });
    return quote;
  }
  std::string WordsOf(const Id& quote) {
    auto reading = study.store().Read();
    const SourceSpan span = SpanOf(*reading, quote);
    return std::string(TextOf(*reading, source)->Slice(span.range));
  }
};

TEST_F(Correcting, AParagraphGetsOtherWordsAndQuotesStay) {
  const Id kept = Quote("komt ze"), changed = Quote("elke week");
  const std::string before = study.Dump();
  const Outcome outcome = study.Do("documents.correct", {{"source", "t"}, {"paragraph", "2"}, {"text", "Anna: Ik bel Rosa iedere week, ja."}});
  EXPECT_EQ(TextNow(), "Interviewer: Hoe gaat het?\n\nAnna: Ik bel Rosa iedere week, ja.\n\nInterviewer: Ja.\n\nAnna: En dan komt ze.\n");
  EXPECT_EQ(WordsOf(kept), "komt ze");
  EXPECT_EQ(WordsOf(changed), "iedere week");
  EXPECT_EQ(Spoken()[1], "Anna||Ik bel Rosa iedere week, ja.");
  EXPECT_EQ((*Language::English())(outcome.notes.at(0)), "1 quote of 2 has other words now; it stands in the list of changed quotes.");
  EXPECT_EQ(study.Words(study.See("documents.changed-quotes")), (std::vector<Lines>{{"source", "before", "now", "codes"}, {"t", "elke week", "iedere week", "<empty>"}}));
  study.Do("documents.looked-at", {{"quote", ToString(changed)}});
  EXPECT_EQ(study.Words(study.See("documents.changed-quotes")).size(), 1u);
  study.Undo();
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
}

TEST_F(Correcting, ANameThatIsNotShownIsNotLost) {
  study.Do("people.replace-name", {{"words", "Rosa"}, {"shown", "[vriendin]"}});
  study.Do("documents.assign-speaker", {{"source", "t"}, {"label", "Anna"}, {"person", "Coach 3"}});
  const auto edit = study.See("documents.edit", {{"source", "t"}});
  const auto& block = std::get<view::Prose>(edit.body).blocks.at(1);
  EXPECT_EQ((*Language::English())(block.text), "Coach 3: Ik bel [vriendin] elke week.");
  study.Do("documents.correct", {{"source", "t"}, {"paragraph", "2"}, {"was", block.edit->bound.Text("was")}, {"text", "Coach 3: Ja, ik bel [vriendin] elke week."}});
  EXPECT_NE(TextNow().find("Anna: Ja, ik bel Rosa elke week."), std::string::npos) << TextNow();
  EXPECT_EQ(study.Refusal("documents.correct", {{"source", "t"}, {"paragraph", "2"}, {"was", block.edit->bound.Text("was")}, {"text", "x"}}),
            "This paragraph was changed in the meantime; look at it again before you correct it.");
  EXPECT_EQ(study.Refusal("documents.correct", {{"source", "t"}, {"paragraph", "9"}, {"text", "x"}}), "This source has 4 paragraphs; there is none with number 9.");
}

TEST_F(Correcting, WhoSpeaksIsReadAgain) {
  study.Do("documents.assign-speaker", {{"source", "t"}, {"label", "Anna"}, {"person", "Coach 3"}});
  study.Do("documents.correct", {{"source", "t"}, {"paragraph", "3"}, {"text", "Interviewer: Ja.\n\nBart: Ik ook."}});
  EXPECT_EQ(Spoken(), (Lines{"Interviewer|Interviewer|Hoe gaat het?", "Anna|Coach 3|Ik bel Rosa elke week.", "Interviewer|Interviewer|Ja.", "Bart||Ik ook.", "Anna|Coach 3|En dan komt ze."}));
  study.Undo();
  // The same person under a better name.
  study.Do("documents.import-again", {{"source", "t"}, {"file", study.folder().Write("u.txt", "Interviewer: Hoe gaat het?\n\nAnneke: Ik bel Rosa elke week.\n\nInterviewer: Ja.\n\nAnneke: En dan komt ze.\n")}});
  EXPECT_EQ(Spoken()[1], "Anneke|Coach 3|Ik bel Rosa elke week.");
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM speaker"), 2);
  EXPECT_TRUE(study.store().Check().empty());
}

TEST_F(Correcting, QuotesGoOnlyWhenThatIsSaid) {
  Quote("En dan komt ze.");
  const std::string before = study.Dump();
  EXPECT_EQ(study.Refusal("documents.correct", {{"source", "t"}, {"paragraph", "4"}, {"text", ""}}),
            "The words of 1 quote are gone from the new text; keep its words, or say with --drop-quotes that it may go.");
  EXPECT_EQ(study.Dump(), before);
  study.Do("documents.correct", {{"source", "t"}, {"paragraph", "4"}, {"text", ""}, {"drop-quotes", "yes"}});
  EXPECT_EQ(TextNow(), "Interviewer: Hoe gaat het?\n\nAnna: Ik bel Rosa elke week.\n\nInterviewer: Ja.\n\n");
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
}

}  // namespace
}  // namespace meerstem::documents
