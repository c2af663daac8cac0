// Codes on stretches of text, by hand: apply, apply in vivo, give another, remove, move the ends, say whom it is about.
#include <algorithm>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/study/deletion.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

Parameter SpanParameter(bool required) {
  Parameter parameter{.name = "span", .type = ParameterType::kSpan, .label = Say("Selected words")};
  parameter.required = required;
  return parameter;
}

Message NoWords(Reading& reading, const Arguments&) {
  if (reading.Number("SELECT EXISTS (SELECT 1 FROM source)")) return {};
  return Say("There is no source yet; import one first.");
}

/// The span without white space at its ends. kRefused when nothing is left or it lies beyond the text.
SourceSpan Trimmed(Reading& reading, SourceSpan span) {
  const auto text = TextOf(reading, span.source);
  if (span.range.end > text->size() || span.range.start < 0) {
    throw Refuse("Position {0} lies beyond the end of this source, which has {1} characters.", span.range.start < 0 ? span.range.start : span.range.end, text->size());
  }
  if (!span.range.empty()) span.range = TrimRange(*text, span.range);
  if (span.range.empty()) throw Refuse("Nothing is selected: a code needs at least one character that is not white space.");
  return span;
}

/// Whether the coder has the code on other words too that share some with these.
bool OverlapsOwn(Reading& reading, const SourceSpan& span, const Id& code, const std::optional<Id>& coder) {
  return reading.Number(
             "SELECT EXISTS (SELECT 1 FROM span JOIN quote ON quote.span_id = span.id JOIN coding ON coding.quote_id = quote.id WHERE source_id = ?1 AND start < ?3 AND end > ?2 "
             "AND NOT (start = ?2 AND end = ?3) AND +code_id = ?4 AND +coder_id IS ?5)",
             span.source, span.range.start, span.range.end, code, coder) != 0;
}

void ApplyOn(Writing& writing, Outcome& outcome, const SourceSpan& span, const std::vector<Code>& codes) {
  const bool stood = writing.Number(
                         "SELECT EXISTS (SELECT 1 FROM span JOIN quote ON quote.span_id = span.id WHERE source_id = ? AND start = ? AND end = ?)",
                         span.source, span.range.start, span.range.end) > 0;
  const Id quote = EnsureQuote(writing, span);
  if (!stood) outcome.created.push_back(quote);
  for (const auto& code : codes) {
    if (const auto coding = AddCoding(writing, quote, code.id, "hand")) {
      outcome.created.push_back(*coding);
      if (OverlapsOwn(writing, span, code.id, CoderOf(writing))) outcome.notes.push_back(Say("“{0}” stands on words that overlap these too, so that it counts twice here.", code.path));
    } else outcome.notes.push_back(Say("You have “{0}” on exactly these words already; nothing was changed.", code.path));
  }
}

void RequireCodable(const Code& code) {
  if (!code.codable) throw Refuse("“{0}” is a heading of the codebook and not for coding; choose a code below it.", code.path);
}

/// The code of that path, made when there is none.
Code EnsureCodable(Writing& writing, Outcome& outcome, const std::string& path) {
  const auto before = CodesById(writing);
  const Code code = GetCode(writing, EnsureCode(writing, Trim(path)));
  if (!before.contains(code.id)) outcome.created.push_back(code.id);
  RequireCodable(code);
  return code;
}

Command Apply() {
  Command command{.id = "coding.apply", .label = Say("Code the selected words"), .help = Say("Puts one or more codes on a stretch of text.")};
  command.key = "Ctrl+K";
  Parameter code = EntityParameter("code", "code", Say("Code"));
  code.list = true;
  code.makes = "new-code";
  Parameter made{.name = "new-code", .label = Say("New code"), .help = Say("Name or path of a code that is made for these words.")};
  made.list = true;
  command.parameters = {SpanParameter(true), code, made};
  command.impossible = NoWords;
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const SourceSpan span = Trimmed(reading, *arguments.Span("span"));
    std::vector<Code> codes;
    for (const auto& id : arguments.Entities("code")) {
      codes.push_back(GetCode(reading, id));
      RequireCodable(codes.back());
    }
    return Simply([span, codes, paths = arguments.Texts("new-code")](Writing& writing, Outcome& outcome) {
      auto all = codes;
      for (const auto& path : paths) all.push_back(EnsureCodable(writing, outcome, path));
      ApplyOn(writing, outcome, span, all);
    });
  };
  return command;
}

Command ApplyLast() {
  Command command{.id = "coding.apply-last", .label = Say("Code with the last code"), .help = Say("Puts the code that was used last by hand on the selected words too.")};
  command.key = "Ctrl+L";
  command.parameters = {SpanParameter(true)};
  command.impossible = [](Reading& reading, const Arguments& arguments) {
    if (Message why = NoWords(reading, arguments); !why.empty()) return why;
    return RecentCodes(reading, 1).empty() ? Say("Nothing was coded by hand yet, so there is no last code.") : Message();
  };
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const SourceSpan span = Trimmed(reading, *arguments.Span("span"));
    return Simply([span](Writing& writing, Outcome& outcome) {
      const auto recent = RecentCodes(writing, 1);
      if (recent.empty()) throw Refuse("Nothing was coded by hand yet, so there is no last code.");
      const Code code = GetCode(writing, recent.front());
      RequireCodable(code);
      ApplyOn(writing, outcome, span, {code});
    });
  };
  return command;
}

/// The words as a name: on one line, no stroke, at most 60 characters, cut between words.
std::string NameFrom(const std::string& words) {
  std::string line;
  for (const char c : words) {
    if (c == '\n' || c == '\t' || c == ' ') {
      if (!line.empty() && line.back() != ' ') line += ' ';
    } else {
      line += c == '/' ? '-' : c;
    }
  }
  line = Trim(line);
  const Text text(line);
  constexpr std::int64_t kLongest = 60;
  if (text.size() <= kLongest) return line;
  std::string cut(text.Slice({0, kLongest - 1}));
  if (const auto space = cut.rfind(' '); space != std::string::npos && space > cut.size() / 2) cut.resize(space);
  return Trim(cut) + "…";
}

Command ApplyInVivo() {
  Command command{.id = "coding.apply-in-vivo", .label = Say("Code in vivo"), .help = Say("Makes the selected words themselves a code, and codes them with it.")};
  command.key = "Ctrl+J";
  command.impossible = NoWords;
  command.parameters = {SpanParameter(true), EntityParameter("parent", "code", Say("Under"), false)};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const SourceSpan span = Trimmed(reading, *arguments.Span("span"));
    const auto parent = arguments.Entity("parent");
    // As it may be shown: a real name must not become the name of a code.
    const std::string name = NameFrom(DisplayText(reading, span, Purpose::kScreen));
    const std::string path = parent ? GetCode(reading, *parent).path + "/" + name : name;
    return Simply([span, path](Writing& writing, Outcome& outcome) {
      ApplyOn(writing, outcome, span, {EnsureCodable(writing, outcome, path)});
    });
  };
  return command;
}

struct StoredCoding {
  Id id;
  Id quote;
  std::optional<Id> coder;
};

std::optional<StoredCoding> FindCoding(Reading& reading, const Id& id) {
  auto rows = reading.Query("SELECT id, quote_id, coder_id FROM coding WHERE id = ?", id);
  if (!rows.Step()) return std::nullopt;
  return StoredCoding{rows.GetId(0), rows.GetId(1), rows.MaybeId(2)};
}

/// The ids of my codings on exactly this span, with one of `codes` when there are any.
std::vector<Id> MyCodingsOn(Writing& writing, const SourceSpan& span, const std::vector<Id>& codes) {
  std::vector<Id> mine;
  auto rows = writing.Query(
      "SELECT coding.id, code_id FROM span JOIN quote ON quote.span_id = span.id JOIN coding ON coding.quote_id = quote.id "
      "WHERE source_id = ? AND start = ? AND end = ? AND +coder_id IS ?",
      span.source, span.range.start, span.range.end, CoderOf(writing));
  while (rows.Step()) {
    if (codes.empty() || std::find(codes.begin(), codes.end(), rows.GetId(1)) != codes.end()) mine.push_back(rows.GetId(0));
  }
  return mine;
}

Command Remove() {
  Command command{.id = "coding.remove", .label = Say("Remove a coding"), .help = Say("Takes your own codes off a stretch of text; another coder's stay.")};
  command.key = "Ctrl+Shift+K, Delete";
  command.impossible = [](Reading& reading, const Arguments&) -> Message {
    if (reading.Number("SELECT EXISTS (SELECT 1 FROM coding)")) return {};
    return Say("Nothing is coded yet.");
  };
  Parameter coding = EntityParameter("coding", "coding", Say("Coding"), false);
  coding.list = true;
  Parameter code = EntityParameter("code", "code", Say("Code"), false);
  code.list = true;
  command.parameters = {coding, SpanParameter(false), code};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    auto span = arguments.Span("span");
    if (arguments.Entities("coding").empty() && !span) throw Usage("Say which: --coding, or --source with --start, --end and --code.");
    if (span) span = Trimmed(reading, *span);
    return Simply([arguments, span](Writing& writing, Outcome&) {
      // Named codings go before the place: the window binds both when a mark in the text is chosen.
      std::vector<Id> going = arguments.Entities("coding");
      if (going.empty()) going = MyCodingsOn(writing, *span, arguments.Entities("code"));
      if (going.empty()) throw Refuse("You have no such code on exactly these words; nothing was changed.");
      std::vector<Id> quotes;
      for (const auto& id : going) {
        const auto stored = FindCoding(writing, id);
        if (!stored) throw Refuse("This coding is no longer in the study.");
        if (stored->coder != CoderOf(writing)) throw Refuse("This coding is another researcher's; you can remove only your own.");
        quotes.push_back(stored->quote);
        DeleteEntity(writing, "coding", id);
      }
      DropLooseQuotes(writing, quotes);
    });
  };
  return command;
}

Command Recode() {
  Command command{.id = "coding.recode", .label = Say("Give another code"), .help = Say("Puts another code in the place of yours. The quote stays, and with it its memos, whom it is about and where it is quoted.")};
  command.key = "Ctrl+Shift+L";
  command.impossible = [](Reading& reading, const Arguments&) -> Message {
    if (reading.Number("SELECT EXISTS (SELECT 1 FROM coding)")) return {};
    return Say("Nothing is coded yet.");
  };
  Parameter coding = EntityParameter("coding", "coding", Say("Coding"));
  coding.list = true;
  Parameter code = EntityParameter("code", "code", Say("Code"));
  code.makes = "new-code";
  command.parameters = {coding, code, {.name = "new-code", .label = Say("New code"), .help = Say("Name or path of a code that is made for these words.")}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    std::optional<Code> chosen;
    if (const auto id = arguments.Entity("code")) chosen = GetCode(reading, *id);
    if (chosen) RequireCodable(*chosen);
    return Simply([codings = arguments.Entities("coding"), chosen, path = arguments.Text("new-code")](Writing& writing, Outcome& outcome) {
      const Id to = chosen ? chosen->id : EnsureCodable(writing, outcome, path).id;
      const auto coder = CoderOf(writing);
      for (const auto& id : codings) {
        const auto stored = FindCoding(writing, id);
        if (!stored) throw Refuse("This coding is no longer in the study.");
        if (stored->coder != coder) throw Refuse("This coding is another researcher's; you can give only your own another code.");
        writing.Do("UPDATE coding SET code_id = ?1, origin = 'hand', at = ?2 WHERE id = ?3 AND code_id <> ?1", to, writing.now(), id);
        // You may have had the code on these words already: the two become one, with the memos of both.
        CollapseDuplicates(writing, stored->quote);
      }
    });
  };
  return command;
}

/// Moves the quote itself, or, where another coder holds codes on it or on the new place stands a quote already, my
/// codings only.
void MoveEnds(Writing& writing, Outcome& outcome, const Id& quote, const SourceSpan& to) {
  const auto coder = CoderOf(writing);
  const bool others = writing.Number("SELECT count(*) FROM coding WHERE quote_id = ? AND +coder_id IS NOT ?", quote, coder) > 0;
  const bool mine = writing.Number("SELECT count(*) FROM coding WHERE quote_id = ? AND +coder_id IS ?", quote, coder) > 0;
  if (others && !mine) throw Refuse("Only another researcher has codes on this quote, so that its ends are not yours to move; code the words you mean yourself.");
  Id old_span;
  {
    auto row = writing.Query("SELECT span_id FROM quote WHERE id = ?", quote);
    if (!row.Step()) throw Refuse("This quote is no longer in the study.");
    old_span = row.GetId(0);
  }
  if (others) {
    const Id target = EnsureQuote(writing, to);
    writing.Do("UPDATE coding SET quote_id = ? WHERE quote_id = ? AND +coder_id IS ?", target, quote, coder);
    CollapseDuplicates(writing, target);
    outcome.created.push_back(target);
    outcome.notes.push_back(Say("Your codes have moved; those of other researchers stay on a quote of their own."));
    return;
  }
  const Id span = EnsureSpan(writing, to);
  std::optional<Id> there;
  {
    auto row = writing.Query("SELECT id FROM quote WHERE span_id = ?", span);
    if (row.Step()) there = row.GetId(0);
  }
  if (there) {
    MergeEntity(writing, "quote", quote, *there);
    CollapseDuplicates(writing, *there);
    writing.Do("DELETE FROM quote_about WHERE quote_id = ?1 AND EXISTS (SELECT 1 FROM quote_about twin WHERE twin.quote_id = ?1 "
               "AND twin.case_id = quote_about.case_id AND twin.id < quote_about.id)", *there);
    outcome.notes.push_back(Say("On those words stood a quote already; the two have become one."));
  } else {
    writing.Do("UPDATE quote SET span_id = ? WHERE id = ?", span, quote);
  }
  // Whoever moves the ends has looked at the words.
  writing.Do("DELETE FROM changed_words WHERE span_id = ? AND NOT EXISTS (SELECT 1 FROM quote WHERE quote.span_id = changed_words.span_id)", old_span);
  if (!IsReferenced(writing, "span", old_span)) writing.Do("DELETE FROM span WHERE id = ?", old_span);
}

Command MoveEndsCommand() {
  Command command{.id = "coding.move-ends", .label = Say("Move the ends of a quote"), .help = Say("Gives a quote another beginning and end. Your codes move along; another coder's stay where they were.")};
  command.parameters = {EntityParameter("quote", "quote", Say("Quote")),
                        {.name = "start", .type = ParameterType::kInteger, .label = Say("First character"), .required = true},
                        {.name = "end", .type = ParameterType::kInteger, .label = Say("Behind the last character"), .required = true}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id quote = *arguments.Entity("quote");
    const SourceSpan from = SpanOf(reading, quote);
    const SourceSpan to = Trimmed(reading, {from.source, {arguments.Int("start"), arguments.Int("end")}});
    return Simply([quote, from, to](Writing& writing, Outcome& outcome) {
      if (from == to) outcome.notes.push_back(Say("The quote has these ends already; nothing was changed."));
      else MoveEnds(writing, outcome, quote, to);
    });
  };
  return command;
}

Command About() {
  Command command{.id = "coding.about", .label = Say("A quote is about a case"), .help = Say("Says that a quote is about a family, whoever speaks, so that it can meet that family's outcome.")};
  Parameter remove = FlagParameter("remove", Say("It is not about this case"), false);
  Parameter named = EntityParameter("quote", "quote", Say("Quote"));
  named.required = false;
  command.parameters = {named, {.name = "span", .type = ParameterType::kSpan, .label = Say("Words")}, EntityParameter("case", "case", Say("Case")), remove};
  command.impossible = [](Reading& reading, const Arguments&) -> Message {
    if (reading.Number("SELECT EXISTS (SELECT 1 FROM study_case)")) return {};
    return Say("The study has no cases yet.");
  };
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    if (!arguments.Has("quote") && !arguments.Has("span")) throw Refuse("Say which quote: select words in a text, or give --quote.");
    return Simply([arguments](Writing& writing, Outcome& outcome) {
      const auto given = arguments.Entity("quote");
      const Id quote = given ? *given : EnsureQuote(writing, *arguments.Span("span"));
      const Id about = *arguments.Entity("case");
      const bool linked = writing.Number("SELECT count(*) FROM quote_about WHERE quote_id = ? AND case_id = ?", quote, about) > 0;
      if (linked != arguments.Flag("remove")) {
        outcome.notes.push_back(Say("That is how it stands already; nothing was changed."));
      } else if (linked) {
        writing.Do("DELETE FROM quote_about WHERE quote_id = ? AND case_id = ?", quote, about);
        DropLooseQuotes(writing, {quote});
      } else {
        outcome.created.push_back(writing.NewId());
        writing.Do("INSERT INTO quote_about (id, quote_id, case_id) VALUES (?, ?, ?)", outcome.created.back(), quote, about);
      }
    });
  };
  return command;
}

}  // namespace

void RegisterCodingCommands(Registry& registry) {
  registry.Add(Apply());
  registry.Add(ApplyLast());
  registry.Add(ApplyInVivo());
  registry.Add(Recode());
  registry.Add(Remove());
  registry.Add(MoveEndsCommand());
  registry.Add(About());
}

}  // namespace meerstem::coding
