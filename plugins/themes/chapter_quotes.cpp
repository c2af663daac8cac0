// Quotes where they stand in a chapter: shortened without losing the link, dialect explained, marked when what they rest
// on has changed.
#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/deletion.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "plugins/themes/chapters.h"
#include "plugins/themes/themes.h"

namespace meerstem::themes {
namespace {

constexpr char kLeftOut[] = "[...]";

/// The words of a quote without its cuts, with its glosses.
std::string ShortenedText(Reading& reading, const SourceSpan& span, const std::vector<QuoteMark>& marks) {
  std::string text;
  std::int64_t at = span.range.start;
  const auto words = [&](std::int64_t end) {
    if (at < end) text += DisplayText(reading, {span.source, {at, end}}, Purpose::kExport);
    at = std::max(at, end);
  };
  for (const auto& mark : marks) {
    const Range range{std::max(mark.range.start, span.range.start), std::min(mark.range.end, span.range.end)};
    if (range.start >= range.end || range.end <= at) continue;
    if (mark.cut) {
      words(range.start);
      text = Trim(text);
      text += (text.empty() ? "" : " ") + std::string(kLeftOut) + " ";
      at = range.end;
      while (at < span.range.end && TextOf(reading, span.source)->Slice({at, at + 1}) == " ") ++at;
    } else {
      words(range.end);
      text += " [" + mark.meaning + "]";
    }
  }
  words(span.range.end);
  return Trim(text);
}

/// Where `words` stand in the quote, once and not again.
Range FindInQuote(Reading& reading, const SourceSpan& quote, const std::string& words) {
  const std::string_view whole = TextOf(reading, quote.source)->Slice(quote.range);
  const auto at = words.empty() ? std::string_view::npos : whole.find(words);
  if (at == std::string_view::npos) throw Refuse("“{0}” does not stand in this quote; give words as they stand there.", words);
  if (whole.find(words, at + 1) != std::string_view::npos) throw Refuse("“{0}” stands more than once in this quote; give more of the words around it.", words);
  const std::int64_t start = quote.range.start + CountCodePoints(whole.substr(0, at));
  return {start, start + CountCodePoints(words)};
}

/// The quote that stands in the block, for commands that change how it stands there.
SourceSpan QuoteIn(Reading& reading, const Id& block) {
  const ChapterBlock found = GetBlock(reading, block);
  if (found.kind != "quote" || !found.quote) throw Refuse("This block is no quote.");
  return SpanOf(reading, *found.quote);
}

void AddMark(Writing& writing, const Id& block, const SourceSpan& span, bool cut, const std::string& meaning, Outcome& outcome) {
  for (const auto& mark : MarksOf(writing, block)) {
    if (mark.range.Overlaps(span.range)) throw Refuse("These words are left out or explained already; show the whole quote first to choose again.");
  }
  outcome.created.push_back(writing.NewId());
  writing.Do("INSERT INTO chapter_mark (id, block_id, span_id, kind, text) VALUES (?, ?, ?, ?, ?)", outcome.created.back(), block, EnsureSpan(writing, span),
             cut ? "cut" : "gloss", meaning);
}

Command ShortenQuote() {
  Command command{.id = "themes.shorten-quote", .label = Say("Leave words of a quote out"), .help = Say("Shows [...] in their place in the chapter; the quote itself stays whole.")};
  command.parameters = {BlockParameter(), {.name = "words", .type = ParameterType::kProse, .label = Say("Words to leave out"), .required = true}};
  command.impossible = OnlyOn({"quote"}, Say("This block is no quote."));
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome& outcome) {
      const Id block = *arguments.Entity("block");
      const SourceSpan quote = QuoteIn(writing, block);
      const Range cut = FindInQuote(writing, quote, Trim(arguments.Text("words")));
      if (cut == quote.range) throw Refuse("Nothing would be left of the quote; take the block out of the chapter instead.");
      AddMark(writing, block, {quote.source, cut}, true, {}, outcome);
    });
  };
  return command;
}

Command ExplainWord() {
  Command command{.id = "themes.explain-word", .label = Say("Explain a word in a quote"), .help = Say("A dialect or foreign word gets its meaning in square brackets behind it.")};
  command.parameters = {BlockParameter(),
                        {.name = "word", .label = Say("Word as it stands there"), .required = true},
                        {.name = "meaning", .label = Say("Meaning"), .required = true}};
  command.impossible = OnlyOn({"quote"}, Say("This block is no quote."));
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const std::string meaning = Trim(arguments.Text("meaning"));
    if (meaning.empty()) throw Refuse("Say with --meaning what the word means.");
    return Simply([arguments, meaning](Writing& writing, Outcome& outcome) {
      const Id block = *arguments.Entity("block");
      const SourceSpan quote = QuoteIn(writing, block);
      AddMark(writing, block, {quote.source, FindInQuote(writing, quote, Trim(arguments.Text("word")))}, false, meaning, outcome);
    });
  };
  return command;
}

Command WholeQuote() {
  Command command{.id = "themes.whole-quote", .label = Say("Show the whole quote"), .help = Say("Takes back what was left out and explained in this block.")};
  command.parameters = {BlockParameter()};
  command.impossible = OnlyOn({"quote"}, Say("This block is no quote."));
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id block = *arguments.Entity("block");
      for (const auto& mark : MarksOf(writing, block)) DeleteEntity(writing, "chapter_mark", mark.id);
    });
  };
  return command;
}

Command AcceptQuote(const Registry& registry) {
  Command command{.id = "themes.accept-quote", .label = Say("The quote still says what it should"), .help = Say("Takes the mark off a quote whose words or theme have changed since it was put into the chapter.")};
  command.parameters = {BlockParameter()};
  command.impossible = OnlyOn({"quote"}, Say("This block is no quote."));
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    return Simply([arguments, quotes = QuotesOfThemes(whole, reading)](Writing& writing, Outcome&) {
      const ChapterBlock block = GetBlock(writing, *arguments.Entity("block"));
      const SourceSpan quote = QuoteIn(writing, block.id);
      std::optional<Id> theme = block.theme;
      if (theme && !quotes->Has(*theme, *block.quote)) theme.reset();
      writing.Do("UPDATE chapter_block SET seen = ?, theme_id = ? WHERE id = ?", WordsSeen(writing, quote), theme, block.id);
    });
  };
  return command;
}

}  // namespace

std::vector<QuoteMark> MarksOf(Reading& reading, const Id& block) {
  std::vector<QuoteMark> marks;
  auto rows = reading.Query("SELECT chapter_mark.id, start, end, kind, text FROM chapter_mark JOIN span ON span.id = span_id WHERE block_id = ? ORDER BY start", block);
  while (rows.Step()) marks.push_back({rows.GetId(0), {rows.Int(1), rows.Int(2)}, rows.View(3) == "cut", rows.Text(4)});
  return marks;
}

Id WordsSeen(Reading& reading, const SourceSpan& span) { return HashOf(TextOf(reading, span.source)->Slice(span.range)); }

void FillQuote(const Registry& registry, Reading& reading, const ChapterBlock& block, view::Block& shown) {
  shown.kind = view::Block::Kind::kQuote;
  if (!block.quote) {
    shown.state = view::State::kStale;
    shown.why = Say("The quote that stood here is no longer in the study.");
    return;
  }
  const SourceSpan span = SpanOf(reading, *block.quote);
  shown.entities.push_back({"quote", *block.quote});
  shown.target = view::Target{"coding.document", {{"source", span.source}, {"start", span.range.start}, {"end", span.range.end}}};
  if (!MayUse(reading, span, Purpose::kExport)) {
    shown.state = view::State::kSuppressed;
    shown.why = Say("Who said this does not consent to being quoted.");
    return;
  }
  shown.text = Verbatim(ShortenedText(reading, span, MarksOf(reading, block.id)));
  shown.reference = Reference(reading, span);
  if (block.seen && *block.seen != WordsSeen(reading, span)) {
    shown.state = view::State::kStale;
    shown.why = Say("the words of this quote have changed at their source since it was put here");
  } else if (block.theme && !QuotesOfThemes(registry, reading)->Has(*block.theme, *block.quote)) {
    auto theme = reading.Query("SELECT name FROM theme WHERE id = ?", *block.theme);
    shown.state = view::State::kStale;
    shown.why = Say("this quote no longer speaks for the theme “{0}”", theme.Step() ? theme.Text(0) : std::string());
  }
}

void RegisterQuoteCommands(Registry& registry) {
  registry.Add(ShortenQuote());
  registry.Add(ExplainWord());
  registry.Add(WholeQuote());
  registry.Add(AcceptQuote(registry));
}

}  // namespace meerstem::themes
