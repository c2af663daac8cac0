#include <gtest/gtest.h>

#include "core/view/model.h"
#include "plugins/themes/part.h"
#include "tests/support/conversation.h"

namespace meerstem::testing {
namespace {

/// A chapter with one quote, of a theme that has it through a code.
class ChaptersTest : public ::testing::Test {
 protected:
  ChaptersTest() : study({&themes::Register}) {
    source = AddConversation(study, "Eén", {{"Interviewer", "researcher", "Noord", "Hoe gaat het?"},
                                            {"Ann", "coach", "Noord", "Zij vertrouwt mij nu 🙂, en da's plezant, want dat duurde lang."},
                                            {"Bea", "family", "Noord", "Ze komt als ik bel."}});
    quote = CodeWords(study, source, "Zij vertrouwt mij nu 🙂, en da's plezant, want dat duurde lang.", "Vertrouwen");
    other = CodeWords(study, source, "Ze komt als ik bel.", "Vertrouwen");
    study.Do("themes.add-theme", {{"name", "Vertrouwen"}});
    study.Do("themes.link-code", {{"theme", "Vertrouwen"}, {"code", "Vertrouwen"}});
    study.Do("themes.add-chapter", {{"title", "Stemmen"}});
    block = ToString(study.Do("themes.add-quote", {{"chapter", "Stemmen"}, {"quote", ToString(quote)}, {"theme", "Vertrouwen"}}).created.front());
  }
  std::vector<view::Block> Blocks(const std::string& view = "themes.chapter") {
    model = study.See(view, {{"chapter", "Stemmen"}});
    return std::get<view::Prose>(model.body).blocks;
  }
  std::string Text() { return Say(Blocks().front().text); }
  static std::string Say(const Message& message) { return (*Language::English())(message); }

  TestStudy study;
  Id source, quote, other;
  std::string block;
  view::Model model;
};

TEST_F(ChaptersTest, AQuoteIsShortenedAndExplainedWithoutLosingItsLink) {
  study.Do("themes.shorten-quote", {{"block", block}, {"words", "nu 🙂,"}});
  study.Do("themes.explain-word", {{"block", block}, {"word", "plezant"}, {"meaning", "leuk"}});
  EXPECT_EQ(Text(), "Zij vertrouwt mij [...] en da's plezant [leuk], want dat duurde lang.");
  EXPECT_EQ(Blocks().front().entities.back(), (view::Entity{"quote", quote}));
  EXPECT_EQ(study.Refusal("themes.shorten-quote", {{"block", block}, {"words", "da's plezant"}}), "These words are left out or explained already; show the whole quote first to choose again.");
  EXPECT_EQ(study.Refusal("themes.shorten-quote", {{"block", block}, {"words", "nergens"}}), "“nergens” does not stand in this quote; give words as they stand there.");
  EXPECT_NE(study.Refusal("themes.shorten-quote", {{"block", block}, {"words", "t"}}).find("more than once"), std::string::npos);
  study.Do("themes.shorten-quote", {{"block", block}, {"words", "Zij vertrouwt mij"}});
  EXPECT_EQ(Text(), "[...] [...] en da's plezant [leuk], want dat duurde lang.");
  study.Do("themes.whole-quote", {{"block", block}});
  EXPECT_EQ(Text(), "Zij vertrouwt mij nu 🙂, en da's plezant, want dat duurde lang.");
  study.Undo();
  EXPECT_EQ(Text(), "[...] [...] en da's plezant [leuk], want dat duurde lang.");
  EXPECT_TRUE(study.store().Check().empty());
}

TEST_F(ChaptersTest, AQuoteWhoseWordsChangedIsMarkedUntilSomeoneLooks) {
  EXPECT_EQ(Blocks().front().state, view::State::kValue);
  study.store().Run({"test", meerstem::Say("Correct"), study.actor()}, [&](Writing& writing) {
    std::string text(TextOf(writing, source)->utf8());
    text.replace(text.find("lang."), 5, "kort.");
    writing.Do("UPDATE source SET content_hash = ? WHERE id = ?", StoreContent(writing, text), source);
  });
  EXPECT_EQ(Blocks().front().state, view::State::kStale);
  EXPECT_NE(Text().find("kort."), std::string::npos);
  EXPECT_FALSE(model.notes.empty());
  study.Do("themes.accept-quote", {{"block", block}});
  EXPECT_EQ(Blocks().front().state, view::State::kValue);
  study.Undo();
  EXPECT_EQ(Blocks().front().state, view::State::kStale);
}

TEST_F(ChaptersTest, AQuoteThatLeftItsThemeIsMarked) {
  study.store().Run({"test", meerstem::Say("Uncode"), study.actor()}, [&](Writing& writing) { writing.Do("DELETE FROM coding WHERE quote_id = ?", quote); });
  EXPECT_EQ(Blocks().front().state, view::State::kStale);
  EXPECT_EQ(Say(Blocks().front().why), "this quote no longer speaks for the theme “Vertrouwen”");
  study.Do("themes.accept-quote", {{"block", block}});
  EXPECT_EQ(Blocks().front().state, view::State::kValue);
}

TEST_F(ChaptersTest, AViewStandsInTheTextAndFollowsTheStudy) {
  study.Do("themes.add-view", {{"chapter", "Stemmen"}, {"view", "themes.matrix"}, {"with", "columns=stakeholder"}, {"caption", "Wie waarover spreekt"}, {"as", "table"}, {"anchor", "wie"}});
  auto blocks = Blocks();
  ASSERT_EQ(blocks.size(), 2u);
  EXPECT_EQ(blocks[1].kind, view::Block::Kind::kTable);
  EXPECT_EQ(blocks[1].anchor, "wie");
  ASSERT_TRUE(blocks[1].figure);
  EXPECT_EQ(std::get<view::Matrix>(blocks[1].figure->body).rows.size(), 1u);
  study.Do("themes.add-theme", {{"name", "Geld"}});
  EXPECT_EQ(std::get<view::Matrix>(Blocks()[1].figure->body).rows.size(), 2u);
  EXPECT_FALSE(study.Refusal("themes.add-view", {{"chapter", "Stemmen"}, {"view", "themes.matrix"}, {"with", "colums=stakeholder"}}).empty());
  EXPECT_FALSE(study.Refusal("themes.add-view", {{"chapter", "Stemmen"}, {"view", "themes.matrix"}, {"with", "stakeholder"}}).empty());
  // No text inside a text.
  EXPECT_FALSE(study.Refusal("themes.add-view", {{"chapter", "Stemmen"}, {"view", "themes.chapter"}}).empty());
  study.Do("themes.set-view", {{"block", blocks[1].key}, {"as", "figure"}});
  EXPECT_EQ(Blocks()[1].kind, view::Block::Kind::kFigure);
  EXPECT_EQ(Say(Blocks()[1].text), "Wie waarover spreekt");
}

TEST_F(ChaptersTest, TheReportHasEveryChapterAndListsItsSourcesWithoutNames) {
  study.Do("themes.add-chapter", {{"title", "Slot"}});
  study.Do("themes.add-block", {{"chapter", "Slot"}, {"text", "Tot hier."}});
  study.Do("themes.move-chapter", {{"chapter", "Slot"}, {"to", "up"}});
  const view::Model report = study.See("themes.report", {});
  const auto& blocks = std::get<view::Prose>(report.body).blocks;
  ASSERT_EQ(blocks.size(), 8u);
  EXPECT_EQ(Say(blocks[0].text), "Slot");
  EXPECT_EQ(Say(blocks[2].text), "Stemmen");
  const auto reading = study.store().Read();
  const auto rows = std::get<view::Table>(blocks[5].figure->body).rows->Page(*reading, 0, 10);
  ASSERT_EQ(rows.size(), 1u);
  for (const auto& cell : rows[0].cells) EXPECT_FALSE(std::holds_alternative<std::string>(cell.value) && std::get<std::string>(cell.value) == "Eén");
  const auto quotes = std::get<view::Table>(blocks[7].figure->body).rows->Page(*reading, 0, 10);
  ASSERT_EQ(quotes.size(), 1u);
  EXPECT_EQ(std::get<std::int64_t>(quotes[0].cells[3].value), 1) << "the number of its conversation";
  EXPECT_GT(std::get<std::int64_t>(quotes[0].cells[4].value), 0) << "the turn";
}

TEST_F(ChaptersTest, BalanceSetsQuotesBesideWhatWasSaid) {
  const auto rows = study.Words(study.See("themes.balance", {}));
  ASSERT_EQ(rows.size(), 3u);  // The names of the columns first; the interviewer is no voice.
  EXPECT_EQ(rows[1][0], "Ann");
  EXPECT_EQ(rows[1][4], "1");
  EXPECT_EQ(rows[2][0], "Bea");
  EXPECT_EQ(rows[2][4], "0");
  const auto unquoted = study.Words(study.See("themes.unquoted", {}));
  ASSERT_EQ(unquoted.size(), 2u);
  EXPECT_EQ(unquoted[1][1], "Gezin");
  EXPECT_EQ(study.Words(study.See("themes.quoted", {{"twice", "yes"}})).size(), 1u);
  study.Do("themes.add-quote", {{"chapter", "Stemmen"}, {"quote", ToString(quote)}});
  EXPECT_EQ(study.Words(study.See("themes.quoted", {{"twice", "yes"}})).size(), 3u);
  const view::Model model = study.See("themes.balance-chapters");
  const auto& matrix = std::get<view::Matrix>(model.body);
  ASSERT_EQ(matrix.rows.size(), 2u);
  ASSERT_EQ(matrix.columns.size(), 1u);
  EXPECT_EQ(Say(matrix.rows[0].label), "Ann");
  EXPECT_EQ(std::get<std::int64_t>(matrix.cells[0][0].value), 2);
  EXPECT_EQ(std::get<std::int64_t>(matrix.cells[1][0].value), 0);
  EXPECT_EQ(std::get<std::int64_t>(matrix.total->value), 2);
}

TEST_F(ChaptersTest, QuotesThatShareWordsAreTheSameOne) {
  const SourceSpan whole = SpanOf(*study.store().Read(), quote);
  Id part;
  study.store().Run({"test", meerstem::Say("Edit"), study.actor()}, [&](Writing& writing) { part = EnsureQuote(writing, {whole.source, {whole.range.start, whole.range.end - 2}}); });
  study.Do("themes.add-quote", {{"chapter", "Stemmen"}, {"quote", ToString(part)}});
  EXPECT_EQ(study.Words(study.See("themes.quoted", {{"twice", "yes"}})).size(), 3u);
}

TEST_F(ChaptersTest, QuotesThatAreDroppedTogetherStandInTheirOrder) {
  const SourceSpan whole = SpanOf(*study.store().Read(), quote);
  Id part;
  study.store().Run({"test", meerstem::Say("Edit"), study.actor()}, [&](Writing& writing) { part = EnsureQuote(writing, {whole.source, {whole.range.start, whole.range.end - 2}}); });
  const Outcome outcome = study.Do("themes.add-quote", {{"quote", ToString(part)}, {"quote", ToString(quote)}, {"after", block}});
  EXPECT_EQ(outcome.created.size(), 2u);
  auto reading = study.store().Read();
  EXPECT_EQ(reading->Number("SELECT count(*) FROM chapter_block one JOIN chapter_block two ON two.order_key > one.order_key WHERE one.quote_id = ? AND two.quote_id = ? AND one.id <> two.id", part, quote), 1);
}

TEST_F(ChaptersTest, WhoWithdrawsLeavesReportAndBalanceOfQuotes) {
  study.store().Run({"test", meerstem::Say("Consent"), study.actor()}, [](Writing& writing) { writing.Do("UPDATE person SET may_quote = 0 WHERE pseudonym = 'Ann'"); });
  const view::Model report = study.See("themes.report", {});
  for (const auto& each : std::get<view::Prose>(report.body).blocks) EXPECT_EQ(Say(each.text).find("vertrouwt mij"), std::string::npos);
  EXPECT_EQ(std::get<view::Prose>(report.body).blocks.size(), 2u);
}

TEST_F(ChaptersTest, EverythingUndoesToTheStart) {
  study.Do("themes.shorten-quote", {{"block", block}, {"words", "lang"}});
  study.Do("themes.add-view", {{"chapter", "Stemmen"}, {"view", "themes.matrix"}});
  study.Do("themes.delete-block", {{"block", block}});
  const std::string end = study.Dump();
  int steps = 0;
  for (; study.store().NextUndo(); ++steps) study.Undo();
  for (int i = 0; i < steps; ++i) study.Redo();
  EXPECT_EQ(study.Dump(), end);
  EXPECT_TRUE(study.store().Check().empty());
}

}  // namespace
}  // namespace meerstem::testing
